using System.Collections.Immutable;

namespace DeepGpu.Models.Architectures;

/// <content>torchvision's IMAGENET1K_V1 weights. A file's name ends with the first digits of its SHA-256,
/// which torch.hub checks. GoogLeNet was trained on pixels from -1 to 1, to which torchvision converts inside the model:
/// _transform_input in torchvision/models/googlenet.py.</content>
internal static partial class PublishedWeightTable
{
    private static ImmutableArray<((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files)> Torch() =>
    [
        TorchRow("vgg11", "vgg11-8a719046", 69.02, 506.84),
        TorchRow("vgg11_bn", "vgg11_bn-6002323d", 70.37, 506.881),
        TorchRow("vgg13", "vgg13-19584684", 69.928, 507.545),
        TorchRow("vgg13_bn", "vgg13_bn-abd245e5", 71.586, 507.59),
        TorchRow("vgg16", "vgg16-397923af", 71.592, 527.796),
        TorchRow("vgg16_bn", "vgg16_bn-6c64b313", 73.36, 527.866),
        TorchRow("vgg19", "vgg19-dcbb9e9d", 72.376, 548.051),
        TorchRow("vgg19_bn", "vgg19_bn-c79401a0", 74.218, 548.143),
        TorchRow("resnet18", "resnet18-f37072fd", 69.758, 44.7),
        TorchRow("resnet34", "resnet34-b627a593", 73.314, 83.275),
        TorchRow("resnet50", "resnet50-0676ba61", 76.13, 97.781),
        TorchRow("resnet101", "resnet101-63fe2227", 77.374, 170.511),
        TorchRow("resnet152", "resnet152-394f9c45", 78.312),
        TorchRow("resnext50_32x4d", "resnext50_32x4d-7cdf4587"),
        TorchRow("resnext101_32x8d", "resnext101_32x8d-8ba56ff5", 79.312, 339.6),
        TorchRow("wide_resnet50_2", "wide_resnet50_2-95faca4d", 78.468, 131.82),
        TorchRow("wide_resnet101_2", "wide_resnet101_2-32ee1156"),
        TorchRow("alexnet", "alexnet-owt-7be5be79", 56.522, 233.087),
        TorchRow("squeezenet1_0", "squeezenet1_0-b66bff10", 58.092, 4.778),
        TorchRow("squeezenet1_1", "squeezenet1_1-b8a52dc0", 58.178, 4.729),
        TorchRow("mnasnet0_5", "mnasnet0.5_top1_67.823-3ffadce67e", 67.734, 8.591),
        TorchRow("mnasnet0_75", "mnasnet0_75-7090bc5f", 71.18, 12.303, shortSide: 232),
        TorchRow("mnasnet1_0", "mnasnet1.0_top1_73.512-f206786ef8", 73.456, 16.915),
        TorchRow("mnasnet1_3", "mnasnet1_3-a4c69d6f", 76.506, 24.246, shortSide: 232),
        TorchRow("shufflenet_v2_x0_5", "shufflenetv2_x0.5-f707e7126e", 60.552, 5.282),
        TorchRow("shufflenet_v2_x1_0", "shufflenetv2_x1-5666bf0f80", 69.362, 8.791),
        TorchRow("shufflenet_v2_x1_5", "shufflenetv2_x1_5-3c479a10", 72.996, 13.557, shortSide: 232),
        TorchRow("shufflenet_v2_x2_0", "shufflenetv2_x2_0-8be3c8ee", 76.23, 28.433, shortSide: 232),
        TorchRow("googlenet", "googlenet-1378be20", 69.778, 49.731, pixels: ImagePreprocessing.Symmetric),
    ];
}
