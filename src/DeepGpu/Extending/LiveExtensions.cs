using System.Text.Json.Serialization.Metadata;
using DeepGpu.Losses;
using DeepGpu.Lowering;
using DeepGpu.Metrics;
using DeepGpu.Models;
using DeepGpu.Models.Json;
using TorchSharp;

namespace DeepGpu;

/// <summary>Adds classes of your own with what the engine needs to run them. docs/extending.md shows each.</summary>
/// <remarks>What is given here runs inside calls of the model, possibly on several threads: it may keep no state but weights and slots.
/// Every tensor made in a call is freed by the library.</remarks>
public static class LiveExtensions
{
    /// <summary>Adds a layer that can be described, forecast, trained, saved, loaded and resumed.</summary>
    /// <param name="extensions">What is registered already; <c>Extensions.None</c> for nothing.</param>
    /// <param name="defaults">A layer whose options have their defaults: what a file leaves out.</param>
    /// <param name="json">Reads and writes its options, from your own <c>JsonSerializerContext</c>.</param>
    /// <param name="lower">Makes the live layer from the record, and a context that makes its weights.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, by this library or an extension, or the class cannot be
    /// written.</exception>
    public static Extensions WithLayer<TLayer>(
        this Extensions extensions,
        TLayer defaults,
        JsonTypeInfo<TLayer> json,
        Func<TLayer, LoweringContext, LiveLayer> lower)
        where TLayer : Layer
    {
        ArgumentNullException.ThrowIfNull(extensions);
        ArgumentNullException.ThrowIfNull(lower);
        LiveLayer Run(Layer layer, LoweringContext context) => lower((TLayer)layer, context);
        return extensions.With(
            ExtensionKind.Layer, defaults, json, defaults?.ClassName, ModelJsonContext.Default.Options, (LowerLayer)Run);
    }

    /// <summary>Adds an initializer of weights.</summary>
    /// <param name="extensions">What is registered already.</param>
    /// <param name="defaults">An initializer whose options have their defaults.</param>
    /// <param name="json">Reads and writes its options.</param>
    /// <param name="draw">Draws the values of a shape in Keras's layout from a source of random numbers, on the CPU.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, or the class cannot be written.</exception>
    public static Extensions WithInitializer<T>(
        this Extensions extensions,
        T defaults,
        JsonTypeInfo<T> json,
        Func<T, IReadOnlyList<int>, torch.Generator, torch.Tensor> draw,
        string? className = null)
        where T : Initializer
    {
        ArgumentNullException.ThrowIfNull(extensions);
        ArgumentNullException.ThrowIfNull(draw);
        torch.Tensor Run(Initializer own, IReadOnlyList<int> shape, torch.Generator random) => draw((T)own, shape, random);
        return extensions.With(
            ExtensionKind.Initializer, defaults, json, className, ModelJsonContext.Default.Options, (DrawValues)Run);
    }

    /// <summary>Adds a regularizer.</summary>
    /// <param name="extensions">What is registered already.</param>
    /// <param name="defaults">A regularizer whose options have their defaults.</param>
    /// <param name="json">Reads and writes its options.</param>
    /// <param name="penalty">The penalty on values in Keras's layout: one number that keeps its gradient.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, or the class cannot be written.</exception>
    public static Extensions WithRegularizer<T>(
        this Extensions extensions,
        T defaults,
        JsonTypeInfo<T> json,
        Func<T, torch.Tensor, torch.Tensor> penalty,
        string? className = null)
        where T : Regularizer
    {
        ArgumentNullException.ThrowIfNull(extensions);
        ArgumentNullException.ThrowIfNull(penalty);
        torch.Tensor Run(object own, torch.Tensor values) => penalty((T)own, values);
        return extensions.With(ExtensionKind.Regularizer, defaults, json, className, ModelJsonContext.Default.Options, (ChangeValues)Run);
    }

    /// <summary>Adds a constraint.</summary>
    /// <param name="extensions">What is registered already.</param>
    /// <param name="defaults">A constraint whose options have their defaults.</param>
    /// <param name="json">Reads and writes its options.</param>
    /// <param name="project">Values in Keras's layout projected onto the constraint: a new tensor of the same shape.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, or the class cannot be written.</exception>
    public static Extensions WithConstraint<T>(
        this Extensions extensions,
        T defaults,
        JsonTypeInfo<T> json,
        Func<T, torch.Tensor, torch.Tensor> project,
        string? className = null)
        where T : Constraint
    {
        ArgumentNullException.ThrowIfNull(extensions);
        ArgumentNullException.ThrowIfNull(project);
        torch.Tensor Run(object own, torch.Tensor values) => project((T)own, values);
        return extensions.With(ExtensionKind.Constraint, defaults, json, className, ModelJsonContext.Default.Options, (ChangeValues)Run);
    }

    /// <summary>Adds an optimizer with the rule by which it changes weights.</summary>
    /// <param name="extensions">What is registered already.</param>
    /// <param name="defaults">An optimizer whose options have their defaults.</param>
    /// <param name="json">Reads and writes its options.</param>
    /// <param name="rule">Makes the rule from the options. It keeps nothing between steps but its slots.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, or the class cannot be written.</exception>
    public static Extensions WithOptimizer<T>(
        this Extensions extensions,
        T defaults,
        JsonTypeInfo<T> json,
        Func<T, OptimizerRule> rule,
        string? className = null)
        where T : Optimizer
    {
        ArgumentNullException.ThrowIfNull(extensions);
        ArgumentNullException.ThrowIfNull(rule);
        OptimizerRule Run(Optimizer own) => rule((T)own);
        return extensions.With(
            ExtensionKind.Optimizer, defaults, json, className, OptimizerJsonContext.Default.Options, (MakeRule)Run);
    }

    /// <summary>Adds a loss that files hold by its class and options.</summary>
    /// <param name="extensions">What is registered already.</param>
    /// <param name="defaults">A loss whose options have their defaults.</param>
    /// <param name="json">Reads and writes its options.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, or the class cannot be written.</exception>
    public static Extensions WithLoss<T>(this Extensions extensions, T defaults, JsonTypeInfo<T> json, string? className = null)
        where T : Loss
    {
        ArgumentNullException.ThrowIfNull(extensions);
        return extensions.With(
            ExtensionKind.Loss, defaults, json, className, LossJsonContext.Default.Options,
            isTaken: name => LossTypes.Find(name) is not null);
    }

    /// <summary>Adds a metric that files hold by its class and options.</summary>
    /// <param name="extensions">What is registered already.</param>
    /// <param name="defaults">A metric whose options have their defaults.</param>
    /// <param name="json">Reads and writes its options.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, or the class cannot be written.</exception>
    public static Extensions WithMetric<T>(this Extensions extensions, T defaults, JsonTypeInfo<T> json, string? className = null)
        where T : Metric
    {
        ArgumentNullException.ThrowIfNull(extensions);
        return extensions.With(
            ExtensionKind.Metric, defaults, json, className, MetricJsonContext.Default.Options,
            isTaken: name => MetricTypes.Find(name) is not null || MetricTypes.MeanLossOf(name) is not null);
    }
}
