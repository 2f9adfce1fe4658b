using TorchSharp;

namespace DeepGpu;

/// <summary>A number that is followed while training, and changes nothing. Keras: https://keras.io/api/metrics/. It holds no sums itself, so one object may serve several models.</summary>
/// <remarks>A metric of your own derives from <see cref="MeanMetric"/> if it is a mean over samples, else from this class.</remarks>
public abstract class Metric
{
    /// <summary>The key in the history, e.g. "accuracy".</summary>
    public abstract string Name { get; }

    /// <summary>Which way it gets better. Default <see cref="MonitorMode.Auto"/>: it does not say, and callbacks that watch it must be told.</summary>
    public virtual MonitorMode Direction => MonitorMode.Auto;

    /// <summary>The share of right classes; one-hot or index targets are told apart by shape.</summary>
    public static Metric Accuracy() => new Accuracy();

    /// <summary>Starts measuring outside of training.</summary>
    /// <param name="device">Where the sums lie; null for the CPU.</param>
    public MetricState Begin(Device? device = null)
    {
        TorchRuntime.Start();
        return new(this, (device ?? Device.Cpu).ToTorch());
    }

    /// <summary>The sums before the first batch, double precision: what a checkpoint keeps.</summary>
    /// <param name="device">Where they lie.</param>
    public abstract IReadOnlyList<torch.Tensor> Start(torch.Device device);

    /// <summary>Adds a batch to the sums, in place and without waiting for the device.</summary>
    /// <param name="sums">What <see cref="Start"/> made.</param>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output, its activation applied.</param>
    /// <param name="weights">A weight for each sample, (batch); null for 1.</param>
    public abstract void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights);

    /// <summary>The value over all batches so far.</summary>
    /// <param name="sums">What <see cref="Start"/> made and <see cref="Add"/> changed.</param>
    public abstract double Result(IReadOnlyList<torch.Tensor> sums);
}
