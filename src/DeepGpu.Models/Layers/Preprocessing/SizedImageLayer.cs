using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What layers have in common that yield images of a fixed size.</summary>
public abstract record SizedImageLayer : ImageLayer
{
    private protected SizedImageLayer(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Height of the output in pixels, at least 1.</summary>
    [JsonPropertyOrder(-2)]
    public int Height { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Height)); }

    /// <summary>Width of the output in pixels, at least 1.</summary>
    [JsonPropertyOrder(-1)]
    public int Width { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Width)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, 2);
        return input.With(DataFormat.SpatialAxis(0), Height).With(DataFormat.SpatialAxis(1), Width);
    }
}
