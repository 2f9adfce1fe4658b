using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>A layer as plain data: its options, and what follows from them and its inputs' shapes. Holds no weights.</summary>
/// <remarks>A layer of your own derives from this record; <see cref="Extensions"/> hold how it is read, written and run.
/// Applying the same object twice in one graph shares its weights.</remarks>
public abstract record Layer
{
    /// <summary>The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</summary>
    public string? Name { get; init; }

    /// <summary>Whether training changes the weights. Default true.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>The number formats it computes in and keeps its weights in; null for the model's.</summary>
    [JsonPropertyName("dtype")]
    public PrecisionPolicy? Policy { get; init; }

    /// <summary>Adds a penalty on the outputs to the loss while training; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>The name of the class in files and summaries, e.g. "Conv2D". Default the type's.</summary>
    protected internal virtual string ClassName => GetType().Name;

    /// <summary>Keras's own name of the class, which numbers its layers in weight files. Default the one in configs.</summary>
    internal virtual string KeyName => ClassName;

    /// <summary>The module that files say its class is of.</summary>
    internal virtual string Module => "keras.layers";

    /// <summary>The layer whose name and weights it uses: itself, unless it is another way to call that one.</summary>
    internal virtual Layer Shared => this;

    /// <summary>This layer, called the way that another is.</summary>
    internal virtual Layer CalledAs(Layer other) => this;

    /// <summary>This layer where the model's inputs have other shapes: itself, unless its shapes follow from those alone.</summary>
    internal virtual Layer At(IReadOnlyList<Shape> modelInputs) => this;

    /// <summary>How many values a call yields. Default 1.</summary>
    protected internal virtual int OutputCount => 1;

    /// <summary>The shapes of the outputs.</summary>
    /// <param name="inputs">The shapes of the inputs, the batch first.</param>
    /// <exception cref="ShapeException">The layer cannot take these shapes.</exception>
    public abstract IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs);

    /// <summary>The weights, in the order Keras creates and stores them.</summary>
    /// <param name="inputs">The shapes of the inputs, the batch first.</param>
    public virtual IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs) => [];

    /// <summary>Whether it passes its input on unchanged outside of training.</summary>
    protected internal virtual bool ActsInTrainingOnly => false;

    /// <summary>The work of one step, for fully known input shapes: operations that follow one another.
    /// Default for layers of this library: reads its inputs and writes its outputs once; for a layer of your own: unknown, so that
    /// forecasts count its weights but no time.</summary>
    /// <param name="name">The layer's name in the model.</param>
    /// <param name="inputs">The shapes of the inputs, no length unknown.</param>
    public virtual IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => GetType().Assembly == typeof(Layer).Assembly
            ? [Work.Of(name, OperationKind.Elementwise, inputs, OutputShapes(inputs))]
            : [Work.Unknown(name, inputs, OutputShapes(inputs), Weights(inputs))];
}
