using DeepGpu.Hardware;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Fits the constants of the memory of transformers.</summary>
internal static class TransformerMemoryFit
{
    private const double Noise = 0.06;

    public static Fit Run(IReadOnlyList<TransformerMemoryRow> rows)
    {
        var definitions = TransformerMemoryConstants.Table.Definitions;
        return LevenbergMarquardt.Run(TransformerMemoryConstants.Table.Priors, [.. definitions.Select(d => d.Spread)], [.. rows.Select(Residual)], Noise);
    }

    public static Func<double[], double> Residual(TransformerMemoryRow row)
    {
        var measured = Math.Log(row.Bytes);
        return c => Math.Log(Forecast(c, row).Total.Bytes) - measured;
    }

    public static TransformerMemory Forecast(double[] c, TransformerMemoryRow row) => row.Request is { } request
        ? TransformerMemoryLaw.Inference(c, row.Source == "xiongjiedai_nb" ? request with { Cards = 1 } : request, row.HasContext)
        : TransformerMemoryLaw.Training(c, row.Training!, row.HasContext);
}
