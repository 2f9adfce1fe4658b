using System.Globalization;
using DeepGpu.Models;

namespace DeepGpu.Forecasts;

/// <summary>The rows of timm's tables that are of networks described here, run eagerly at the size and with the weights of the
/// description. Others are known by three published numbers alone: <see cref="Transformers.VisionPart"/> takes those.</summary>
internal static class PictureRows
{
    /// <summary>How far the number of weights may be from the published one, which is rounded.</summary>
    private const double Rounding = 0.01;

    /// <summary>One row for each (network, task, card, layout): the median of versions of PyTorch.</summary>
    public static IEnumerable<TimeRow> Read(string file) => CsvRow.Read(file).Select(Row).OfType<TimeRow>()
        .GroupBy(row => (row.Model, row.Task, row.Card, row.IsChannelsLast))
        .Select(same => same.OrderBy(row => row.Seconds / row.Batch).ElementAt((same.Count() - 1) / 2));

    private static TimeRow? Row(CsvRow row)
    {
        if (row["mode"] != "eager" || row["quality_flag"].Length > 0 || row["family"] != "cnn"
            || Measurements.Card(row["gpu"]) is not { } card || !Networks.Has(row["model"]) || !IsSame(row, Networks.Spec(row["model"])))
            return null;
        var batch = (int)row.Number("batch")!.Value;
        return new()
        {
            Source = TimeRow.Pictures,
            Model = row["model"],
            Task = row["task"] == "training" ? WorkloadTask.Training : WorkloadTask.Inference,
            Precision = NumberFormat.Float16,
            Card = card,
            Batch = batch,
            Seconds = batch / row.Number("images_per_s")!.Value,
            Updates = true,
            IsChannelsLast = row["memory_format"] == "NHWC",
        };
    }

    private static bool IsSame(CsvRow row, ModelSpec spec)
        => row["image_size"] == spec.InputShape[1]?.ToString(CultureInfo.InvariantCulture)
            && Math.Abs(spec.ParameterCount / (1e6 * row.Number("params_m")!.Value) - 1) <= Rounding;
}
