namespace DeepGpu;

/// <summary>Sets the learning rate at each epoch's start. Keras: https://keras.io/api/callbacks/learning_rate_scheduler/</summary>
/// <param name="schedule">Gives the rate of an epoch from its index, from 0 as in Keras, and the rate so far.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule) : Callback
{
    private readonly Func<int, double, double> _schedule = schedule ?? throw new ArgumentNullException(nameof(schedule));

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [LearningRate];

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.RefuseSchedule(nameof(LearningRateScheduler));
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.LearningRate = _schedule(context.Epoch - 1, context.LearningRate);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        logs[LearningRate] = context.LearningRate;
    }
}
