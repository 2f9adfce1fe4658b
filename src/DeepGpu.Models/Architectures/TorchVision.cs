using DeepGpu.Models.Architectures;

namespace DeepGpu.Models;

/// <summary>Published networks for images as torchvision.models has them, as descriptions;
/// Keras's are in <see cref="Applications"/>.</summary>
/// <remarks>Input (batch, height, width, channels), 224x224x3 where nothing else is said;
/// output logits (batch, classes) or, without classifier, a map of features.
/// Layers with weights are named by their modules' paths, e.g. "layer1.0.conv1", so that torchvision's weight files can be matched.
/// torchvision: https://docs.pytorch.org/vision/stable/models.html</remarks>
public static class TorchVision
{
    /// <summary>vgg11. 11 layers with weights. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg11")]
    public static ModelSpec VGG11(ApplicationOptions? options = null)
        => new TorchVgg("vgg11", [1, 1, 2, 2, 2], hasNorm: false).Build(options);

    /// <summary>vgg11_bn. 11 layers with weights, batch normalisation after each convolution. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg11_bn")]
    public static ModelSpec VGG11BN(ApplicationOptions? options = null)
        => new TorchVgg("vgg11_bn", [1, 1, 2, 2, 2], hasNorm: true).Build(options);

    /// <summary>vgg13. 13 layers with weights. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg13")]
    public static ModelSpec VGG13(ApplicationOptions? options = null)
        => new TorchVgg("vgg13", [2, 2, 2, 2, 2], hasNorm: false).Build(options);

    /// <summary>vgg13_bn. 13 layers with weights, batch normalisation after each convolution. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg13_bn")]
    public static ModelSpec VGG13BN(ApplicationOptions? options = null)
        => new TorchVgg("vgg13_bn", [2, 2, 2, 2, 2], hasNorm: true).Build(options);

    /// <summary>vgg16. 16 layers with weights. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg16")]
    public static ModelSpec VGG16(ApplicationOptions? options = null)
        => new TorchVgg("vgg16", [2, 2, 3, 3, 3], hasNorm: false).Build(options);

    /// <summary>vgg16_bn. 16 layers with weights, batch normalisation after each convolution. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg16_bn")]
    public static ModelSpec VGG16BN(ApplicationOptions? options = null)
        => new TorchVgg("vgg16_bn", [2, 2, 3, 3, 3], hasNorm: true).Build(options);

    /// <summary>vgg19. 19 layers with weights. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg19")]
    public static ModelSpec VGG19(ApplicationOptions? options = null)
        => new TorchVgg("vgg19", [2, 2, 4, 4, 4], hasNorm: false).Build(options);

    /// <summary>vgg19_bn. 19 layers with weights, batch normalisation after each convolution. Simonyan and Zisserman, 2014.</summary>
    [TorchName("vgg19_bn")]
    public static ModelSpec VGG19BN(ApplicationOptions? options = null)
        => new TorchVgg("vgg19_bn", [2, 2, 4, 4, 4], hasNorm: true).Build(options);

    /// <summary>resnet18. 18 layers with weights. He et al., 2015.</summary>
    [TorchName("resnet18")]
    public static ModelSpec ResNet18(ApplicationOptions? options = null)
        => new TorchResNet("resnet18", [2, 2, 2, 2], isBottleneck: false).Build(options);

    /// <summary>resnet34. 34 layers with weights. He et al., 2015.</summary>
    [TorchName("resnet34")]
    public static ModelSpec ResNet34(ApplicationOptions? options = null)
        => new TorchResNet("resnet34", [3, 4, 6, 3], isBottleneck: false).Build(options);

    /// <summary>resnet50. 50 layers with weights, version 1.5. He et al., 2015.</summary>
    [TorchName("resnet50")]
    public static ModelSpec ResNet50(ApplicationOptions? options = null)
        => new TorchResNet("resnet50", [3, 4, 6, 3], isBottleneck: true).Build(options);

    /// <summary>resnet101. 101 layers with weights, version 1.5. He et al., 2015.</summary>
    [TorchName("resnet101")]
    public static ModelSpec ResNet101(ApplicationOptions? options = null)
        => new TorchResNet("resnet101", [3, 4, 23, 3], isBottleneck: true).Build(options);

    /// <summary>resnet152. 152 layers with weights, version 1.5. He et al., 2015.</summary>
    [TorchName("resnet152")]
    public static ModelSpec ResNet152(ApplicationOptions? options = null)
        => new TorchResNet("resnet152", [3, 8, 36, 3], isBottleneck: true).Build(options);

    /// <summary>resnext50_32x4d. 32 groups of 4 channels. Xie et al., 2016.</summary>
    [TorchName("resnext50_32x4d")]
    public static ModelSpec ResNeXt50(ApplicationOptions? options = null)
        => new TorchResNet("resnext50_32x4d", [3, 4, 6, 3], isBottleneck: true, groups: 32, groupWidth: 4).Build(options);

