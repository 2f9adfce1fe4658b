using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What layers have in common that apply another layer of one output.</summary>
public abstract record WrapperLayer : UnaryLayer
{
    private protected WrapperLayer(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Layer = layer;
    }

    /// <summary>The layer inside, which has one output.</summary>
    [JsonPropertyOrder(-1)]
    public Layer Layer
    {
        get;
        init => field = value is { OutputCount: 1 }
            ? value
            : throw Require.OutOfRange(ClassName, nameof(Layer), "a layer with one output", value?.ClassName);
    }
}
