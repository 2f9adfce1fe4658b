using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>How far forecasts of memory are off.</summary>
internal static class TransformerMemoryFit
{
    /// <summary>A run that ended for lack of memory needed at least so many times what there was.</summary>
    private const double Lacking = 1.08;

    private const double Weight = 3;

    /// <summary>The logarithm of forecast over measured; of a run that ended for lack of memory, by how much the forecast stays below
    /// it.</summary>
    public static Func<double[], double> Residual(TransformerMemoryRow row)
    {
        if (row.IsOutOfMemory) return c => Weight * Math.Min(0, Math.Log(Forecast(c, row).Total.Bytes / (Lacking * row.Usable)));
        var measured = Math.Log(row.Bytes);
        return c => Math.Log(Forecast(c, row).Total.Bytes) - measured;
    }

    public static TransformerMemory Forecast(double[] c, TransformerMemoryRow row) => row.Request is { } request
        ? TransformerMemoryLaw.Inference(c, row.Source == "xiongjiedai_nb" ? request with { Cards = 1 } : request, row.HasContext)
        : TransformerMemoryLaw.Training(c, row.Training!, row.HasContext);
}
