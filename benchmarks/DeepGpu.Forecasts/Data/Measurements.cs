using System.Globalization;
using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>Reads the tables of measured whole models. Every filter is a rule stated here; none looks at a forecast.</summary>
internal sealed class Measurements(string folder)
{
    /// <summary>The least ideal time at which a row whose source carries host overhead is used:
    /// there the overhead is a small share.</summary>
    private const double HeavyMilliseconds = 25;

    private static readonly Dictionary<string, string> Names = new()
    {
        ["AlexNet"] = "caffe_alexnet",
        ["VGG-19"] = "vgg19",
        ["VGG-16"] = "vgg16",
        ["ResNet-18"] = "resnet18",
        ["ResNet-34"] = "resnet34",
        ["ResNet-50"] = "resnet50",
        ["ResNet-101"] = "resnet101",
        ["ResNet-152"] = "resnet152",
        ["ResNet-200"] = "resnet200",
        ["ResNet-50 v1.5"] = "resnet50",
        ["ResNeXt101-32x4d"] = "resnext101_32x4d",
        ["SE-ResNeXt101-32x4d"] = "se_resnext101_32x4d",
        ["SSD300 (ResNet-50 backbone)"] = "ssd300_resnet50",
        ["SSD300 v1.1"] = "ssd300_resnet50",
    };

    public string PathOf(string file) => Path.Combine(folder, file);

    /// <summary>The card a table names; null where it is not one of the catalogue or not stated exactly.</summary>
    public static GpuSpec? Card(string name)
        => GpuCatalog.Default.Cards.FirstOrDefault(card => card.Name == name || card.Aliases.Contains(name));

    /// <summary>Whole CNNs, one row for each (source, model, task, precision, card, batch):
    /// the median where it was measured several times.</summary>
    public IReadOnlyList<TimeRow> CnnRows() =>
    [
        .. CsvRow.Read(PathOf("throughput_single_gpu.csv")).Select(Cnn).OfType<TimeRow>().Where(row => Networks.Has(row.Model))
            .GroupBy(row => (row.Source, row.Model, row.Task, row.Precision, row.Card, row.Batch, row.Updates))
            .Select(same => same.First() with { Seconds = Statistics.Median(same.Select(row => row.Seconds)) }),
        .. CsvRow.Read(PathOf("headline_training.csv")).Select(Headline).OfType<TimeRow>(),
        .. PictureRows.Read(PathOf(Path.Combine("transformers", "vit_cnn_timm.csv"))),
    ];

    private static TimeRow? Cnn(CsvRow row)
    {
        var source = row["source"].Split('/')[0];
        if (row["gpu_count"] is not ("1" or "") || !IsPyTorch(row, source) || Format(row["precision"]) is not { } format
            || TaskOf(row) is not { } task)
            return null;
        if (source == "jcjohnson" && (row["notes"].Contains("cuDNN None", StringComparison.Ordinal)
            || row["notes"].Contains("cuDNN 4", StringComparison.Ordinal)))
            return null;
        if (Card(row["gpu_catalogue_name"]) is not { } card
            || row["quality_flag"].Contains("GPU memory variant not stated", StringComparison.Ordinal))
            return null;
        var batch = row.Number("batch") is { } given ? (int)given : card.Vram.Gibibytes <= 32 ? 64 : 128;
        if (row["metric"] is not ("images/s" or "ms/iter") || row.Number("value") is not { } value) return null;
        var made = new TimeRow
        {
            Source = source,
            Model = Model(row),
            Task = task,
            Precision = format,
            Card = card,
            Batch = batch,
            Seconds = row["metric"] == "images/s" ? batch / value : value / 1e3,
            Updates = source == "NVIDIA",
            Uploads = source == "ryujaehun",
            IsChannelsLast = source == "NVIDIA" && format == NumberFormat.Float16,
        };
        return IsUsable(row["quality_flag"], made) ? made : null;
    }

    /// <summary>A flag of host overhead leaves rows whose work is long enough; any other flag drops the row.
    /// Half precision needs matrix units.</summary>
    private static bool IsUsable(string flag, TimeRow row)
    {
        if (row.IsHalf && row.Card.Float16MatrixRate is null && row.Source != "NVIDIA") return false;
        if (flag.Length == 0) return true;
        return flag.Contains("host", StringComparison.Ordinal) && Networks.Has(row.Model)
            && Networks.Workload(row.Model, row.Task, row.Batch,
                NumberFormat.Float32).FlopsPerStep / row.Card.Float32Rate!.Value.FlopsPerSecond * 1e3 >= HeavyMilliseconds;
    }

    private static TimeRow? Headline(CsvRow row)
    {
        if (!Names.TryGetValue(row["model"], out var model) || Card(row["gpu"]) is not { } card || row["precision"] == "FP16") return null;
        var batches = row["batches"].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var mixed = row["precision"] == "mixed";
        var isResNet = model == "resnet50";
        var filled = (int)((isResNet ? 64 : 32) * card.Vram.Gibibytes / 8 * (mixed ? 2 : 1) * (isResNet ? 1 : 0.5));
        var batch = batches.Length > 0 ? (int)double.Parse(batches[batches.Length / 2], CultureInfo.InvariantCulture) : filled;
        return new()
        {
            Source = "headline",
            Model = model,
            Task = WorkloadTask.Training,
            Card = card,
            Batch = batch,
            Precision = mixed ? NumberFormat.Float16 : Format(row["precision"])!.Value,
            Seconds = batch / row.Number("median_value")!.Value,
            Updates = true,
            IsLoaderLimited = isResNet,
        };
    }

    /// <summary>The framework is told by source and notes alone;
    /// TensorFlow, Caffe2, MxNet, Paddle and TensorRT run other kernels.</summary>
    private static bool IsPyTorch(CsvRow row, string source) => source switch
    {
        "jcjohnson" or "ryujaehun" => true,
        "u39kun" => row["notes"].StartsWith("PyTorch", StringComparison.Ordinal),
        "NVIDIA" => row["source"].Split(':')[1].StartsWith("PyTorch", StringComparison.Ordinal)
            && !row["notes"].Contains("TensorRT", StringComparison.Ordinal),
        _ => false,
    };

    private static WorkloadTask? TaskOf(CsvRow row)
        => row["task"] switch { "training" => WorkloadTask.Training, "inference" => WorkloadTask.Inference, _ => null };

    private static NumberFormat? Format(string precision) => precision switch
    {
        _ when precision.Contains("FP64", StringComparison.Ordinal) || precision.Contains("INT8", StringComparison.Ordinal) => null,
        _ when precision.Contains("TF32", StringComparison.Ordinal) => NumberFormat.TensorFloat32,
        _ when precision.StartsWith("FP32", StringComparison.Ordinal) => NumberFormat.Float32,
        _ when precision.Contains("mixed", StringComparison.Ordinal) || precision.Contains("AMP", StringComparison.Ordinal)
            || precision.StartsWith("FP16", StringComparison.Ordinal) => NumberFormat.Float16,
        _ => null,
    };

    private static string Model(CsvRow row)
    {
        if (!row["model"].StartsWith("EfficientNet", StringComparison.Ordinal)) return Names.GetValueOrDefault(row["model"], row["model"]);
        var start = row["notes"].IndexOf("Model=efficientnet-b", StringComparison.Ordinal);
        return start < 0 ? "" : "efficientnet_b" + row["notes"][start + "Model=efficientnet-b".Length];
    }
}
