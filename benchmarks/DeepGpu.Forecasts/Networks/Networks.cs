using System.Collections.Concurrent;
using DeepGpu.Models;
using DeepGpu.Models.Architectures;

namespace DeepGpu.Forecasts;

/// <summary>The networks that were measured, by the names the tables give them: applications of the library,
/// and descriptions made here.</summary>
internal static class Networks
{
    private static readonly ConcurrentDictionary<string, ModelSpec> Built = new();

    private static readonly ConcurrentDictionary<(string, WorkloadTask, int, NumberFormat), Workload> Workloads = new();

    private static readonly Dictionary<string, Func<ModelSpec>> Own = new()
    {
        ["caffe_alexnet"] = CaffeAlexNet,
        ["ssd300_resnet50"] = () => new Ssd300().Build(null),
        ["densenet161"] = () => new DenseNet("densenet161", [6, 12, 36, 24], growth: 48).Build(null),
        ["densenet121"] = () => Applications.DenseNet121(),
        ["densenet169"] = () => Applications.DenseNet169(),
        ["densenet201"] = () => Applications.DenseNet201(),
        ["efficientnet_b0"] = () => Applications.EfficientNetB0(),
        ["efficientnet_b4"] = () => Applications.EfficientNetB4(),
        ["tf_efficientnet_b0"] = () => Applications.EfficientNetB0(),
        ["mobilenetv1_100"] = () => Applications.MobileNet(),
        ["mobilenetv2_100"] = () => Applications.MobileNetV2(),
        ["mobilenetv2_050"] = () => Applications.MobileNetV2(alpha: 0.5),
        ["tf_mobilenetv3_small_100"] = () => Applications.MobileNetV3Small(),
        ["mnasnet_100"] = () => TorchVision.MNASNet10(),
        ["mnasnet_140"] = () => new MnasNet("mnasnet_140", 1.4).Build(null),
        ["resnet200"] = () => new ResNetVariant("resnet200", [3, 24, 36, 3]).Build(null),
        ["resnet26"] = () => new ResNetVariant("resnet26", [2, 2, 2, 2]).Build(null),
        ["resnext101_32x4d"] = () => Grouped("resnext101_32x4d", [3, 4, 23, 3], 32, 4, squeezes: false),
        ["resnext101_32x16d"] = () => Grouped("resnext101_32x16d", [3, 4, 23, 3], 32, 16, squeezes: false),
        ["resnext101_64x4d"] = () => Grouped("resnext101_64x4d", [3, 4, 23, 3], 64, 4, squeezes: false),
        ["se_resnext101_32x4d"] = () => Grouped("se_resnext101_32x4d", [3, 4, 23, 3], 32, 4, squeezes: true),
        ["seresnext50_32x4d"] = () => Grouped("seresnext50_32x4d", [3, 4, 6, 3], 32, 4, squeezes: true),
        ["seresnext101_32x4d"] = () => Grouped("seresnext101_32x4d", [3, 4, 23, 3], 32, 4, squeezes: true),
        ["seresnext101_32x8d"] = () => Grouped("seresnext101_32x8d", [3, 4, 23, 3], 32, 8, squeezes: true),
        ["seresnext101_64x4d"] = () => Grouped("seresnext101_64x4d", [3, 4, 23, 3], 64, 4, squeezes: true),
        ["seresnet34"] = () => new ResNetVariant("seresnet34", [3, 4, 6, 3]) { IsBottleneck = false, Squeezes = true }.Build(null),
        ["legacy_seresnet50"] = () => new ResNetVariant("legacy_seresnet50", [3, 4, 6, 3]) { Squeezes = true }.Build(null),
        ["seresnet101"] = () => new ResNetVariant("seresnet101", [3, 4, 23, 3]) { Squeezes = true }.Build(null),
        ["resnet18d"] = () => Deep("resnet18d", [2, 2, 2, 2], isBottleneck: false),
        ["resnet34d"] = () => Deep("resnet34d", [3, 4, 6, 3], isBottleneck: false),
        ["resnet50d"] = () => Deep("resnet50d", [3, 4, 6, 3]),
        ["resnet50c"] = () => Deep("resnet50c", [3, 4, 6, 3], averages: false),
        ["resnet101c"] = () => Deep("resnet101c", [3, 4, 23, 3], averages: false),
        ["resnet152d"] = () => Deep("resnet152d", [3, 8, 36, 3], size: 256),
        ["shufflenetv2_cifar"] = () => new ShuffleNetV2("shufflenetv2_cifar", [116, 232, 464, 1024], isForSmallImages: true)
            .Build(new() { InputShape = [32, 32, 3], Classes = 100 }),
    };

    public static bool Has(string name) => Own.ContainsKey(name) || TorchVisionName(name) is not null;

    public static ModelSpec Spec(string name)
        => Built.GetOrAdd(name, key => Own.TryGetValue(key, out var make) ? make() : Applications.Find(TorchVisionName(key)!).Build());

    /// <summary>A network for images of another size; 0 for its own.</summary>
    public static ModelSpec SpecOfSize(string name, int size)
        => size == 0 ? Spec(name) : Built.GetOrAdd($"{name}@{size}", _ => Spec(name).WithInputShapes([new Shape([null, size, size, 3])]));

    public static Workload Workload(string name, WorkloadTask task, int batch, NumberFormat precision) => Workloads.GetOrAdd(
        (name, task, batch, precision),
        key => key.Item2 == WorkloadTask.Training
            ? Spec(key.Item1).Training(key.Item3, key.Item4)
            : Spec(key.Item1).Inference(key.Item3, key.Item4));

    private static string? TorchVisionName(string name)
        => Applications.All.FirstOrDefault(application => application.Name == $"torchvision/{name}")?.Name;

    private static ModelSpec Grouped(string name, int[] blocks, int groups, int width, bool squeezes)
        => new ResNetVariant(name, blocks) { Groups = groups, GroupWidth = width, Squeezes = squeezes }.Build(null);

    private static ModelSpec Deep(string name, int[] blocks, bool isBottleneck = true, bool averages = true, int size = 224)
        => new ResNetVariant(name, blocks) { IsBottleneck = isBottleneck, HasDeepStem = true, AveragesShortcuts = averages }
            .Build(new() { InputShape = [size, size, 3] });

    /// <summary>AlexNet as Caffe has it, in two groups. Krizhevsky et al., 2012.</summary>
    private static ModelSpec CaffeAlexNet()
    {
        var image = Functional.Input(227, 227, 3);
        var x = image.Conv2D(96, 11, Activation.Relu, strides: 4).MaxPooling2D(3, strides: 2)
            .Conv2D(256, 5, Activation.Relu, padding: Padding.Same, groups: 2).MaxPooling2D(3, strides: 2)
            .Conv2D(384, 3, Activation.Relu, padding: Padding.Same).Conv2D(384, 3, Activation.Relu, padding: Padding.Same, groups: 2)
            .Conv2D(256, 3, Activation.Relu, padding: Padding.Same, groups: 2)
            .MaxPooling2D(3, strides: 2).Flatten().Dense(4096, Activation.Relu).Dropout(0.5)
            .Dense(4096, Activation.Relu).Dropout(0.5).Dense(1000);
        return Functional.Model([image], [x], "caffe_alexnet");
    }
}
