using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Draws cases of every kind of layer from a seed: case i of a seed is the same on every machine.</summary>
internal static class RandomCases
{
    /// <summary>The most products a case adds up, so that plain loops stay quick.</summary>
    private const double MostWork = 3e5;

    private static readonly (Type Layer, Func<Draw, NumericCase> Draw)[] Drawn =
        [.. ConvolutionCases.All, .. RecurrentCases.All, .. CoreCases.All, .. PoolingCases.All, .. NormalizationCases.All,
            .. MergingCases.All, .. ReshapingCases.All, .. TransformerCases.All, .. ReferenceTable.Drawn];

    /// <summary>What convolutions and recurrences use on a processor is where wrong numbers were met: they come up four times as
    /// often.</summary>
    private static readonly (Type Layer, Func<Draw, NumericCase> Draw)[] Weighed =
        [.. Drawn, .. Enumerable.Repeat(ConvolutionCases.All.Concat(RecurrentCases.All), 3).SelectMany(cases => cases)];

    /// <summary>The kinds of layers that are drawn.</summary>
    public static IReadOnlyList<Type> Kinds { get; } = [.. Drawn.Select(kind => kind.Layer)];

    /// <summary>Whether a kind of layer comes up more often than others.</summary>
    public static bool IsWeighed(Type kind) => Weighed.Count(drawn => drawn.Layer == kind) > 1;

    /// <summary>Case i of a seed; the kinds take turns.</summary>
    public static NumericCase Case(int seed, int i) => Of(Weighed[i % Weighed.Length].Draw, seed, i);

    /// <summary>Case i of a seed of one kind of layer.</summary>
    public static NumericCase Case(Type kind, int seed, int i) => Of(Drawn.Single(drawn => drawn.Layer == kind).Draw, seed, i);

    private static NumericCase Of(Func<Draw, NumericCase> draw, int seed, int i)
    {
        for (var attempt = 0; ; attempt++)
        {
            var number = unchecked(seed * 1_000_003 + i * 131 + attempt * 7);
            var c = draw(new(number)) with { Seed = number };
            if (Work(c) <= MostWork) return c;
        }
    }

    private static double Work(NumericCase c)
        => c.Layer.Operations("case", [.. c.Inputs.Select(shape => new Shape(shape.Select(length => (int?)length)))])
            .Sum(operation => operation.ForwardFlops) / 2;
}
