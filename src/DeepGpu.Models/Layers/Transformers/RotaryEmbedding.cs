using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Turns pairs of features by angles that grow with the position, so that the product of two such vectors tells how far apart
/// they are. Su et al., 2021, https://arxiv.org/abs/2104.09864.</summary>
/// <remarks>Output shape = input shape, e.g. (batch, steps, features) or (batch, steps, heads, features). Features i and
/// i + features / 2 of step t are a pair; its angle is t / scalingFactor * maxWavelength^(-2i / features). A mask ends here.
/// KerasHub: https://keras.io/keras_hub/api/modeling_layers/rotary_embedding/</remarks>
public sealed record RotaryEmbedding : UnaryLayer
{
    /// <summary>The base of the wavelengths, above 0: the longest is 2 pi times nearly this many steps. Default 10000.</summary>
    public double MaxWavelength
    {
        get; init => field = Require.Positive(value, nameof(RotaryEmbedding), nameof(MaxWavelength));
    } = 10000;

    /// <summary>What positions are divided by, above 0. Default 1.</summary>
    public double ScalingFactor
    {
        get; init => field = Require.Positive(value, nameof(RotaryEmbedding), nameof(ScalingFactor));
    } = 1;

    /// <summary>The axis of the steps. Default 1.</summary>
    public int SequenceAxis { get; init; } = 1;

    /// <summary>The axis of the features, an even number of them. Default the last.</summary>
    public int FeatureAxis { get; init; } = -1;

    internal override string Module => KerasModules.Hub;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (steps, features) = (Axes.Resolve(SequenceAxis, input.Rank), Axes.Resolve(FeatureAxis, input.Rank));
        if (steps == features) throw new ShapeException("steps and features on two axes", "Give the input an axis of steps.");
        return input[features] is { } length && length % 2 == 0
            ? input
            : throw new ShapeException("an even number of features, known beforehand", "Make the features' axis even.");
    }

    /// <inheritdoc/>
    /// <remarks>Each half is negated and set in the other's place; both products and their sum pass over every element.</remarks>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        const int Forward = 10, Backward = 14;
        var pass = Work.Of(name, OperationKind.Elementwise, inputs, [OutputShape(inputs[0])]);
        var elements = (double)pass.OutputElements;
        return [pass with { ForwardElements = Forward * elements, BackwardElements = Backward * elements }];
    }
}
