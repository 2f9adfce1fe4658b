using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>What tells a position apart: sines and cosines of wavelengths that grow from feature to feature. It is added to the vectors
/// by an <see cref="Add"/>. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762.</summary>
/// <remarks>Input (batch, ..., steps, features), of which only the shape counts; output of the same shape. With the angle
/// t * maxWavelength^(-2 floor(i/2) / features), feature i of step t is its sine where i is even, its cosine where i is odd; computed in
/// single precision whatever the policy. A mask ends here.
/// KerasHub: https://keras.io/keras_hub/api/modeling_layers/sine_position_encoding/</remarks>
public sealed record SinePositionEncoding : UnaryLayer
{
    /// <summary>The base of the wavelengths, above 0: the longest is 2 pi times nearly this many steps. Default 10000.</summary>
    public double MaxWavelength
    {
        get; init => field = Require.Positive(value, nameof(SinePositionEncoding), nameof(MaxWavelength));
    } = 10000;

    internal override string Module => KerasModules.Hub;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        PositionEmbedding.Features(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.View(name, inputs, [OutputShape(inputs[0])])];
}
