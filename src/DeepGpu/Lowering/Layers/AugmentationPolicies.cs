using DeepGpu.Models;
using DeepGpu.Numbers;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Layers that apply operations chosen at random to images (batch, channels, height, width).</summary>
internal static class AugmentationPolicies
{
    /// <summary>The values of 8 bits.</summary>
    private const int Bits = 8;

    /// <summary>Operations one after the other.</summary>
    public static torch.Tensor Augmented(torch.Tensor x, RandAugment layer, torch.Generator? random)
    {
        ImageLayer[] operations = [.. Shapes(layer, layer.Factor, layer.Interpolation), .. Colors(layer, layer.Factor)];
        var choice = Choice(x, random);
        for (var i = 0; i < layer.NumOps; i++)
            x = AugmentationLowering.Changed(x, operations[choice.Next(operations.Length)], random);
        return x;
    }

    /// <summary>The images mixed with chains of operations.</summary>
    public static torch.Tensor Mixed(torch.Tensor x, AugMix layer, torch.Generator? random)
    {
        var choice = Choice(x, random);
        var own = RandomNumbers.Beta(choice, layer.Alpha, layer.Alpha);
        var mixed = x * Number(own);
        foreach (var share in RandomNumbers.Dirichlet(choice, layer.NumChains, layer.Alpha))
            mixed = mixed.Plus(Chain(x, layer, choice, random) * Number((1 - own) * share));
        return ImageOperations.Kept(mixed, layer.ValueRange);
    }

    /// <summary>At most so many operations one after the other: each choice may fall on none.</summary>
    private static torch.Tensor Chain(torch.Tensor x, AugMix layer, Random choice, torch.Generator? random)
    {
        var shapes = Shapes(layer, layer.Factor, layer.Interpolation);
        ImageLayer[] operations = layer.AllOps ? [.. shapes, .. Colors(layer, layer.Factor)] : shapes;
        for (var i = 0; i < layer.ChainDepth; i++)
        {
            var next = choice.Next(operations.Length + 1);
            if (next < operations.Length) x = AugmentationLowering.Changed(x, operations[next], random);
        }

        return x;
    }

    /// <summary>The operations of every policy.</summary>
    private static ImageLayer[] Shapes(ColorImageLayer layer, FactorRange factor, Interpolation interpolation) =>
    [
        new RandomShear(factor, factor) { Interpolation = interpolation },
        new RandomTranslation(factor, factor) { Interpolation = interpolation },
        new RandomRotation(factor) { Interpolation = interpolation },
        new RandomPosterization((1, Math.Max(1, (int)(Bits * factor.Upper)))) { ValueRange = layer.ValueRange },
        new Solarization { AdditionFactor = factor, ThresholdFactor = factor, ValueRange = layer.ValueRange },
        new AutoContrast { ValueRange = layer.ValueRange },
        new Equalization { ValueRange = layer.ValueRange },
    ];

    /// <summary>Those that AugMix may leave out.</summary>
    private static ImageLayer[] Colors(ColorImageLayer layer, FactorRange factor) =>
    [
        new RandomBrightness(factor) { ValueRange = layer.ValueRange },
        new RandomColorDegeneration(factor) { ValueRange = layer.ValueRange },
        new RandomContrast(factor) { ValueRange = layer.ValueRange },
        new RandomSharpness(factor) { ValueRange = layer.ValueRange },
    ];

    /// <summary>Choices that the training's generator decides, read from the device at once.</summary>
    private static SampleRandom Choice(torch.Tensor x, torch.Generator? random)
        => new((long)(torch.empty([1], torch.ScalarType.Float64, x.device).uniform_(0, 1, random).item<double>() * (1L << 53)));
}
