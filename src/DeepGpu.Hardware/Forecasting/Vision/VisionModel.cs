namespace DeepGpu.Hardware;

/// <summary>A network for pictures in the three numbers that tables of models publish. Not a graph of layers: of one that is described by
/// layers <see cref="GpuForecaster"/> knows more.</summary>
public sealed record VisionModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is made of.</summary>
    public required VisionFamily Family { get; init; }

    /// <summary>Operations of one picture forward: twice the published multiply-adds (GMACs).</summary>
    public required double Flops { get; init; }

    /// <summary>Elements that its convolutions and products write for one picture, attention's scores among them ("activations" of
    /// timm's tables).</summary>
    public required double Activations { get; init; }

    /// <summary>Its weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>Layers that the host starts one by one; 0 where that is not known, and no time of the host is counted.</summary>
    public int Layers { get; init; }

    /// <summary>A vision transformer: each layer writes queries, keys and values, scores, what attention weighs, its output, and the
    /// feed-forward's two products; the patches are one product more.</summary>
    /// <param name="shape">A shape with a fixed number of tokens and no words: ViT, DeiT.</param>
    /// <exception cref="DeepGpuArgumentException">It is not of pictures.</exception>
    public static VisionModel Of(TransformerShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!IsOf(shape)) throw NotOfPictures(shape);
        double tokens = shape.FixedInputLength!.Value;
        return new()
        {
            Name = shape.Name,
            Family = VisionFamily.Transformer,
            Flops = tokens * shape.LayerFlopsPerToken + shape.AttentionFlops(tokens),
            Activations = tokens * (shape.Layers * (2 * ((double)shape.Heads + shape.KeyValueHeads) * shape.HeadSize
                + tokens * shape.Heads + 2 * shape.HiddenSize + shape.FeedForwardSize) + shape.HiddenSize),
            Parameters = shape.ParameterCount,
            Layers = shape.Layers,
        };
    }

    /// <summary>Whether a transformer is one of pictures.</summary>
    /// <param name="shape">The shape.</param>
    public static bool IsOf(TransformerShape shape)
        => shape is { Kind: TransformerKind.Encoder, FixedInputLength: not null, VocabularySize: 0 };

    private static DeepGpuArgumentException NotOfPictures(TransformerShape shape) => new(new("vision_shape",
        "A vision model needs a transformer with a fixed number of tokens and without words,", $"but {shape.Name} is none.",
        "Pass the shape of a ViT or DeiT, or set the three numbers."), nameof(shape));
}
