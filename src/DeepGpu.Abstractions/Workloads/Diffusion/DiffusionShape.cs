namespace DeepGpu;

/// <summary>The network of a diffusion model that removes noise, in numbers: what its weights and its work at any size of picture follow
/// from. Not a graph of layers.</summary>
public sealed record DiffusionShape
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of network that diffusers' config.json names: "UNet2DConditionModel".</summary>
    public required string Kind { get; init; }

    /// <summary>The weights of the network, exactly; of text encoders and of the decoder of pictures none.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Channels of the latent picture.</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Pixels of the picture for each of the latent one, along each side. Default 8.</summary>
    public int LatentScale { get; init; } = 8;

    /// <summary>Tokens of text that the network attends to. Default 77.</summary>
    public int TextTokens { get; init; } = 77;

    /// <summary>What is computed at each resolution.</summary>
    public required IReadOnlyList<DiffusionLevel> Levels { get; init; }

    /// <summary>Operations on the text's own tokens, which no size of picture changes.</summary>
    public double FlopsOfText { get; init; }

    /// <summary>Layers and blocks that the host starts one by one.</summary>
    public required int Blocks { get; init; }

    /// <summary>Operations of one evaluation of one picture (a multiply-add is two): products, and attention.</summary>
    /// <param name="width">Pixels of the picture.</param>
    /// <param name="height">Pixels of the picture.</param>
    public double Flops(int width, int height) => FlopsOfText + Levels.Sum(level =>
    {
        var cells = Cells(level, width, height);
        return cells * level.FlopsPerCell + cells * cells * level.FlopsPerPair;
    });

    /// <summary>Elements that one evaluation's products and normalisations write for one picture; scores of attention are none of
    /// them.</summary>
    /// <param name="width">Pixels of the picture.</param>
    /// <param name="height">Pixels of the picture.</param>
    public double Elements(int width, int height) => Levels.Sum(level => Cells(level, width, height) * level.ElementsPerCell);

    /// <summary>Scores that attention among the cells makes in one evaluation.</summary>
    /// <param name="width">Pixels of the picture.</param>
    /// <param name="height">Pixels of the picture.</param>
    public double Scores(int width, int height)
        => Levels.Sum(level => Cells(level, width, height) * Cells(level, width, height) * level.ScoresPerPair);

    private double Cells(DiffusionLevel level, int width, int height)
        => Math.Ceiling((double)width / LatentScale / level.Divisor) * Math.Ceiling((double)height / LatentScale / level.Divisor);
}
