using DeepGpu;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace RealSequences;

/// <summary>The mean number of sunspots of each month, 1749 to 1983: https://github.com/jbrownlee/Datasets. How many next month?</summary>
public static class MonthlySunspots
{
    private const int Window = 24;

    /// <summary>Reads the column "Sunspots"; the last fifth of the months is forecast, each from the two years before it.
    /// The baseline says: as many as this month.</summary>
    public static SequenceTask Load(string path)
    {
        var months = CsvTable.Read(path, new() { Features = ["Sunspots"] }).Features.ToArray<float>();
        var tested = months.Length / 5;
        var learned = months[..^tested];
        var (mean, deviation) = (learned.Average(), MathF.Sqrt(learned.Average(v => v * v) - learned.Average() * learned.Average()));
        var scaled = Array.ConvertAll(months, v => (v - mean) / deviation);
        return new()
        {
            Train = Windows(scaled[..^tested]),
            Test = Windows(scaled[^(tested + Window)..]),
            Describe = core => Sequential.Input(null, 1).Apply(core).Dense(1).Build(),
            Loss = Loss.MeanSquaredError(),
            Epochs = 20,
            Measure = "RMSE (sunspots)",
            Score = measured => Math.Sqrt(measured["loss"]) * deviation,
            Baseline = Math.Sqrt(months[^tested..].Zip(months[^(tested + 1)..]).Average(pair => Math.Pow(pair.First - pair.Second, 2))),
        };
    }

    /// <summary>Each <see cref="Window"/> steps in a row, and the step after them.</summary>
    private static Dataset Windows(float[] series)
    {
        var count = series.Length - Window;
        var values = Enumerable.Range(0, count).SelectMany(start => series[start..(start + Window)]).ToArray();
        return Dataset.FromArrays(NDArray.From<float>(values, count, Window, 1), NDArray.From<float>(series.AsSpan(Window), count, 1));
    }
}
