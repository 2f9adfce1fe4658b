using DeepGpu.Models.Graphs;

namespace DeepGpu.Models;

/// <summary>Starts a model that is a chain of layers.</summary>
/// <example><code>
/// ModelSpec cnn = Sequential.Input(28, 28, 1)
///     .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
///     .Flatten().Dense(10, Activation.Softmax)
///     .Build();
/// </code></example>
public static class Sequential
{
    /// <summary>The input of a model.</summary>
    /// <param name="shape">The shape of one sample, the batch left out; null where a length is open, e.g. <c>Input(null, 10)</c>.</param>
    public static SymbolicTensor Input(params IEnumerable<int?> shape) => Functional.Input(shape);

    /// <summary>Starts with a finished model, for example a pretrained one without its top.</summary>
    /// <param name="model">The model; its input becomes the new model's.</param>
    public static SymbolicTensor From(ModelSpec model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new LayerCall(new InputLayer(model.InputShape), []).Output(0).Apply(model);
    }
}

/// <summary>Builds models with several inputs or outputs, branches and shared layers.</summary>
/// <example><code>
/// var (a, b) = (Functional.Input(32), Functional.Input(16));
/// var merged = a.Dense(8, Activation.Relu).Concatenate(b.Dense(8, Activation.Relu));
/// ModelSpec model = Functional.Model([a, b], [merged.Dense(1)]);
/// </code></example>
public static class Functional
{
    /// <summary>An input of a model.</summary>
    /// <param name="shape">The shape of one sample, the batch left out; null where a length is open.</param>
    public static SymbolicTensor Input(params IEnumerable<int?> shape) => Input(new InputLayer(new Shape(shape.Prepend(null))));

    /// <summary>An input of a model with a name, a fixed batch or another element type.</summary>
    /// <param name="input">The input's options.</param>
    public static SymbolicTensor Input(InputLayer input) => new LayerCall(input, []).Output(0);

    /// <summary>A model from some inputs to some outputs.</summary>
    /// <param name="inputs">Where data enters, in the order it is given.</param>
    /// <param name="outputs">What the model yields.</param>
    /// <param name="name">The model's name. Default "functional".</param>
    /// <exception cref="ModelBuildException">Shapes, names or connections do not fit: every fault is listed.</exception>
    public static ModelSpec Model(IReadOnlyList<SymbolicTensor> inputs, IReadOnlyList<SymbolicTensor> outputs, string name = "functional")
        => GraphBuilder.Build(name, outputs, inputs, isSequential: false);
}
