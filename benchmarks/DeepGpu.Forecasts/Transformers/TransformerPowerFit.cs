using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Fits the constants of draw while tokens are made, to rows that state it.</summary>
internal static class TransformerPowerFit
{
    private const double Noise = 0.12;

    public static IReadOnlyList<InferenceRow> Rows(IReadOnlyList<InferenceRow> rows)
        => [.. rows.Where(row => row.Watts > 0 && row.Card is { Tdp: not null, Float32Rate: not null })];

    public static Fit Run(IReadOnlyList<InferenceRow> rows)
    {
        var sources = rows.CountBy(row => (row.Source, row.Card.Name)).ToDictionary();
        return LevenbergMarquardt.Run(PowerConstants.Table.Priors, [.. PowerConstants.Table.Definitions.Select(d => d.Spread)],
            [.. rows.Select(row =>
            {
                var (residual, weight) = (Residual(row), Math.Clamp(Math.Sqrt(30.0 / sources[(row.Source, row.Card.Name)]), 0.3, 1));
                return (Func<double[], double>)(c => weight * residual(c));
            })], Noise);
    }

    /// <summary>The logarithm of forecast over measured watts of all cards, with the measured time.</summary>
    public static Func<double[], double> Residual(InferenceRow row)
    {
        var load = Load(row);
        return c => Math.Log(row.Cards * InferencePower.Watts(c, load, row.Card, row.Part)!.Value / row.Watts!.Value);
    }

    private static CardLoad Load(InferenceRow row)
    {
        var setting = InferenceSettings.Of(row.Card, row.Engine, row.Format, row.Shape, row.Cards, row.SharesLayers, row.Part)!;
        var step = InferenceTerms.Decode(row.Shape, row.Format, Math.Max(64, row.Input + row.Output / 2), row.Batch, row.CacheBits);
        var seconds = row.Task == InferenceTask.EndToEnd ? row.Seconds / Math.Max(1, row.Output) : row.Seconds;
        var prompts = row.Shape.PrefillFlops(Math.Max(1, row.Input)) * row.Batch / Math.Max(1, row.Output);
        return InferencePower.Load(setting, step, prompts, seconds);
    }
}
