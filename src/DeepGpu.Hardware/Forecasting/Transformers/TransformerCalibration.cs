using System.Text.Json;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>What was fitted for transformers: transformers.json, transformer-memory.json and transformer-training.json, made by
/// benchmarks/DeepGpu.Forecasts.</summary>
internal sealed class TransformerCalibration
{
    private const string File = "transformers.json";

    private static readonly Lazy<TransformerCalibration> BuiltIn = new(()
        => CalibrationFiles.Read(File, root => new TransformerCalibration(root)));

    private TransformerCalibration(JsonElement root)
    {
        var (memory, training) = (FittedPart.Read("transformer-memory.json", TransformerMemoryConstants.Table),
            FittedPart.Read("transformer-training.json", TransformerTrainingConstants.Table));
        (Time, Memory, Training) = (FittedPart.Constants(root, "time", InferenceConstants.Table), memory.Values, training.Values);
        Power = FittedPart.Constants(root, "power", PowerConstants.Table);
        Own = root.GetProperty("own").EnumerateArray().ToDictionary(
            row => (Enum.Parse<InferencePhase>(row.GetProperty("phase").GetString()!),
                Enum.Parse<InferenceSimilarity>(row.GetProperty("similarity").GetString()!)),
            OwnMeasurement.Read);
        Residuals = root.GetProperty("intervals").EnumerateArray()
            .Select(row => KeyValuePair.Create(row.GetProperty("name").GetString()!, ResidualSpread.Read(row)))
            .Concat(memory.Residuals).Concat(training.Residuals).ToDictionary();
        Cards = root.GetProperty("cards").EnumerateArray().Select(name => name.GetString()!).ToHashSet();
    }

    public static TransformerCalibration Default => BuiltIn.Value;

    public double[] Time { get; }

    public double[] Memory { get; }

    public double[] Training { get; }

    /// <summary>The constants of draw while tokens are made, in the order of <see cref="PowerConstants.Table"/>.</summary>
    public double[] Power { get; }

    /// <summary>Left-out residuals by kind of forecast.</summary>
    public IReadOnlyDictionary<string, ResidualSpread> Residuals { get; }

    /// <summary>What a measurement of the user's own says of other requests on its card.</summary>
    public IReadOnlyDictionary<(InferencePhase Phase, InferenceSimilarity Similarity), OwnMeasurement> Own { get; }

    /// <summary>Cards of which some time was measured.</summary>
    public IReadOnlySet<string> Cards { get; }

    /// <summary>The residuals of the first kind that was measured enough.</summary>
    public ResidualSpread Spread(params ReadOnlySpan<string> kinds)
    {
        foreach (var kind in kinds)
        {
            if (Residuals.TryGetValue(kind, out var found)) return found;
        }

        return Residuals["all"];
    }
}

/// <summary>How left-out rows of one kind lie around their forecasts: quantiles of the logarithm of measured over forecast.</summary>
/// <param name="Quantiles">Evenly spaced from the least to the largest.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="MeanErrorPercent">Their mean absolute error.</param>
internal sealed record ResidualSpread(IReadOnlyList<double> Quantiles, int Rows, double MeanErrorPercent)
{
    private const double Tail = 0.07; // what cards of the same kind have in common leaves 80 of 100 other cards' rows between these

    /// <summary>Where 80 of 100 lie.</summary>
    public (double Low, double High) Interval => (Math.Min(0, At(Tail)), Math.Max(0, At(1 - Tail)));

    /// <summary>The quantile by linear interpolation.</summary>
    public double At(double share)
    {
        var place = share * (Quantiles.Count - 1);
        var low = Math.Min((int)place, Quantiles.Count - 2);
        return Quantiles[low] + (place - low) * (Quantiles[low + 1] - Quantiles[low]);
    }

    /// <summary>The share of rows at most so far above their forecast; one row beyond each end is thought of.</summary>
    /// <param name="excess">The logarithm of a limit over the forecast.</param>
    public double ShareBelow(double excess)
    {
        var beyond = 1.0 / (Rows + 2);
        if (excess <= Quantiles[0]) return beyond / 2;
        if (excess >= Quantiles[^1]) return 1 - beyond / 2;
        var place = 0;
        while (Quantiles[place + 1] < excess) place++;
        var within = (excess - Quantiles[place]) / Math.Max(1e-12, Quantiles[place + 1] - Quantiles[place]);
        return beyond / 2 + (1 - beyond) * (place + Math.Clamp(within, 0, 1)) / (Quantiles.Count - 1);
    }

    public Estimate<T> Around<T>(double value, Func<double, T> quantity, string basis, double wider = 1)
        where T : struct, IComparable<T>
        => new(quantity(value), quantity(value * Math.Exp(Interval.Low * wider)), quantity(value * Math.Exp(Interval.High * wider)), basis);

    public static ResidualSpread Read(JsonElement row) => new([.. row.GetProperty("quantiles").EnumerateArray().Select(q => q.GetDouble())],
        row.GetProperty("rows").GetInt32(), row.GetProperty("meanErrorPercent").GetDouble());
}
