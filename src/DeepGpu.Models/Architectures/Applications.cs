using DeepGpu.Models.Architectures;

namespace DeepGpu.Models;

/// <summary>Published networks for images as keras.applications has them, as descriptions;
/// torchvision's are in <see cref="TorchVision"/>.</summary>
/// <remarks>Input (batch, height, width, channels), 224x224x3 where nothing else is said;
/// output (batch, classes) or, without classifier, a map of features.
/// Layers have Keras's names and order, so that Keras's weight files fit. Keras: https://keras.io/api/applications/</remarks>
/// <example><code>
/// ModelSpec frozen = Applications.VGG16(new() { IncludeTop = false, InputShape = [224, 224, 3] }).Freeze();
/// ModelSpec model = Sequential.From(frozen).Flatten().Dense(10, Activation.Softmax).Build();
/// </code></example>
public static partial class Applications
{
    /// <summary>VGG16. 16 layers with weights. Simonyan and Zisserman, 2014.</summary>
    public static ModelSpec VGG16(ApplicationOptions? options = null) => new Vgg("vgg16", [2, 2, 3, 3, 3]).Build(options);

    /// <summary>VGG19. 19 layers with weights. Simonyan and Zisserman, 2014.</summary>
    public static ModelSpec VGG19(ApplicationOptions? options = null) => new Vgg("vgg19", [2, 2, 4, 4, 4]).Build(options);

    /// <summary>ResNet50. 50 layers with weights, version 1. He et al., 2015.</summary>
    public static ModelSpec ResNet50(ApplicationOptions? options = null) => new ResNet("resnet50", [3, 4, 6, 3]).Build(options);

    /// <summary>ResNet101. 101 layers with weights, version 1. He et al., 2015.</summary>
    public static ModelSpec ResNet101(ApplicationOptions? options = null) => new ResNet("resnet101", [3, 4, 23, 3]).Build(options);

    /// <summary>ResNet152. 152 layers with weights, version 1. He et al., 2015.</summary>
    public static ModelSpec ResNet152(ApplicationOptions? options = null) => new ResNet("resnet152", [3, 8, 36, 3]).Build(options);

    /// <summary>ResNet50V2. 50 layers with weights, version 2. He et al., 2016.</summary>
    public static ModelSpec ResNet50V2(ApplicationOptions? options = null) => new ResNetV2("resnet50v2", [3, 4, 6, 3]).Build(options);

    /// <summary>ResNet101V2. 101 layers with weights, version 2. He et al., 2016.</summary>
    public static ModelSpec ResNet101V2(ApplicationOptions? options = null) => new ResNetV2("resnet101v2", [3, 4, 23, 3]).Build(options);

    /// <summary>ResNet152V2. 152 layers with weights, version 2. He et al., 2016.</summary>
    public static ModelSpec ResNet152V2(ApplicationOptions? options = null) => new ResNetV2("resnet152v2", [3, 8, 36, 3]).Build(options);

    /// <summary>MobileNet. Howard et al., 2017.</summary>
    /// <param name="options">What is asked for; null for the network as published.</param>
    /// <param name="alpha">The factor of the numbers of channels, above 0. Default 1.</param>
    public static ModelSpec MobileNet(ApplicationOptions? options = null, double alpha = 1)
        => new MobileNet(Require.Positive(alpha, nameof(MobileNet))).Build(options);

    /// <summary>MobileNetV2. Sandler et al., 2018.</summary>
    /// <param name="options">What is asked for; null for the network as published.</param>
    /// <param name="alpha">The factor of the numbers of channels, above 0. Default 1.</param>
    public static ModelSpec MobileNetV2(ApplicationOptions? options = null, double alpha = 1)
        => new MobileNetV2(Require.Positive(alpha, nameof(MobileNetV2))).Build(options);

    /// <summary>MobileNetV3Small. The small one, for pixels from 0 to 255. Howard et al., 2019.</summary>
    public static ModelSpec MobileNetV3Small(ApplicationOptions? options = null)
        => new MobileNetV3("MobileNetV3Small", 1024, MobileNetV3.Small).Build(options);

