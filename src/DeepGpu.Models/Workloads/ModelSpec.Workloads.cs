using DeepGpu.Models.Workloads;

namespace DeepGpu.Models;

/// <content>What the model asks of a processor.</content>
public sealed partial class ModelSpec
{
    /// <summary>The floating-point operations of one sample's forward pass by layer, a multiply-add counting as two;
    /// the calls of a shared layer are added up.</summary>
    /// <returns>For each name of <see cref="Layers"/> the operations; null where a length that reaches the layer is open, or a layer of
    /// your own does not state its work.</returns>
    public IReadOnlyDictionary<string, double?> FlopsByLayer() => ModelFlops.ByLayer(this);

    /// <summary>The floating-point operations of one sample's forward pass, a multiply-add counting as two;
    /// null where a length is open.</summary>
    public double? FlopsPerSample() => ModelFlops.Sum(FlopsByLayer().Values);

    /// <summary>What a training step asks of a processor.</summary>
    /// <param name="batchSize">Samples a step, at least 1.</param>
    /// <param name="precision">The number format of weights and activations. Default single precision.</param>
    /// <param name="timeSteps">The length of time axes the model leaves open; null where it leaves none open.</param>
    /// <param name="optimizer">What changes the weights; null for gradient descent with a momentum of 0.9.</param>
    /// <param name="gradientCheckpointing">Whether activations are made again in the backward pass, segment by segment, as
    /// <c>FitOptions.GradientCheckpointing</c> does. Default false.</param>
    /// <exception cref="DeepGpuArgumentException">The batch size or the number of time steps is below 1,
    /// or an input's shape is not known.</exception>
    public Workload Training(int batchSize, NumberFormat precision = NumberFormat.Float32,
        int? timeSteps = null, Optimizer? optimizer = null, bool gradientCheckpointing = false)
        => WorkloadBuilder.Build(this, WorkloadTask.Training, batchSize, precision, timeSteps, optimizer ?? Optimizer.Sgd(momentum: 0.9))
            with
        { GradientCheckpointing = gradientCheckpointing };

    /// <summary>What a prediction asks of a processor.</summary>
    /// <param name="batchSize">Samples a step, at least 1.</param>
    /// <param name="precision">The number format of weights and activations. Default single precision.</param>
    /// <param name="timeSteps">The length of time axes the model leaves open; null where it leaves none open.</param>
    public Workload Inference(int batchSize, NumberFormat precision = NumberFormat.Float32, int? timeSteps = null)
        => WorkloadBuilder.Build(this, WorkloadTask.Inference, batchSize, precision, timeSteps, optimizer: null);
}
