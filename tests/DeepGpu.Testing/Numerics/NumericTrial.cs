using System.Globalization;

namespace DeepGpu.Testing.Numerics;

/// <summary>The largest difference found between an engine and the plain loops, relative to max(1, |value|).</summary>
/// <param name="What">Which numbers, e.g. "gradient of kernel in training".</param>
/// <param name="Index">Which of them, row-major.</param>
/// <param name="Expected">What the plain loops yield.</param>
/// <param name="Actual">What the engine yields.</param>
/// <param name="Tolerance">How large the difference may be.</param>
internal sealed record Difference(string What, int Index, double Expected, double Actual, double Tolerance)
{
    /// <summary>The difference over max(1, |expected|); infinite where one of them is no number.</summary>
    public double Relative
        => double.IsFinite(Actual - Expected) ? Math.Abs(Actual - Expected) / Math.Max(1, Math.Abs(Expected)) : double.PositiveInfinity;

    public bool IsGradient => What.StartsWith("gradient", StringComparison.Ordinal);

    public bool IsAllowed => Relative <= Tolerance;

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
            $"{What} [{Index}]: {Actual:g9} instead of {Expected:g9}, difference {Relative:g3} (allowed {Tolerance:g1})");
}

/// <summary>Runs a case on an engine and by the plain loops.</summary>
/// <remarks>Single precision rounds each result to 2^-24 = 6e-8 of its size. A sum of n products errs by about sqrt(n) of that, the layers
/// here sum up to 1,500, and a few functions follow: 1e-5 is a few times what was seen, and far below what a wrong number differs by. A
/// gradient is a sum over a batch of products of such numbers, over all steps of a recurrence: 5e-5.</remarks>
internal static class NumericTrial
{
    /// <summary>How far outputs may differ.</summary>
    public const double ForwardTolerance = 1e-5;

    /// <summary>How far gradients may differ.</summary>
    public const double GradientTolerance = 5e-5;

    /// <summary>The largest difference of each kind of numbers, predicting and training.</summary>
    public static IReadOnlyList<Difference> Run(NumericCase c, INumericEngine engine)
    {
        var loops = new PlainLoops();
        var numbers = PlainLoops.NumbersOf(c);
        bool[] passes = c.Trains ? [false, true] : [false];
        return [.. passes.SelectMany(training => Compare(c, numbers, loops.Run(c, numbers, training), engine, training))];
    }

    private static IEnumerable<Difference> Compare(NumericCase c, CaseNumbers numbers, NumericResult expected, INumericEngine engine,
        bool isTraining)
    {
        try
        {
            return Compare(c, numbers, expected, engine.Run(c, numbers, isTraining), isTraining);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or TypeInitializationException))
        {
            return [new($"{(isTraining ? "training" : "prediction")} ends in {failure.GetType().Name} \"{failure.Message.Split('\n')[0]}\"",
                0, 0, double.NaN, 0)];
        }
    }

    /// <summary>What is wrong with an engine's numbers in a case: the case and every difference that is too large; null if none
    /// is.</summary>
    public static string? Failure(NumericCase c, INumericEngine engine) => Failure(c, Run(c, engine));

    /// <summary>What is wrong, of differences that were found.</summary>
    public static string? Failure(NumericCase c, IReadOnlyList<Difference> differences)
    {
        var wrong = differences.Where(difference => !difference.IsAllowed).ToList();
        return wrong.Count == 0 ? null : string.Join("\n  ", wrong.Select(difference => difference.ToString()).Prepend(c.ToString()));
    }

    private static IEnumerable<Difference> Compare(NumericCase c, CaseNumbers numbers, NumericResult expected, NumericResult actual,
        bool isTraining)
    {
        var pass = isTraining ? "training" : "prediction";
        string Weight(int i) => numbers.Weights[i].Spec.Name;
        var outputs = Worst(expected.Outputs, actual.Outputs, i => $"output {i} in {pass}", ForwardTolerance);
        var after = Worst(expected.WeightsAfter, actual.WeightsAfter, i => $"{Weight(i)} after {pass}", ForwardTolerance);
        var inputs = Worst(expected.InputGradients, actual.InputGradients, i => $"gradient of input {i}", GradientTolerance);
        var weights = Worst(expected.WeightGradients, actual.WeightGradients, i => $"gradient of {Weight(i)}", GradientTolerance);
        return [.. outputs, .. after, .. inputs, .. weights];
    }

    /// <summary>The worst number of each array; an array that one side lacks, or of another length, is wrong as a whole.</summary>
    private static IEnumerable<Difference> Worst(IReadOnlyList<double[]?> expected, IReadOnlyList<double[]?> actual, Func<int, string> what,
        double tolerance)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var (own, other) = (expected.ElementAtOrDefault(i), actual.ElementAtOrDefault(i));
            if (own?.Length != other?.Length) yield return new($"{what(i)}: {other?.Length ?? 0} numbers instead of {own?.Length ?? 0}", 0,
                0, double.NaN, tolerance);
            else if (own is { Length: > 0 }) yield return own
                .Select((value, at) => new Difference(what(i), at, value, other![at], tolerance)).MaxBy(difference => difference.Relative)!;
        }
    }
}