    /// <summary>MobileNetV3Large. The large one, for pixels from 0 to 255. Howard et al., 2019.</summary>
    public static ModelSpec MobileNetV3Large(ApplicationOptions? options = null)
        => new MobileNetV3("MobileNetV3Large", 1280, MobileNetV3.Large).Build(options);

    /// <summary>DenseNet121. 121 layers with weights. Huang et al., 2016.</summary>
    public static ModelSpec DenseNet121(ApplicationOptions? options = null) => new DenseNet("densenet121", [6, 12, 24, 16]).Build(options);

    /// <summary>DenseNet169. 169 layers with weights. Huang et al., 2016.</summary>
    public static ModelSpec DenseNet169(ApplicationOptions? options = null) => new DenseNet("densenet169", [6, 12, 32, 32]).Build(options);

    /// <summary>DenseNet201. 201 layers with weights. Huang et al., 2016.</summary>
    public static ModelSpec DenseNet201(ApplicationOptions? options = null) => new DenseNet("densenet201", [6, 12, 48, 32]).Build(options);

    /// <summary>InceptionV3. Images of 299x299. Szegedy et al., 2015.</summary>
    public static ModelSpec InceptionV3(ApplicationOptions? options = null) => new InceptionV3().Build(options);

    /// <summary>Xception. Images of 299x299. Chollet, 2016.</summary>
    public static ModelSpec Xception(ApplicationOptions? options = null) => new Xception().Build(options);

    /// <summary>EfficientNetB0. Images of 224x224, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB0(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb0", width: 1.0, depth: 1.0, size: 224, dropout: 0.2).Build(options);

    /// <summary>EfficientNetB1. Images of 240x240, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB1(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb1", width: 1.0, depth: 1.1, size: 240, dropout: 0.2).Build(options);

    /// <summary>EfficientNetB2. Images of 260x260, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB2(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb2", width: 1.1, depth: 1.2, size: 260, dropout: 0.3).Build(options);

    /// <summary>EfficientNetB3. Images of 300x300, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB3(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb3", width: 1.2, depth: 1.4, size: 300, dropout: 0.3).Build(options);

    /// <summary>EfficientNetB4. Images of 380x380, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB4(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb4", width: 1.4, depth: 1.8, size: 380, dropout: 0.4).Build(options);

    /// <summary>EfficientNetB5. Images of 456x456, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB5(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb5", width: 1.6, depth: 2.2, size: 456, dropout: 0.4).Build(options);

    /// <summary>EfficientNetB6. Images of 528x528, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB6(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb6", width: 1.8, depth: 2.6, size: 528, dropout: 0.5).Build(options);

    /// <summary>EfficientNetB7. Images of 600x600, pixels from 0 to 255. Tan and Le, 2019.</summary>
    public static ModelSpec EfficientNetB7(ApplicationOptions? options = null)
        => new EfficientNet("efficientnetb7", width: 2.0, depth: 3.1, size: 600, dropout: 0.5).Build(options);

    /// <summary>ConvNeXtTiny. 28.6 million parameters, pixels from 0 to 255. Liu et al., 2022.</summary>
    public static ModelSpec ConvNeXtTiny(ApplicationOptions? options = null)
        => new ConvNeXt("convnext_tiny", [3, 3, 9, 3], [96, 192, 384, 768]).Build(options);

    /// <summary>ConvNeXtSmall. 50.2 million parameters, pixels from 0 to 255. Liu et al., 2022.</summary>
    public static ModelSpec ConvNeXtSmall(ApplicationOptions? options = null)
        => new ConvNeXt("convnext_small", [3, 3, 27, 3], [96, 192, 384, 768]).Build(options);

    /// <summary>ConvNeXtBase. 88.6 million parameters, pixels from 0 to 255. Liu et al., 2022.</summary>
    public static ModelSpec ConvNeXtBase(ApplicationOptions? options = null)
        => new ConvNeXt("convnext_base", [3, 3, 27, 3], [128, 256, 512, 1024]).Build(options);
}
