using System.Globalization;
using System.Text.Json;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>A forecast as text and as JSON.</summary>
internal static class ForecastText
{
    private const int ShownLayers = 3;

    public static string Text(GpuForecast f) => string.Join(Environment.NewLine, Lines(f));

    public static void Write(Utf8JsonWriter json, GpuForecast f)
    {
        json.WriteString("model", f.Workload.Name);
        json.WriteString("gpu", f.Card.Name);
        json.WriteString("task", f.Workload.Task.ToString().ToLowerInvariant());
        json.WriteNumber("batch", f.Workload.BatchSize);
        json.WriteString("precision", f.Workload.Precision.ToString());
        WriteFit(json, f);
        WriteEstimates(json, f);
        json.Number("powerLimitWatts", f.Options.PowerLimit?.Watts);
        json.WriteString("basis", f.Basis);
        json.WriteString("boundBy", f.BoundBy?.ToString().ToLowerInvariant());
        json.Number("maximumBatch", f.MaximumBatch());
        WriteMemory(json, f.Memory);
        json.Objects("layers", f.Layers, layer => WriteLayer(json, layer));
        json.Texts("notes", f.Notes);
    }

    /// <summary>True, false, or null where it is uncertain.</summary>
    public static void WriteFit(Utf8JsonWriter json, GpuForecast f)
    {
        if (f.Fits == FitVerdict.Uncertain) json.WriteNull("fits");
        else json.WriteBoolean("fits", f.Fits == FitVerdict.Fits);
        json.WriteString("fit", Fit(f.Fits));
        json.WriteNumber("probabilityThatItFits", Math.Round(f.ProbabilityThatItFits, 3));
    }

    public static void WriteEstimates(Utf8JsonWriter json, GpuForecast f)
    {
        WriteEstimate(json, "stepMilliseconds", f.StepTime, t => t.TotalMilliseconds);
        WriteEstimate(json, "samplesPerSecond", f.SamplesPerSecond, s => s);
        WriteEstimate<ByteSize>(json, "peakMemoryGiB", f.Memory.Peak, m => m.Gibibytes);
        WriteEstimate(json, "energyPerSampleJoules", f.EnergyPerSample, e => e.Joules);
        WriteEstimate(json, "averagePowerWatts", f.AveragePower, p => p.Watts);
        WriteEstimate(json, "epochSeconds", f.EpochTime, t => t.TotalSeconds);
        WriteEstimate(json, "totalSeconds", f.TotalTime, t => t.TotalSeconds);
        WriteEstimate(json, "totalKilowattHours", f.TotalEnergy, e => e.KilowattHours);
        WriteEstimate(json, "totalCostUsd", f.TotalCost, m => m.Dollars);
    }

    public static string Fit(FitVerdict verdict) => verdict switch
    {
        FitVerdict.Fits => "fits",
        FitVerdict.DoesNotFit => "does not fit",
        _ => "uncertain",
    };

    public static void WriteEstimate<T>(Utf8JsonWriter json, string name, Estimate<T>? estimate, Func<T, double> number)
        where T : struct, IComparable<T>
    {
        if (estimate is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.Number("value", number(known.Value));
        json.Number("low", number(known.Low));
        json.Number("high", number(known.High));
        json.WriteString("basis", known.Basis);
        json.WriteEndObject();
    }

    private static void WriteMemory(Utf8JsonWriter json, MemoryForecast memory)
    {
        json.WriteStartObject("memoryGiB");
        json.Number("weights", memory.Weights.Gibibytes);
        json.Number("gradients", memory.Gradients.Gibibytes);
        json.Number("optimizerState", memory.OptimizerState.Gibibytes);
        json.Number("activations", memory.Activations.Gibibytes);
        json.Number("workspace", memory.Workspace.Gibibytes);
        json.Number("allocatorRounding", memory.AllocatorRounding.Gibibytes);
        json.Number("context", memory.Context.Gibibytes);
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerForecast layer)
    {
        json.WriteString("name", layer.Name);
        json.Number("milliseconds", layer.Time.TotalMilliseconds);
        json.Number("share", layer.Share);
        json.WriteString("boundBy", layer.BoundBy.ToString().ToLowerInvariant());
    }

    private static string Share(LayerForecast layer) => Invariant($"{PrintableText.Of(layer.Name)} {100 * layer.Share:0} %");

    private static string Chance(GpuForecast f)
        => f.Fits == FitVerdict.Uncertain ? Invariant($"; {100 * f.ProbabilityThatItFits:0} % likely to fit") : "";

    private static IEnumerable<string> Lines(GpuForecast f)
    {
        var work = $"{PrintableText.Of(f.Workload.Name)}, {f.Workload.Task.ToString().ToLowerInvariant()}, batch {f.Workload.BatchSize}";
        yield return $"{work}, {f.Workload.Precision} on {f.Card.Name}";
        yield return $"memory     {f.Memory.Peak} of {f.Card.Vram}: {Fit(f.Fits)}; largest batch that fits: {f.MaximumBatch()}{Chance(f)}";
        if (f.StepTime is { } t)
            yield return $"step       {Words.Of(t)}, bound by {f.BoundBy.ToString()!.ToLowerInvariant()}";
        if (f.SamplesPerSecond is { } s)
            yield return $"throughput {Words.Between(Words.Of(s.Value), Words.Of(s.Low), Words.Of(s.High))} samples/s";
        if (f.AveragePower is { } p) yield return $"power      {p}";
        if (f.EnergyPerSample is { } e) yield return $"energy     {e} a sample";
        if (f.EpochTime is { } epoch)
            yield return $"epoch      {Words.Of(epoch.Value)}; all {f.Options.Epochs}: {Words.Of(f.TotalTime!.Value)}";
        if (f.TotalCost is { } cost) yield return $"cost       {Words.Of(cost)}";
        foreach (var remedy in f.WhatMakesItFit()) yield return $"would fit  with {remedy}";
        var slowest = f.Layers.OrderByDescending(layer => layer.Share).Take(ShownLayers);
        if (f.Layers.Count > 0) yield return "slowest    " + string.Join(", ", slowest.Select(Share));
        if (f.Basis is { } measured) yield return $"measured   {measured}";
        if (f.StepTime is { } basis) yield return $"basis      {basis.Basis}";
        foreach (var note in f.Notes) yield return $"note       {note}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
