using DeepGpu.Hardware;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>Stacked bars: a row for each forecast, a colour for each part of the memory, a line at the card's own.</summary>
internal static class MemoryDrawing
{
    private static readonly (string Name, Func<MemoryForecast, ByteSize> Size)[] Parts =
    [
        ("weights", memory => memory.Weights),
        ("gradients", memory => memory.Gradients),
        ("optimizer", memory => memory.OptimizerState),
        ("activations", memory => memory.Activations),
        ("workspace", memory => memory.Workspace),
        ("allocator", memory => memory.AllocatorRounding),
        ("driver and framework", memory => memory.Context),
    ];

    public static Plot Of(IReadOnlyList<GpuForecast> forecasts)
    {
        var plot = ChartParts.New("memory at the peak of a step", "GiB", "");
        var colors = new ScottPlot.Palettes.Category10();
        for (var part = 0; part < Parts.Length; part++)
            foreach (var (forecast, row) in forecasts.Select((forecast, i) => (forecast, forecasts.Count - 1 - i)))
                Add(plot, forecast.Memory, part, row, colors.GetColor(part));
        foreach (var (forecast, row) in forecasts.Select((forecast, i) => (forecast, forecasts.Count - 1 - i)))
            Mark(plot, forecast.Card.Vram.Gibibytes, row);
        ChartParts.Names(plot.Axes.Left, [.. forecasts.Reverse().Select(forecast => $"{forecast.Workload.Name}, {forecast.Card.Name}")]);
        plot.Axes.SetLimitsX(0,
            1.08 * forecasts.Max(forecast => Math.Max(forecast.Card.Vram.Gibibytes, forecast.Memory.Peak.Value.Gibibytes)));
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    private static void Add(Plot plot, MemoryForecast memory, int part, int row, Color color)
    {
        var below = Parts.Take(part).Sum(other => other.Size(memory).Gibibytes);
        var bar = plot.Add.Bar(new Bar
        {
            Position = row,
            ValueBase = below,
            Value = below + Parts[part].Size(memory).Gibibytes,
            FillColor = color,
            LineWidth = 0,
            Orientation = Orientation.Horizontal,
        });
        if (row == 0) bar.LegendText = Parts[part].Name;
    }

    /// <summary>The card's memory as an upright stroke through its row.</summary>
    private static void Mark(Plot plot, double memory, int row)
    {
        var line = plot.Add.Line(memory, row - 0.45, memory, row + 0.45);
        (line.LineWidth, line.LineColor) = (2, Colors.Black);
        if (row == 0) line.LegendText = "memory of the card";
    }
}
