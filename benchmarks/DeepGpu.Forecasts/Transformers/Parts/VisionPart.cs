using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>A measured rate of a network for pictures.</summary>
internal sealed record VisionRow(VisionRequest Request, GpuSpec Card, string Torch, string ImageSize, double Seconds)
{
    public override string ToString() => $"{Request.Model.Name} {Request.Model.Family} {(Request.Trains ? "training" : "inference")} "
        + FormattableString.Invariant(
            $"{(Request.Compiled ? "compiled" : "eager")} {(Request.ChannelsLast ? "NHWC" : "NCHW")} {Card.Name} ")
        + FormattableString.Invariant($"b{Request.BatchSize}: {Seconds * 1e3:0.##} ms");
}

/// <summary>Time of networks for pictures, by their published operations, activations and weights.</summary>
internal static class VisionPart
{
    /// <summary>What the names of transformers begin with whose layers are all alike.</summary>
    private static readonly HashSet<string> Uniform = ["vit", "deit", "beit", "beitv", "eva", "flexivit", "naflexvit", "aimv", "samvit",
        "cait"];

    public static MeasuredPart<VisionRow> Of(string file)
    {
        List<VisionRow> all = [.. CsvRow.Read(file).Select(Row).OfType<VisionRow>()];
        var counts = all.GroupBy(row => (row.Request.Model.Name, row.ImageSize)).ToDictionary(same => same.Key,
            same => (Flops: same.Max(row => row.Request.Model.Flops), Written: same.Max(row => row.Request.Model.Activations)));
        List<VisionRow> rows = [.. all.Select(row => WithCounts(row, counts[(row.Request.Model.Name, row.ImageSize)]))
            .GroupBy(row => (row.Request.Model.Name, row.Request.Model.Flops, row.Request.Trains, row.Request.Compiled,
                row.Request.ChannelsLast, row.Card.Name))
            .Select(Middle)];
        return new(new()
        {
            Name = "vision",
            File = "vision.json",
            Basis = "Measured images a second of timm's tables",
            Table = VisionConstants.Table,
            Rows = rows,
            Residual = row =>
            {
                var measured = Math.Log(row.Seconds);
                return c => Math.Log(VisionLaw.Seconds(c, row.Request, row.Card) ?? row.Seconds) - measured;
            },
            Noise = 0.25,
            Card = row => row.Card.Name,
            Block = row => FamilyOf(row.Request.Model.Name),
            Family = row => FamilyOf(row.Request.Model.Name),
            Source = row => row.Torch,
            Measured = row => row.Seconds,
            Kinds = row => [$"vision.{row.Request.Model.Family}", "vision"],
            Groups =
            [
                new("vision, eager", 19, 13, row => !row.Request.Compiled && !row.Request.Trains, []),
                .. Enum.GetValues<VisionFamily>().Select(family => new PartGroup<VisionRow>($"  {family}", null, null,
                    row => !row.Request.Compiled && !row.Request.Trains && row.Request.Model.Family == family, [])),
                new("vision, compiled", null, null, row => row.Request.Compiled, []),
                new("vision, training", null, null, row => row.Request.Trains, []),
            ],
        });
    }

    /// <summary>Some versions of the tables leave fused attention out of a model's operations and activations: the larger counts hold.
    /// </summary>
    private static VisionRow WithCounts(VisionRow row, (double Flops, double Written) counts) => row with
    {
        Request = row.Request with { Model = row.Request.Model with { Flops = counts.Flops, Activations = counts.Written } },
    };

    /// <summary>The median of versions of PyTorch, each in the batch it was measured with.</summary>
    private static VisionRow Middle(IEnumerable<VisionRow> same)
    {
        List<VisionRow> ordered = [.. same.OrderBy(row => row.Seconds / row.Request.BatchSize)];
        return ordered[(ordered.Count - 1) / 2];
    }

    /// <summary>What a name begins with: "vit", "resnet", "efficientnet".</summary>
    private static string FamilyOf(string name)
    {
        var word = name.Split('_')[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return word.Length < 3 ? name : word;
    }

    private static VisionRow? Row(CsvRow row)
    {
        if (row["quality_flag"].Length > 0 || InferenceRows.Card(row["gpu"]) is not { } card) return null;
        if (row.Number("images_per_s") is not { } rate || rate <= 0 || row.Number("batch") is not { } batch
            || row.Number("gmacs_forward") is not { } macs || macs <= 0 || row.Number("activations_m") is not { } written || written <= 0)
            return null;
        return new(new()
        {
            Model = new()
            {
                Name = row["model"],
                Family = row["family"] switch
                {
                    "cnn" => VisionFamily.Convolutional,
                    "transformer" => Uniform.Contains(FamilyOf(row["model"])) ? VisionFamily.Transformer : VisionFamily.Hierarchical,
                    "hybrid" => VisionFamily.Hybrid,
                    _ => VisionFamily.Perceptron,
                },
                Flops = 2e9 * macs,
                Activations = 1e6 * written,
                Parameters = (long)(1e6 * (row.Number("params_m") ?? 0)),
            },
            BatchSize = (int)batch,
            Trains = row["task"] == "training",
            Compiled = row["mode"] == "torch.compile",
            ChannelsLast = row["memory_format"] == "NHWC",
            Precision = row["precision"].Contains("BF16", StringComparison.Ordinal) ? NumberFormat.BFloat16 : NumberFormat.Float16,
        }, card, row["torch"], row["image_size"], batch / rate);
    }
}
