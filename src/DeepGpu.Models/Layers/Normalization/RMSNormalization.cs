using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Divides by the root of the mean square along some axes and scales. Zhang and Sennrich, 2019.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/rms_normalization/</remarks>
public sealed record RMSNormalization : AxesLayer
{
    /// <summary>Added to the mean square. Default 1e-6.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, nameof(RMSNormalization), nameof(Epsilon)); } = 1e-6;

    /// <summary>Added to the scale, which then starts at one less this number; null for nothing, the default. Gemma adds 1. Keras has no
    /// such option: files hold it only where it is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(1)]
    public double? ScaleOffset
    {
        get; init => field = value is { } offset ? Require.Finite(offset, nameof(RMSNormalization), nameof(ScaleOffset)) : null;
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Axis.KnownIn(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => [new("scale", [.. Axis.KnownIn(input)], ScaleOffset is { } offset ? new Constant(1 - offset) : Initializer.Ones)];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, this, inputs[0])];
}
