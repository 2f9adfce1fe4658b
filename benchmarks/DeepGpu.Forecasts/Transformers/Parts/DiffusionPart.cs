using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>A measured time of a diffusion model: of a step, or of whole pictures.</summary>
internal sealed record DiffusionRow(string Source, DiffusionRequest Request, GpuSpec Card, bool IsStep, double Seconds)
{
    public override string ToString() => $"{Source} {(IsStep ? "step" : "pictures")} {Request.Model.Name} {Request.Precision} {Card.Name} "
        + FormattableString.Invariant($"{Request.Width}x{Request.Height} b{Request.Images} {Request.Steps} steps: {Seconds * 1e3:0.#} ms");
}

/// <summary>Time of diffusion models.</summary>
internal static partial class DiffusionPart
{
    /// <summary>Of machines that nobody controls the median of fewer says little.</summary>
    private const int Uploads = 3;

    private static readonly string[] Doubts = ["offloading", "SD 2.x", "outlier"];

    private static readonly Lazy<Dictionary<string, DiffusionShape>> Models = new(ReadModels);

    public static MeasuredPart<DiffusionRow> Of(string file)
    {
        List<DiffusionRow> rows = [.. CsvRow.Read(file).Select(Row).OfType<DiffusionRow>().GroupBy(row => row.ToString().Split(": ")[0])
            .Where(same => !same.First().IsStep || same.Count() >= Uploads)
            .Select(same => same.First() with { Seconds = Statistics.Median(same.Select(row => row.Seconds)) })];
        return new(new()
        {
            Name = "diffusion",
            File = "diffusion.json",
            Basis = "Measured steps and pictures of diffusion models of public sources, medians of a card and batch",
            Table = DiffusionConstants.Table,
            Rows = rows,
            Residual = row =>
            {
                var measured = Math.Log(row.Seconds);
                return c => Math.Log((row.IsStep ? DiffusionLaw.Step(c, row.Request, row.Card)
                    : DiffusionLaw.Total(c, row.Request, row.Card)) ?? row.Seconds) - measured;
            },
            Shared = row => row.Source,
            Card = row => row.Card.Name,
            Block = row => row.IsStep ? row.Card.Name : row.Request.Model.Name,
            Family = row => row.Request.Model.Name,
            Source = row => row.Source,
            Measured = row => row.Seconds,
            Kinds = row => [row.IsStep ? "diffusion.step" : "diffusion.total", "diffusion"],
            Intervals = LeftOutBy.Card | LeftOutBy.Source,
            Setup = row => row.IsStep ? $"{row.Request.Images}{row.Request.Precision}" : null,
            OrderAim = 91,
            Groups =
            [
                new("Stable Diffusion 1.x, a step", 16, 10, row => row.IsStep, []),
                new("  NVIDIA in half precision", null, null, row => row.IsStep && row.Card.Vendor == GpuVendor.Nvidia
                    && row.Request.Precision == NumberFormat.Float16, []),
                new("whole pictures", null, null, row => !row.IsStep, []),
            ],
        });
    }

    /// <summary>The shape of a published model; null where its config is not at hand.</summary>
    public static DiffusionShape? Model(string name) => Models.Value.GetValueOrDefault(name);

    private static DiffusionRow? Row(CsvRow row)
    {
        if (Model(row["model"]) is not { } model || InferenceRows.Card(row["gpu"]) is not { } card || row.Number("n_gpus") > 1
            || row.Number("value") is not { } value || value <= 0 || row.Number("batch") is not { } batch
            || Doubts.Any(doubt => row["quality_flag"].Contains(doubt, StringComparison.Ordinal))) return null;
        var isStep = row["unit"] == "it/s";
        if (!isStep && row["unit"] != "s") return null;
        var steps = Steps().Match(row["extra"]) is { Success: true } match ? Number(match.Groups[1]) : 20;
        if (Size().Match(row["input_len"]) is not { Success: true } size || FormatOf(row["precision"]) is not { } format) return null;
        return new(row["source"], new()
        {
            Model = model,
            Width = Number(size.Groups[1]),
            Height = Number(size.Groups[2]),
            Steps = steps,
            Images = (int)batch,
            Precision = format,
        }, card, isStep, isStep ? batch / value : value);
    }

    private static NumberFormat? FormatOf(string precision) => precision switch
    {
        "autocast half" or "FP16" => NumberFormat.Float16,
        "bfloat16" or "BF16" => NumberFormat.BFloat16,
        "full nohalf" => NumberFormat.Float32,
        _ => null,
    };

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static Dictionary<string, DiffusionShape> ReadModels()
    {
        using var stream = typeof(DiffusionPart).Assembly.GetManifestResourceStream("diffusion.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("models").EnumerateArray().SelectMany(model =>
        {
            List<string> names = [.. model.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];
            var shape = DiffusionConfig.Parse(Encoding.UTF8.GetBytes(model.GetProperty("config").GetRawText()), names[0]);
            return names.Select(name => KeyValuePair.Create(name, shape));
        }).ToDictionary();
    }

    [GeneratedRegex(@"\bsteps=(\d+)")]
    private static partial Regex Steps();

    [GeneratedRegex(@"^(\d+)x(\d+)$")]
    private static partial Regex Size();
}
