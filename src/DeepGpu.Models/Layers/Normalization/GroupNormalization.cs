using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Normalises each sample over groups of channels. Wu and He, 2018.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/group_normalization/</remarks>
public sealed record GroupNormalization : AffineNormalization
{
    /// <summary>The number of groups, or -1 for one group a channel. Default 32.</summary>
    [JsonPropertyOrder(-30)]
    public int Groups
    {
        get;
        init => field = value == -1 ? value : Require.AtLeast(value, 1, nameof(GroupNormalization), nameof(Groups));
    } = 32;

    /// <summary>The axis of the channels. Default the last.</summary>
    [JsonPropertyOrder(-29)]
    public int Axis { get; init; } = -1;

    private protected override int[] WeightShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var n = input.Known(Axis);
        return Groups == -1 || n % Groups == 0
            ? [n]
            : throw new ShapeException($"a number of channels that {Groups} groups divide", $"Use a number of groups that divides {n}.");
    }
}
