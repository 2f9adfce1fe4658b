using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A number, or several, followed while training; it changes nothing. Keras: https://keras.io/api/metrics/.
/// It holds no sums itself, so one object may serve several models.</summary>
/// <remarks>A metric of your own is <see cref="Of(string, Func{torch.Tensor, torch.Tensor, torch.Tensor})"/> a delegate,
/// or derives from <see cref="MeanMetric"/> if it is a mean over samples, else from this class.</remarks>
public abstract partial class Metric
{
    /// <summary>The key in the history, e.g. "accuracy". Default Keras's name of the metric.</summary>
    public string Name
    {
        get => field ?? DefaultName;
        init => field = string.IsNullOrWhiteSpace(value) ? throw Require.OutOfRange(GetType().Name, nameof(Name), "a text", value) : value;
    }

    /// <summary>Which way it gets better. Default <see cref="MonitorMode.Auto"/>: it does not say,
    /// and callbacks that watch it must be told.</summary>
    protected internal virtual MonitorMode Direction => MonitorMode.Auto;

    /// <summary>The name of a metric that was given none.</summary>
    protected abstract string DefaultName { get; }

    /// <summary>The shape that targets need.</summary>
    internal virtual TargetForm Form => TargetForm.Any;

    /// <summary>The axis of the classes, for metrics whose targets lack it.</summary>
    internal virtual int ClassAxis => -1;

    /// <summary>Whether it is a metric of the user's own, or of an own loss, whose results are checked.</summary>
    internal virtual bool IsOwn => OwnFunctions.IsOwn(this);

    /// <summary>Starts measuring outside of training.</summary>
    /// <param name="device">Where the sums lie; null for the CPU.</param>
    public MetricState Begin(Device? device = null)
    {
        TorchRuntime.Start();
        return new(this, (device ?? Device.Cpu).ToTorch());
    }

    /// <summary>The metric as Keras writes it: a class name and a config.</summary>
    /// <param name="extensions">The metrics and losses of your own; null for none.</param>
    /// <exception cref="ModelFormatException">The metric is a delegate, or a class of your own that is not registered.</exception>
    public string ToJson(Extensions? extensions = null) => KerasName.Text(MetricJson.Write(this, extensions), Name);

    /// <summary>Reads a metric: Keras's object of class name and config, or a name in quotes.</summary>
    /// <param name="json">The text.</param>
    /// <param name="extensions">The metrics and losses of your own that it may name; null for none.</param>
    /// <exception cref="ModelFormatException">The text is damaged, or names a class or option that neither this library nor an
    /// extension has.</exception>
    public static Metric FromJson(string json, Extensions? extensions = null)
        => MetricJson.Read(KerasName.Parse(json), extensions ?? Extensions.None);

    /// <summary>The sums before the first batch, double precision: what a checkpoint keeps.</summary>
    /// <param name="device">Where they lie.</param>
    public abstract IReadOnlyList<torch.Tensor> Start(torch.Device device);

    /// <summary>Adds a batch to the sums, in place and without waiting for the device.</summary>
    /// <param name="sums">What <see cref="Start"/> made.</param>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output, its activation applied.</param>
    /// <param name="weights">The weight of each sample, (batch), or of each part of one, (batch, ...); null for 1.</param>
    public abstract void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights);

    /// <summary>The value over all batches so far, on the device: one number, or a vector with one for each
    /// threshold, class or output.</summary>
    /// <param name="sums">What <see cref="Start"/> made and <see cref="Add"/> changed.</param>
    public abstract torch.Tensor Result(IReadOnlyList<torch.Tensor> sums);

    /// <summary>Checks targets before anything native sees them.</summary>
    /// <param name="targets">The targets of all samples, (samples, ...).</param>
    /// <param name="output">The shape of the model's output.</param>
    /// <exception cref="TrainingDataException">The targets do not fit the output.</exception>
    public virtual void CheckTargets(NDArray targets, Shape output) => TargetChecks.Shape(Name, Form, targets, output, ClassAxis);
}
