using DeepGpu.Losses;
using DeepGpu.Models;
using DeepGpu.Models.Json;
using DeepGpu.Operations;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <summary>What training makes small. Keras: https://keras.io/api/losses/.
/// It holds no state, so one object may serve several models.</summary>
/// <remarks>A loss of your own is <see cref="Of"/> a delegate, or derives from this class.</remarks>
public abstract partial class Loss
{
    /// <summary>The name in messages and logs, e.g. "categorical_crossentropy".</summary>
    public abstract string Name { get; }

    /// <summary>The name of the metric that is its mean, in messages and logs.</summary>
    internal virtual string MetricName => Name;

    /// <summary>How the losses of samples become one number. Default <see cref="Reduction.SumOverBatchSize"/>: their mean.</summary>
    public Reduction Reduction
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw Require.OutOfRange(Name, nameof(Reduction), "one of Keras's reductions", value);
    }

    /// <summary>The shape that targets need.</summary>
    internal virtual TargetForm Form => TargetForm.Any;

    /// <summary>The axis of the classes, for losses whose targets lack it.</summary>
    internal virtual int ClassAxis => -1;

    /// <summary>Whether the loss is better computed from the input of this activation than from its output.</summary>
    public virtual bool TakesLogitsOf(Activation activation) => false;

    /// <summary>The loss of each sample, (batch), or of each part of one, (batch, ...).</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output.</param>
    /// <param name="isLogits">Whether the output's activation was left out because <see cref="TakesLogitsOf"/> asked for it.</param>
    public abstract torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits);

    /// <summary>The losses of a batch, weighed and reduced, in single precision or better. The result is the caller's to dispose.</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output.</param>
    /// <param name="isLogits">Whether the output's activation was left out because <see cref="TakesLogitsOf"/> asked
    /// for it. Default false.</param>
    /// <param name="weights">The weight of each sample, (batch), or of each part of one, (batch, ...); null for 1.</param>
    /// <param name="mask">Which parts count, (batch, ...); a mean is over those alone; null for all.</param>
    /// <returns>One number; with <see cref="Reduction.None"/> the losses of <see cref="PerSample"/>.</returns>
    /// <exception cref="TrainingDataException">Targets, weights or mask do not fit the output's shape, or a loss of your own gives no
    /// number for each sample.</exception>
    /// <exception cref="TorchException">torch refused an operation of the loss.</exception>
    public torch.Tensor Compute(torch.Tensor target, torch.Tensor output, bool isLogits = false,
        torch.Tensor? weights = null, torch.Tensor? mask = null)
        => Compute(target, output, isLogits, weights, mask, whole: null);

    /// <summary>The same over a part of a batch whose other parts others have.</summary>
    internal torch.Tensor Compute(torch.Tensor target, torch.Tensor output, bool isLogits,
        torch.Tensor? weights, torch.Tensor? mask, WholeSums? whole)
    {
        using var scope = torch.NewDisposeScope();
        try
        {
            var losses = Each(target, output, isLogits);
            return LossReduction.Apply(losses, weights, SampleWeights.Combined(mask, Counted(target, losses)), Reduction,
                whole)
                .MoveToOuterDisposeScope();
        }
        catch (Exception e) when (TorchBorder.IsOfTorch(e) && !OutOfMemory.Is(e))
        {
            throw TorchBorder.In($"Loss '{Name}'", e);
        }
    }

    /// <summary>Checks targets before anything native sees them.</summary>
    /// <param name="targets">The targets of all samples, (samples, ...).</param>
    /// <param name="output">The shape of the model's output.</param>
    /// <exception cref="TrainingDataException">The targets do not fit the output.</exception>
    public virtual void CheckTargets(NDArray targets, Shape output) => TargetChecks.Shape(Name, Form, targets, output, ClassAxis);

    /// <summary>The loss as Keras writes it: a class name and a config.</summary>
    /// <param name="extensions">The losses of your own; null for none.</param>
    /// <exception cref="ModelFormatException">The loss is a delegate, or a class of your own that is not registered.</exception>
    public string ToJson(Extensions? extensions = null) => KerasName.Text(LossJson.Write(this, extensions ?? Extensions.None), Name);

    /// <summary>Reads a loss: Keras's object of class name and config, or a name in quotes.</summary>
    /// <param name="json">The text.</param>
    /// <param name="extensions">The losses of your own that it may name; null for none.</param>
    /// <exception cref="ModelFormatException">The text is damaged, or names a class or option that neither this library nor an
    /// extension has.</exception>
    public static Loss FromJson(string json, Extensions? extensions = null)
        => LossJson.Read(KerasName.Parse(json), extensions ?? Extensions.None);

    /// <summary>The loss of each sample once the shapes are checked.</summary>
    internal torch.Tensor Each(torch.Tensor target, torch.Tensor output, bool isLogits = false)
    {
        TargetChecks.Shape(Name, Form, target, output, ClassAxis);
        var losses = PerSample(target, Floats.AtLeastSingle(output), isLogits);
        return IsOwn ? OwnFunctions.Losses(Name, losses, output) : losses;
    }

    /// <summary>Whether it is a loss of the user's own, whose results are checked.</summary>
    internal virtual bool IsOwn => OwnFunctions.IsOwn(this);

    /// <summary>The loss, if it gives one number to make small.</summary>
    /// <exception cref="DeepGpuArgumentException">It keeps the losses of samples apart.</exception>
    internal Loss ThatTrains()
        => Reduction != Reduction.None
            ? this
            : throw Require.OutOfRange("Compile", nameof(Reduction), $"one that gives {Name} one number", Reduction);

    /// <summary>Which losses count beside the caller's mask, in their shape; null for all.</summary>
    internal virtual torch.Tensor? Counted(torch.Tensor target, torch.Tensor losses) => null;
}
