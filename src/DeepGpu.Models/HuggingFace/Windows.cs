namespace DeepGpu.Models.HuggingFace;

/// <summary>Which layers see only a window.</summary>
internal static class Windows
{
    private const string Size = "sliding_window";

    /// <summary>All layers, unless the file lists the layers' types.</summary>
    public static TransformerShape Everywhere(TransformerShape shape, ConfigReader c)
        => Of(shape, c.Optional(Size), Listed(c) ?? shape.Layers);

    /// <summary>The layers from a first one on, where a flag asks for it: Qwen 2 and 3.</summary>
    public static TransformerShape Late(TransformerShape shape, ConfigReader c) => c.Flag("use_sliding_window")
        ? Of(shape, c.Optional(Size) ?? 4096, Listed(c) ?? Math.Max(0, shape.Layers - c.Count("max_window_layers", 28)))
        : shape;

    /// <summary>All but each n-th layer, unless the file lists the layers' types.</summary>
    public static TransformerShape AllButEach(TransformerShape shape, ConfigReader c, int window, int each)
    {
        var pattern = c.Optional("sliding_window_pattern", "_sliding_window_pattern") ?? each;
        return Of(shape, c.Optional(Size) ?? window, Listed(c) ?? shape.Layers - shape.Layers / pattern);
    }

    private static int? Listed(ConfigReader c) => c.Texts("layer_types")?.Count(type => type is "sliding_attention" or "chunked_attention");

    private static TransformerShape Of(TransformerShape shape, int? window, int layers)
        => window is null || layers == 0 ? shape : shape with { SlidingWindow = window, SlidingLayers = layers };
}
