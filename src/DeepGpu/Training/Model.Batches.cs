using DeepGpu.Data;
using DeepGpu.Lowering;
using DeepGpu.Runtime;
using DeepGpu.Training;

namespace DeepGpu;

/// <content>Single batches, for loops that a user wrote.</content>
public sealed partial class Model
{
    private SingleBatches? _batches;

    /// <summary>Takes one training step on one batch, as each step of Fit does.
    /// Keras: https://keras.io/api/models/model_training_apis/</summary>
    /// <param name="batch">The samples of the step; their weights count as in Fit.</param>
    /// <param name="classWeights">As <see cref="FitOptions.ClassWeights"/>. Default null.</param>
    /// <param name="resetMetrics">Whether the values are those of this batch alone;
    /// else means over the batches since the last reset, as in Keras. Default true. Fit and Evaluate reset.</param>
    /// <returns>"loss" and the metrics' names with their values.</returns>
    /// <exception cref="ModelStateException">The model is not compiled, is being trained, or has a quantised layer that is not
    /// frozen.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    /// <exception cref="OutOfGpuMemoryException">The step does not fit into memory: see
    /// <see cref="FitOptions.SplitsOnOutOfMemory"/>.</exception>
    public Evaluation TrainOnBatch(Dataset batch,
        IReadOnlyDictionary<int, double>? classWeights = null, bool resetMetrics = true)
    {
        ClassWeights.Check(classWeights, Spec);
        RefuseQuantized(nameof(TrainOnBatch));
        return OnBatch(nameof(TrainOnBatch), batch, (batches, source) => batches.Train(source, batch.Count, classWeights, resetMetrics));
    }

    /// <summary>Measures loss and metrics on one batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="resetMetrics">Whether the values are those of this batch alone;
    /// else means over the batches since the last reset, as in Keras. Default true. Fit and Evaluate reset.</param>
    /// <returns>"loss" and the metrics' names with their values.</returns>
    /// <exception cref="ModelStateException">The model is not compiled, or is being trained.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    public Evaluation TestOnBatch(Dataset batch, bool resetMetrics = true)
        => OnBatch(nameof(TestOnBatch), batch, (batches, source) => batches.Measure(source, batch.Count, resetMetrics));

    /// <summary>Computes the output for all samples in one step, for a model with one input and one output.</summary>
    /// <param name="inputs">The samples, (samples, ...).</param>
    /// <returns>The output of every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    public NDArray PredictOnBatch(NDArray inputs) => PredictOnBatch([inputs]).Single();

    /// <summary>Computes the outputs for all samples in one step.</summary>
    /// <param name="inputs">The samples of each input, (samples, ...).</param>
    /// <returns>Each output for every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    public IReadOnlyList<NDArray> PredictOnBatch(IReadOnlyList<NDArray> inputs)
    {
        DataChecks.Inputs(inputs, Spec, nameof(inputs));
        return Predict(inputs, inputs[0].Shape[0]);
    }

    private Evaluation OnBatch(string call, Dataset batch,
        Func<SingleBatches, BatchSource, IReadOnlyDictionary<string, double>> run)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var training = _use.Begin(ModelCall.Train);
        var compiled = Ready(call);
        Check(batch, compiled, nameof(batch));
        return TorchBorder.Run(call, () =>
        {
            using var source = batch.Open(Requirements(compiled), Device.ToTorch(), shuffleSeed: null);
            return new Evaluation(run(_batches ??= new(compiled, Device.ToTorch(), _seed), source));
        });
    }
}
