using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>A measured forward pass.</summary>
internal sealed record EncoderRow(string Source, string Framework, EncoderEngine Engine, EncoderPass Pass, GpuSpec Card, double Part,
    double Seconds)
{
    public override string ToString() => $"{Source} {Framework} {Engine} {Pass.Model.Name} {Pass.Precision} {Card.Name} "
        + FormattableString.Invariant($"b{Pass.Sequences:0} s{Pass.Length:0}: {Seconds * 1e3:0.##} ms");
}

/// <summary>Time of encoders' forward passes, and of decoders that read whole sequences without an engine.</summary>
internal static partial class EncoderPart
{
    private static readonly string[] Sources = ["fastertransformer", "nvidia_dle", "neusight", "apple_bert"];
    private static readonly string[] Doubts = ["implausible", "outlier", "suspect", "reported OOM", "slower than"];

    public static MeasuredPart<EncoderRow> Of(string file)
    {
        List<EncoderRow> rows = [.. CsvRow.Read(file).Select(Row).OfType<EncoderRow>().GroupBy(row => row.ToString().Split(": ")[0])
            .Select(same => same.First() with { Seconds = Statistics.Median(same.Select(row => row.Seconds)) })];
        return new(new()
        {
            Name = "encoders",
            File = "encoders.json",
            Basis = "Measured forward passes of encoders of public sources",
            Table = EncoderConstants.Table,
            Rows = rows,
            Residual = row =>
            {
                var measured = Math.Log(row.Seconds);
                return c => Math.Log(EncoderLaw.Seconds(c, row.Pass, row.Engine, row.Card, row.Part) ?? row.Seconds) - measured;
            },
            Shared = row => $"{row.Source} {row.Framework} {row.Pass.Precision}",
            Crowd = 80,
            Card = row => row.Card.Name,
            Family = row => row.Pass.Model.Name,
            Source = row => row.Source,
            Measured = row => row.Seconds,
            Kinds = row => [$"encoder.{row.Engine}", "encoder"],
            Setup = row => $"{row.Source}{row.Framework}{row.Pass.Model.Name}{row.Pass.Precision}{row.Pass.Sequences}{row.Pass.Length}",
            OrderAim = 96,
            Groups =
            [
                new("encoders", 28, 22, _ => true, []),
                .. Enum.GetValues<EncoderEngine>().Select(engine
                    => new PartGroup<EncoderRow>($"  {engine}", null, null, row => row.Engine == engine, [])),
            ],
        });
    }

    private static EncoderRow? Row(CsvRow row)
    {
        if (!Sources.Contains(row["source"]) || row["task"] is not ("prefill" or "forward") || row.Number("n_gpus") > 1) return null;
        if (Doubts.Any(doubt => row["quality_flag"].Contains(doubt, StringComparison.Ordinal))) return null;
        if (InferenceRows.Card(row["gpu"]) is not { } card || FormatOf(row["precision"]) is not { } format
            || ModelTable.Find(row["model"], row.Number("params_b"), null) is not { } shape || !ModelTable.IsKnown(shape)) return null;
        var length = Whole().Match(row["input_len"]) is { Success: true } match
            ? double.Parse(match.Value, CultureInfo.InvariantCulture) : 0;
        if (row.Number("batch") is not { } batch || length == 0 || Seconds(row, batch, length) is not { } seconds) return null;
        var isRecurrent = shape.Name.StartsWith("Transformer-XL", StringComparison.Ordinal);
        if (shape.Kind == TransformerKind.Decoder && !isRecurrent && row["source"] != "neusight") return null;
        var memory = Memory().Match(row["extra"]) is { Success: true } m
            ? double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return new(row["source"], row["framework"], isRecurrent ? EncoderEngine.TransformerXl : EngineOf(row["framework"]),
            new(shape, batch, length, format) { Memory = memory }, card,
            row["gpu_as_written"].Contains("one GCD", StringComparison.Ordinal) ? 0.5 : 1, seconds);
    }

    private static EncoderEngine EngineOf(string framework) => framework switch
    {
        _ when framework.StartsWith("FasterTransformer", StringComparison.Ordinal)
            || framework.Contains("fused", StringComparison.Ordinal) => EncoderEngine.Fused,
        _ when framework.Contains("XLA", StringComparison.Ordinal) || framework.Contains("TorchScript", StringComparison.Ordinal)
            || framework.Contains("Paddle", StringComparison.Ordinal) => EncoderEngine.Compiled,
        _ => EncoderEngine.Eager,
    };

    private static double? Seconds(CsvRow row, double batch, double length) => row.Number("value") is not { } value || value <= 0 ? null
        : row["unit"] switch
        {
            "ms" => value / 1e3,
            "s" => row["metric"].Contains("100", StringComparison.Ordinal) ? value / 100 : value,
            "tokens/s" => batch * length / value,
            "sequences/s" => batch / value,
            _ => null,
        };

    private static NumberFormat? FormatOf(string precision) => precision switch
    {
        "TF32" => NumberFormat.TensorFloat32,
        _ when precision.StartsWith("FP32", StringComparison.Ordinal) => NumberFormat.Float32,
        "FP16" => NumberFormat.Float16,
        "BF16" => NumberFormat.BFloat16,
        _ when precision.StartsWith("INT8", StringComparison.Ordinal) => NumberFormat.Int8,
        _ => null,
    };

    [GeneratedRegex(@"^\d+")]
    private static partial Regex Whole();

    [GeneratedRegex(@"memory_length=(\d+)")]
    private static partial Regex Memory();
}
