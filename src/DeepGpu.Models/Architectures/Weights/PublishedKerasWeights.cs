using System.Collections.Immutable;

namespace DeepGpu.Models.Architectures;

/// <content>Keras's weights, with the hashes of its own downloads.</content>
internal static partial class PublishedWeightTable
{
    private static readonly ImagePreprocessing Large = ImagePreprocessing.Symmetric with { Size = 299 };

    private static ImmutableArray<((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files)> Keras() =>
    [
        KerasRow("vgg16", "vgg16/vgg16", ("64373286793e3c8b2b4e3219cbf3544b", "6d6bbae143d832006294945121d1f1fc"),
            ImagePreprocessing.Caffe, 71.3, 528),
        KerasRow("vgg19", "vgg19/vgg19", ("cbe5617147190e668d6c5d5026f83318", "253f8cb515780f3b799900260a226db6"),
            ImagePreprocessing.Caffe, 71.3, 549),
        KerasRow("resnet50", "resnet/resnet50", ("2cb95161c43110f7111970584f804107", "4d473c1dd8becc155b73f8504c6f6626"),
            ImagePreprocessing.Caffe, 74.9, 98),
        KerasRow("resnet101", "resnet/resnet101", ("f1aeb4b969a6efcfb50fad2f0c20cfc5", "88cf7a10940856eca736dc7b7e228a21"),
            ImagePreprocessing.Caffe, 76.4, 171),
        KerasRow("resnet152", "resnet/resnet152", ("100835be76be38e30d865e96f2aaae62", "ee4c566cf9a93f14d82f913c2dc6dd0c"),
            ImagePreprocessing.Caffe, 76.6, 232),
        KerasRow("resnet50v2", "resnet/resnet50v2", ("3ef43a0b657b3be2300d5770ece849e0", "fac2f116257151a9d068a22e544a4917"),
            ImagePreprocessing.Symmetric, 76.0, 98),
        KerasRow("resnet101v2", "resnet/resnet101v2", ("6343647c601c52e1368623803854d971", "c0ed64b8031c3730f411d2eb4eea35b5"),
            ImagePreprocessing.Symmetric, 77.2, 171),
        KerasRow("resnet152v2", "resnet/resnet152v2", ("a49b44d1979771252814e80f8ec446f9", "ed17cf2e0169df9d443503ef94b23b33"),
            ImagePreprocessing.Symmetric, 78.0, 232),
        KerasRow("densenet121", "densenet/densenet121",
            ("9d60b8095a5708f2dcce2bca79d332c7", "30ee3e1110167f948a6b9946edeeb738"), ImagePreprocessing.Torch),
        KerasRow("densenet169", "densenet/densenet169",
            ("d699b8f76981ab1b30698df4c175e90b", "b8c4d4c20dd625c148057b9ff1c1176b"), ImagePreprocessing.Torch),
        KerasRow("densenet201", "densenet/densenet201",
            ("1ceb130c1ea1b78c3bf6114dbdfd8807", "c13680b51ded0fb44dff2d8f86ac8bb1"), ImagePreprocessing.Torch),
        KerasRow("inception_v3", "inception_v3/inception_v3",
            ("9a0d58056eeedaa3f26cb7ebd46da564", "bcbd6486424b2319ff4ef7d526e38f63"), Large, 77.9, 92),
        KerasRow("xception", "xception/xception",
            ("0a58e3b7378bc2990ea3b43d5981f1f6", "b0042744bf5b25fce3cb969f33bebb97"), Large, 79.0, 88),
        MobileNet("MobileNetV3Small", "small", ("8768d4c2e7dee89b9d02b2d03d65d862", "d3e8ec802a04aa4fc771ee12a9a9b836"), 68.1),
        MobileNet("MobileNetV3Large", "large", ("59e551e166be033d707958cf9e29a6a7", "07fb09a5933dd0c8eaafa16978110389"), 75.6),
        EfficientNet("efficientnetb0", ("902e53a9f72be733fc0bcb005b3ebbac", "50bc09e76180e00e4465e1a485ddc09d"), 224),
        EfficientNet("efficientnetb1", ("1d254153d4ab51201f1646940f018540", "74c4e6b3e1f6a1eea24c589628592432"), 240),
        EfficientNet("efficientnetb2", ("b15cce36ff4dcbd00b6dd88e7857a6ad", "111f8e2ac8aa800a7a99e3239f7bfb39"), 260),
        EfficientNet("efficientnetb3", ("ffd1fdc53d0ce67064dc6a9c7960ede0", "af6d107764bb5b1abb91932881670226"), 300),
        EfficientNet("efficientnetb4", ("18c95ad55216b8f92d7e70b3a046e2fc", "ebc24e6d6c33eaebbd558eafbeedf1ba"), 380),
        EfficientNet("efficientnetb5", ("ace28f2a6363774853a83a0b21b9421a", "38879255a25d3c92d5e44e04ae6cec6f"), 456),
        EfficientNet("efficientnetb6", ("165f6e37dce68623721b423839de8be5", "9ecce42647a20130c1f39a5d4cb75743"), 528),
        EfficientNet("efficientnetb7", ("8c03f828fec3ef71311cd463b6759d99", "cbcfe4450ddf6f3ad90b1b398090fe4a"), 600),
        ConvNeXt("convnext_tiny", ("8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff",
            "d547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1")),
        ConvNeXt("convnext_small", ("ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c",
            "6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab")),
        ConvNeXt("convnext_base", ("52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6",
            "40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45")),
    ];

    private static ((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files) MobileNet(string network, string size,
        (string With, string Without) md5, double top1)
        => KerasFiles(network, $"tensorflow/keras-applications/mobilenet_v3/weights_mobilenet_v3_{size}_224_1.0_float",
            (".h5", "_no_top_v2.h5"), md5, ImagePreprocessing.Raw, top1);

    private static ((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files) EfficientNet(string network,
        (string With, string Without) md5, int size)
        => KerasFiles(network, $"keras-applications/{network}", (".h5", "_notop.h5"), md5, ImagePreprocessing.Raw with { Size = size });

    private static ((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files) ConvNeXt(string network,
        (string With, string Without) sha256)
        => KerasFiles(network, $"tensorflow/keras-applications/convnext/{network}", (".h5", "_notop.h5"), sha256, ImagePreprocessing.Raw);
}
