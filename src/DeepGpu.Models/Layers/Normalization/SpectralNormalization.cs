namespace DeepGpu.Models;

/// <summary>Keeps the largest singular value of a layer's kernel near 1, which bounds how much the layer can stretch a difference of
/// inputs.</summary>
/// <remarks>Each pass that trains divides the kernel, seen as a matrix (rest, last axis), by an estimate of that value, found by power
/// iteration from a vector kept between passes; a kernel of zeros stays. Passes that predict change nothing. Input and output are the
/// layer's;
/// the input's mask ends here. Miyato et al., 2018, https://arxiv.org/abs/1802.05957.
/// Keras: https://keras.io/api/layers/normalization_layers/spectral_normalization/</remarks>
public sealed record SpectralNormalization : WrapperLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layer">A layer with one input and a kernel or embeddings: Dense, EinsumDense, Embedding, a convolution.</param>
    public SpectralNormalization(Layer layer)
        : base(layer)
    {
    }

    /// <summary>Iterations in each pass that trains, at least 1. Default 1.</summary>
    public int PowerIterations
    {
        get; init => field = Require.AtLeast(value, 1, nameof(SpectralNormalization),
        nameof(PowerIterations));
    } = 1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var output = Layer.OutputShapes([input])[0];
        Kernel(Layer.Weights([input]));
        return output;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var inner = Layer.Weights([input]);
        var vector = new WeightSpec("vector_u", [1, Kernel(inner).Shape[^1]], new TruncatedNormal(0, 0.02), Trainable: false);
        return [.. inner.Select(weight => weight.Inside("layer", Layer.Trainable)), vector];
    }

    /// <inheritdoc/>
    /// <remarks>The layer's own, and in training what the iterations read and write of the kernel.</remarks>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var operations = Layer.Operations(name, inputs);
        var passes = (2 * PowerIterations + 3) * (double)Kernel(Layer.Weights(inputs)).Count;
        var first = operations[0] with
        {
            BackwardElements = operations[0].BackwardElements + passes,
            BackwardLaunches = operations[0].BackwardLaunches + 6 * PowerIterations + 3,
        };
        return [first, .. operations.Skip(1)];
    }

    /// <summary>The weight of the layer that is normalised.</summary>
    /// <exception cref="ShapeException">The layer has neither a kernel nor embeddings.</exception>
    internal static WeightSpec Kernel(IReadOnlyList<WeightSpec> weights)
        => weights.FirstOrDefault(weight => weight.Name is "kernel" or "embeddings")
            ?? throw new ShapeException("a layer with a kernel or embeddings inside", "Wrap a Dense, an Embedding or a convolution.");
}
