using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>The applications by name.</summary>
public static partial class Applications
{
    /// <summary>Every application with its name, MobileNet and MobileNetV2 at their full width.</summary>
    public static ImmutableArray<Application> All { get; } =
    [
        Keras("VGG16", VGG16),
        Keras("VGG19", VGG19),
        Keras("ResNet50", ResNet50),
        Keras("ResNet101", ResNet101),
        Keras("ResNet152", ResNet152),
        Keras("ResNet50V2", ResNet50V2),
        Keras("ResNet101V2", ResNet101V2),
        Keras("ResNet152V2", ResNet152V2),
        Keras("MobileNet", options => MobileNet(options)),
        Keras("MobileNetV2", options => MobileNetV2(options)),
        Keras("MobileNetV3Small", MobileNetV3Small),
        Keras("MobileNetV3Large", MobileNetV3Large),
        Keras("DenseNet121", DenseNet121),
        Keras("DenseNet169", DenseNet169),
        Keras("DenseNet201", DenseNet201),
        Keras("InceptionV3", InceptionV3),
        Keras("Xception", Xception),
        Keras("EfficientNetB0", EfficientNetB0),
        Keras("EfficientNetB1", EfficientNetB1),
        Keras("EfficientNetB2", EfficientNetB2),
        Keras("EfficientNetB3", EfficientNetB3),
        Keras("EfficientNetB4", EfficientNetB4),
        Keras("EfficientNetB5", EfficientNetB5),
        Keras("EfficientNetB6", EfficientNetB6),
        Keras("EfficientNetB7", EfficientNetB7),
        Keras("ConvNeXtTiny", ConvNeXtTiny),
        Keras("ConvNeXtSmall", ConvNeXtSmall),
        Keras("ConvNeXtBase", ConvNeXtBase),
        Torch("vgg11", TorchVision.VGG11),
        Torch("vgg11_bn", TorchVision.VGG11BN),
        Torch("vgg13", TorchVision.VGG13),
        Torch("vgg13_bn", TorchVision.VGG13BN),
        Torch("vgg16", TorchVision.VGG16),
        Torch("vgg16_bn", TorchVision.VGG16BN),
        Torch("vgg19", TorchVision.VGG19),
        Torch("vgg19_bn", TorchVision.VGG19BN),
        Torch("resnet18", TorchVision.ResNet18),
        Torch("resnet34", TorchVision.ResNet34),
        Torch("resnet50", TorchVision.ResNet50),
        Torch("resnet101", TorchVision.ResNet101),
        Torch("resnet152", TorchVision.ResNet152),
        Torch("resnext50_32x4d", TorchVision.ResNeXt50),
        Torch("resnext101_32x8d", TorchVision.ResNeXt101),
        Torch("wide_resnet50_2", TorchVision.WideResNet50),
        Torch("wide_resnet101_2", TorchVision.WideResNet101),
        Torch("alexnet", TorchVision.AlexNet),
        Torch("squeezenet1_0", TorchVision.SqueezeNet10),
        Torch("squeezenet1_1", TorchVision.SqueezeNet11),
        Torch("mnasnet0_5", TorchVision.MNASNet05),
        Torch("mnasnet0_75", TorchVision.MNASNet075),
        Torch("mnasnet1_0", TorchVision.MNASNet10),
        Torch("mnasnet1_3", TorchVision.MNASNet13),
        Torch("shufflenet_v2_x0_5", TorchVision.ShuffleNetV2X05),
        Torch("shufflenet_v2_x1_0", TorchVision.ShuffleNetV2X10),
        Torch("shufflenet_v2_x1_5", TorchVision.ShuffleNetV2X15),
        Torch("shufflenet_v2_x2_0", TorchVision.ShuffleNetV2X20),
        Torch("googlenet", TorchVision.GoogLeNet),
    ];

    /// <summary>The application of a name. Case, spaces, "-", "_" and "." do not matter;
    /// "torchvision/" may be left out where Keras has no such name.</summary>
    /// <param name="name">E.g. "VGG16" or "torchvision/resnet50".</param>
    /// <exception cref="DeepGpuArgumentException">No application has the name: the nearest are named.</exception>
    public static Application Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(application => Compact(application.Name) == Compact(name))
            ?? All.FirstOrDefault(application => Compact(ShortName(application)) == Compact(name))
            ?? throw new DeepGpuArgumentException(Unknown(name), nameof(name));
    }

    private static Application Keras(string name, Func<ApplicationOptions?, ModelSpec> build) => new(name, ApplicationSource.Keras, build);

    private static Application Torch(string name, Func<ApplicationOptions?, ModelSpec> build)
        => new($"torchvision/{name}", ApplicationSource.TorchVision, build);

    private static string ShortName(Application application)
        => application.Name[(application.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string Compact(string name) => new([.. name.ToLowerInvariant().Where(char.IsLetterOrDigit)]);

    private static Fault Unknown(string name)
    {
        var nearest = All.OrderBy(application => Math.Min(Spelling.Distance(Compact(name), Compact(application.Name)),
            Spelling.Distance(Compact(name), Compact(ShortName(application))))).Take(3);
        return new(
            "unknown_application",
            $"'{StrictJson.Printable(name)}' is not one of {All.Length} applications.",
            $"Nearest: {string.Join(", ", nearest.Select(application => $"'{application.Name}'"))}.",
            "Use one of Applications.All.");
    }
}
