namespace DeepGpu.Models;

/// <summary>Operations on images as fluent calls. For images of another range than 0 to 255 apply the record:
/// <c>.Apply(new RandAugment { ValueRange = [0, 1] })</c>.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.RandomShear"/> layer.</summary>
    public static SymbolicTensor RandomShear(this SymbolicTensor input, FactorRange xFactor = default, FactorRange yFactor = default,
        FillMode fillMode = FillMode.Reflect, string? name = null)
        => Add(input, new RandomShear(xFactor, yFactor) { Name = name, FillMode = fillMode });

    /// <summary>Adds a <see cref="Models.RandomColorDegeneration"/> layer.</summary>
    public static SymbolicTensor RandomColorDegeneration(this SymbolicTensor input, FactorRange factor, string? name = null)
        => Add(input, new RandomColorDegeneration(factor) { Name = name });

    /// <summary>Adds a <see cref="Models.RandomSharpness"/> layer.</summary>
    public static SymbolicTensor RandomSharpness(this SymbolicTensor input, FactorRange factor, string? name = null)
        => Add(input, new RandomSharpness(factor) { Name = name });

    /// <summary>Adds a <see cref="Models.RandomPosterization"/> layer.</summary>
    public static SymbolicTensor RandomPosterization(this SymbolicTensor input, FactorRange factor, string? name = null)
        => Add(input, new RandomPosterization(factor) { Name = name });

    /// <summary>Adds a <see cref="Models.Solarization"/> layer.</summary>
    public static SymbolicTensor Solarization(this SymbolicTensor input, FactorRange additionFactor = default,
        FactorRange thresholdFactor = default, string? name = null)
        => Add(input, new Solarization { Name = name, AdditionFactor = additionFactor, ThresholdFactor = thresholdFactor });

    /// <summary>Adds an <see cref="Models.AutoContrast"/> layer.</summary>
    public static SymbolicTensor AutoContrast(this SymbolicTensor input, string? name = null)
        => Add(input, new AutoContrast { Name = name });

    /// <summary>Adds an <see cref="Models.Equalization"/> layer.</summary>
    public static SymbolicTensor Equalization(this SymbolicTensor input, int bins = 256, string? name = null)
        => Add(input, new Equalization { Name = name, Bins = bins });

    /// <summary>Adds a <see cref="Models.RandAugment"/> layer.</summary>
    public static SymbolicTensor RandAugment(this SymbolicTensor input, int numOps = 2, FactorRange? factor = null, string? name = null)
        => Add(input, new RandAugment { Name = name, NumOps = numOps, Factor = factor ?? new(0, 0.5) });

    /// <summary>Adds an <see cref="Models.AugMix"/> layer.</summary>
    public static SymbolicTensor AugMix(this SymbolicTensor input, int numChains = 3, int chainDepth = 3, FactorRange? factor = null,
        string? name = null)
        => Add(input, new AugMix { Name = name, NumChains = numChains, ChainDepth = chainDepth, Factor = factor ?? new(0, 0.3) });
}
