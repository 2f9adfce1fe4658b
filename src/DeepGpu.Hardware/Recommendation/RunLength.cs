using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>The run that times and costs are of.</summary>
/// <param name="Steps">Steps in all.</param>
/// <param name="Text">The run in words, e.g. "5 epochs of 60,000 samples".</param>
/// <param name="IsAssumed">Whether no samples were given, so that a number of steps was assumed.</param>
public sealed record RunLength(double Steps, string Text, bool IsAssumed)
{
    internal static RunLength Of(Workload workload, RecommendationOptions options)
    {
        var (samples, epochs) = (options.Forecast.Samples, options.Forecast.Epochs);
        if (samples is not { } count) return new(options.StepsWithoutSamples,
            Invariant($"{options.StepsWithoutSamples:N0} steps of {workload.BatchSize}"), true);
        var steps = Math.Ceiling((double)count / workload.BatchSize) * epochs;
        return new(steps, Invariant($"{epochs:N0} {(epochs == 1 ? "epoch" : "epochs")} of {count:N0} samples"), false);
    }

    internal Estimate<TimeSpan> Time(Estimate<TimeSpan> step) => new(step.Value * Steps, step.Low * Steps, step.High * Steps, step.Basis);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
