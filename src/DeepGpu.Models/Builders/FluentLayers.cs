namespace DeepGpu.Models;

/// <summary>Every layer that takes values of a graph as a fluent call.</summary>
/// <remarks>One rule for every method. First come further inputs, then what the layer's constructor takes, then every option of the
/// layer by its name, each with the default it has in the layer: the layer's own options, those of the classes it derives from in turn,
/// at last name, trainable, policy and activityRegularizer. Name the options you set:
/// <c>.Dense(10, kernelInitializer: Initializer.HeNormal)</c>. Where an option's default is no constant, null stands for it. A method
/// that ends in a list also takes its values one by one, without options: <c>.Reshape(7, -1)</c>, <c>a.Add(b, c)</c>. Of a layer with
/// several outputs a method yields the first: see <see cref="SymbolicTensor.ApplyAll"/>.</remarks>
public static partial class FluentLayers
{
    private static SymbolicTensor Apply(SymbolicTensor input, Layer layer, params IEnumerable<SymbolicTensor> others)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Apply(layer, others);
    }
}