    /// <summary>resnext101_32x8d. 32 groups of 8 channels. Xie et al., 2016.</summary>
    [TorchName("resnext101_32x8d")]
    public static ModelSpec ResNeXt101(ApplicationOptions? options = null)
        => new TorchResNet("resnext101_32x8d", [3, 4, 23, 3], isBottleneck: true, groups: 32, groupWidth: 8).Build(options);

    /// <summary>wide_resnet50_2. Twice as wide inside its blocks. Zagoruyko and Komodakis, 2016.</summary>
    [TorchName("wide_resnet50_2")]
    public static ModelSpec WideResNet50(ApplicationOptions? options = null)
        => new TorchResNet("wide_resnet50_2", [3, 4, 6, 3], isBottleneck: true, groupWidth: 128).Build(options);

    /// <summary>wide_resnet101_2. Twice as wide inside its blocks. Zagoruyko and Komodakis, 2016.</summary>
    [TorchName("wide_resnet101_2")]
    public static ModelSpec WideResNet101(ApplicationOptions? options = null)
        => new TorchResNet("wide_resnet101_2", [3, 4, 23, 3], isBottleneck: true, groupWidth: 128).Build(options);

    /// <summary>alexnet. Krizhevsky, 2014.</summary>
    [TorchName("alexnet")]
    public static ModelSpec AlexNet(ApplicationOptions? options = null) => new AlexNet().Build(options);

    /// <summary>squeezenet1_0. Version 1.0. Iandola et al., 2016.</summary>
    [TorchName("squeezenet1_0")]
    public static ModelSpec SqueezeNet10(ApplicationOptions? options = null)
        => new SqueezeNet("squeezenet1_0", 96, 7, [16, 16, 32, 0, 32, 48, 48, 64, 0, 64]).Build(options);

    /// <summary>squeezenet1_1. Version 1.1. Iandola et al., 2016.</summary>
    [TorchName("squeezenet1_1")]
    public static ModelSpec SqueezeNet11(ApplicationOptions? options = null)
        => new SqueezeNet("squeezenet1_1", 64, 3, [16, 16, 0, 32, 32, 0, 48, 48, 64, 64]).Build(options);

    /// <summary>mnasnet0_5. Channels times 0.5. Tan et al., 2018.</summary>
    [TorchName("mnasnet0_5")]
    public static ModelSpec MNASNet05(ApplicationOptions? options = null) => new MnasNet("mnasnet0_5", 0.5).Build(options);

    /// <summary>mnasnet0_75. Channels times 0.75. Tan et al., 2018.</summary>
    [TorchName("mnasnet0_75")]
    public static ModelSpec MNASNet075(ApplicationOptions? options = null) => new MnasNet("mnasnet0_75", 0.75).Build(options);

    /// <summary>mnasnet1_0. Channels times 1.0. Tan et al., 2018.</summary>
    [TorchName("mnasnet1_0")]
    public static ModelSpec MNASNet10(ApplicationOptions? options = null) => new MnasNet("mnasnet1_0", 1.0).Build(options);

    /// <summary>mnasnet1_3. Channels times 1.3. Tan et al., 2018.</summary>
    [TorchName("mnasnet1_3")]
    public static ModelSpec MNASNet13(ApplicationOptions? options = null) => new MnasNet("mnasnet1_3", 1.3).Build(options);

    /// <summary>shufflenet_v2_x0_5. Channels times 0.5. Ma et al., 2018.</summary>
    [TorchName("shufflenet_v2_x0_5")]
    public static ModelSpec ShuffleNetV2X05(ApplicationOptions? options = null)
        => new ShuffleNetV2("shufflenet_v2_x0_5", [48, 96, 192, 1024]).Build(options);

    /// <summary>shufflenet_v2_x1_0. Channels times 1.0. Ma et al., 2018.</summary>
    [TorchName("shufflenet_v2_x1_0")]
    public static ModelSpec ShuffleNetV2X10(ApplicationOptions? options = null)
        => new ShuffleNetV2("shufflenet_v2_x1_0", [116, 232, 464, 1024]).Build(options);

    /// <summary>shufflenet_v2_x1_5. Channels times 1.5. Ma et al., 2018.</summary>
    [TorchName("shufflenet_v2_x1_5")]
    public static ModelSpec ShuffleNetV2X15(ApplicationOptions? options = null)
        => new ShuffleNetV2("shufflenet_v2_x1_5", [176, 352, 704, 1024]).Build(options);

    /// <summary>shufflenet_v2_x2_0. Channels times 2.0. Ma et al., 2018.</summary>
    [TorchName("shufflenet_v2_x2_0")]
    public static ModelSpec ShuffleNetV2X20(ApplicationOptions? options = null)
        => new ShuffleNetV2("shufflenet_v2_x2_0", [244, 488, 976, 2048]).Build(options);

    /// <summary>googlenet. Without auxiliary heads. Szegedy et al., 2014.</summary>
    [TorchName("googlenet")]
    public static ModelSpec GoogLeNet(ApplicationOptions? options = null) => new GoogLeNet().Build(options);
}
