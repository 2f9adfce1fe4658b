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
    public static SymbolicTensor Input(params IEnumerable<int?> shape) => new LayerCall(new InputLayer(new Shape(shape.Prepend(null))), []).Output(0);
}
