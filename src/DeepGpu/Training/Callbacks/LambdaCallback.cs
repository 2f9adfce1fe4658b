namespace DeepGpu;

/// <summary>A callback made of delegates. Keras: https://keras.io/api/callbacks/lambda_callback/</summary>
/// <example><code>
/// new LambdaCallback { EpochEnd = (context, logs) => Console.WriteLine(logs["loss"]) }
/// </code></example>
public sealed class LambdaCallback : Callback
{
    /// <summary>Called before the first epoch.</summary>
    public Action<TrainingContext>? TrainBegin { get; init; }

    /// <summary>Called before each epoch.</summary>
    public Action<TrainingContext>? EpochBegin { get; init; }

    /// <summary>Called before each step.</summary>
    public Action<TrainingContext>? BatchBegin { get; init; }

    /// <summary>Called after each step.</summary>
    public Action<TrainingContext>? BatchEnd { get; init; }

    /// <summary>Called before the validation data is measured.</summary>
    public Action<TrainingContext>? TestBegin { get; init; }

    /// <summary>Called after the validation data was measured.</summary>
    public Action<TrainingContext>? TestEnd { get; init; }

    /// <summary>Called after each epoch, with its losses and metrics.</summary>
    public Action<TrainingContext, IDictionary<string, double>>? EpochEnd { get; init; }

    /// <summary>Called after the last epoch.</summary>
    public Action<TrainingContext>? TrainEnd { get; init; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context) => TrainBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => EpochBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnBatchBegin(TrainingContext context) => BatchBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context) => BatchEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTestBegin(TrainingContext context) => TestBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTestEnd(TrainingContext context) => TestEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs) => EpochEnd?.Invoke(context, logs);

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context) => TrainEnd?.Invoke(context);
}
