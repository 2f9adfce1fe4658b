namespace DeepGpu.Models.Tests.Applications;

/// <summary>Parameter and operation counts that the sources publish.</summary>
public class PublishedCountTests
{
    /// <summary>All values, moving statistics included, as keras.io's table of applications listed them until it
    /// rounded to millions.</summary>
    [Theory]
    [InlineData("VGG16", 138_357_544)]
    [InlineData("VGG19", 143_667_240)]
    [InlineData("ResNet50", 25_636_712)]
    [InlineData("ResNet101", 44_707_176)]
    [InlineData("ResNet152", 60_419_944)]
    [InlineData("ResNet50V2", 25_613_800)]
    [InlineData("ResNet101V2", 44_675_560)]
    [InlineData("ResNet152V2", 60_380_648)]
    [InlineData("MobileNet", 4_253_864)]
    [InlineData("MobileNetV2", 3_538_984)]
    [InlineData("DenseNet121", 8_062_504)]
    [InlineData("DenseNet169", 14_307_880)]
    [InlineData("DenseNet201", 20_242_984)]
    [InlineData("InceptionV3", 23_851_784)]
    [InlineData("Xception", 22_910_480)]
    [InlineData("EfficientNetB0", 5_330_571)]
    [InlineData("EfficientNetB1", 7_856_239)]
    [InlineData("EfficientNetB2", 9_177_569)]
    [InlineData("EfficientNetB3", 12_320_535)]
    [InlineData("EfficientNetB4", 19_466_823)]
    [InlineData("EfficientNetB5", 30_562_527)]
    [InlineData("EfficientNetB6", 43_265_143)]
    [InlineData("EfficientNetB7", 66_658_687)]
    public void A_network_of_Keras_has_the_parameters_its_documentation_lists(string name, long parameters)
        => Models.Applications.Find(name).Build().ParameterCount.Should().Be(parameters);

    /// <summary>keras.io gives these in millions only (5.4, 2.9, 28.6, 50.2, 88.5). MobileNetV3: what model.summary() prints;
    /// ConvNeXt: torchvision's num_params of the same architecture.</summary>
    [Theory]
    [InlineData("MobileNetV3Large", 5_507_432)]
    [InlineData("MobileNetV3Small", 2_554_968)]
    [InlineData("ConvNeXtTiny", 28_589_128)]
    [InlineData("ConvNeXtSmall", 50_223_688)]
    [InlineData("ConvNeXtBase", 88_591_464)]
    public void A_network_of_Keras_has_the_parameters_published_elsewhere(string name, long parameters)
        => Models.Applications.Find(name).Build().ParameterCount.Should().Be(parameters);

    /// <summary>num_params of torchvision's weights: torch counts moving statistics as buffers, not as parameters,
    /// so trainable values are compared.</summary>
    [Theory]
    [InlineData("vgg11", 132_863_336)]
    [InlineData("vgg11_bn", 132_868_840)]
    [InlineData("vgg13", 133_047_848)]
    [InlineData("vgg13_bn", 133_053_736)]
    [InlineData("vgg16", 138_357_544)]
    [InlineData("vgg16_bn", 138_365_992)]
    [InlineData("vgg19", 143_667_240)]
    [InlineData("vgg19_bn", 143_678_248)]
    [InlineData("resnet18", 11_689_512)]
    [InlineData("resnet34", 21_797_672)]
    [InlineData("resnet50", 25_557_032)]
    [InlineData("resnet101", 44_549_160)]
    [InlineData("resnet152", 60_192_808)]
    [InlineData("resnext50_32x4d", 25_028_904)]
    [InlineData("resnext101_32x8d", 88_791_336)]
    [InlineData("wide_resnet50_2", 68_883_240)]
    [InlineData("wide_resnet101_2", 126_886_696)]
    [InlineData("alexnet", 61_100_840)]
    [InlineData("squeezenet1_0", 1_248_424)]
    [InlineData("squeezenet1_1", 1_235_496)]
    [InlineData("mnasnet0_5", 2_218_512)]
    [InlineData("mnasnet0_75", 3_170_208)]
    [InlineData("mnasnet1_0", 4_383_312)]
    [InlineData("mnasnet1_3", 6_282_256)]
    [InlineData("shufflenet_v2_x0_5", 1_366_792)]
    [InlineData("shufflenet_v2_x1_0", 2_278_604)]
    [InlineData("shufflenet_v2_x1_5", 3_503_624)]
    [InlineData("shufflenet_v2_x2_0", 7_393_996)]
    [InlineData("googlenet", 6_624_904)]
    public void A_network_of_torchvision_has_the_parameters_its_weights_list(string name, long parameters)
        => Models.Applications.Find($"torchvision/{name}").Build().TrainableParameterCount.Should().Be(parameters);

    /// <summary>_ops of torchvision's weights: thousand millions of multiply-adds of convolutions and matrix products,
    /// rounded to three places.</summary>
    [Theory]
    [InlineData("vgg16", 15.47)]
    [InlineData("vgg19_bn", 19.632)]
    [InlineData("resnet18", 1.814)]
    [InlineData("resnet34", 3.664)]
    [InlineData("resnet50", 4.089)]
    [InlineData("resnet152", 11.514)]
    [InlineData("resnext50_32x4d", 4.23)]
    [InlineData("resnext101_32x8d", 16.414)]
    [InlineData("wide_resnet50_2", 11.398)]
    [InlineData("wide_resnet101_2", 22.753)]
    [InlineData("alexnet", 0.714)]
    [InlineData("squeezenet1_0", 0.819)]
    [InlineData("squeezenet1_1", 0.349)]
    [InlineData("mnasnet0_5", 0.104)]
    [InlineData("mnasnet0_75", 0.215)]
    [InlineData("mnasnet1_0", 0.314)]
    [InlineData("mnasnet1_3", 0.526)]
    [InlineData("shufflenet_v2_x0_5", 0.04)]
    [InlineData("shufflenet_v2_x1_0", 0.145)]
    [InlineData("shufflenet_v2_x1_5", 0.296)]
    [InlineData("shufflenet_v2_x2_0", 0.583)]
    [InlineData("googlenet", 1.498)]
    public void A_network_of_torchvision_has_the_multiply_adds_its_weights_list(string name, double billions)
        => (Models.Applications.Find($"torchvision/{name}").Build().Inference(batchSize: 1).FlopsPerStep / 2e9)
            .Should().BeApproximately(billions, 0.0006);

    /// <summary>What the published files hold, without the heads that only pretraining uses; DeiT's two classifiers with it.</summary>
    [Theory]
    [InlineData("bert-base-uncased", 109_482_240)]
    [InlineData("bert-base-cased", 108_310_272)]
    [InlineData("bert-large-uncased", 335_141_888)]
    [InlineData("distilbert-base-uncased", 66_362_880)]
    [InlineData("roberta-base", 124_645_632)]
    [InlineData("roberta-large", 355_359_744)]
    [InlineData("electra-base-discriminator", 108_891_648)]
    [InlineData("gpt2", 124_439_808)]
    [InlineData("gpt2-medium", 354_823_168)]
    [InlineData("gpt2-large", 774_030_080)]
    [InlineData("gpt2-xl", 1_557_611_200)]
    [InlineData("vit-base-patch16-224", 86_567_656)]
    [InlineData("vit-large-patch16-224", 304_326_632)]
    [InlineData("deit-tiny-distilled-patch16-224", 5_910_800)]
    [InlineData("deit-small-distilled-patch16-224", 22_436_432)]
    [InlineData("deit-base-distilled-patch16-224", 87_338_192)]
    [InlineData("t5-small", 60_506_624)]
    [InlineData("t5-base", 222_903_552)]
    [InlineData("t5-large", 737_668_096)]
    [InlineData("bart-base", 139_420_416)]
    [InlineData("bart-large", 406_291_456)]
    [InlineData("whisper-tiny", 37_184_640)]
    [InlineData("whisper-base", 71_825_920)]
    [InlineData("whisper-small", 240_582_912)]
    [InlineData("whisper-medium", 762_321_920)]
    [InlineData("whisper-large-v3", 1_541_570_560)]
    [InlineData("whisper-large-v3-turbo", 806_958_080)]
    public void A_transformer_has_the_weights_of_its_published_file(string name, long count)
    {
        var application = Models.Applications.Find(name);
        application.Transformer!.ParameterCount.Should().Be(count);
        application.Build().ParameterCount.Should().Be(count);
    }

    [Fact]
    public void Every_application_has_a_published_count_here()
        => typeof(PublishedCountTests).GetMethods().SelectMany(method => method.GetCustomAttributesData())
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data =>
                (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!)
            .Select(name => (Models.Applications.TryFind($"torchvision/{name}", out var torch) && !name.Any(char.IsUpper) ? torch
                : Models.Applications.Find(name)).Name).Distinct()
            .Should().BeEquivalentTo(Models.Applications.All.Select(application => application.Name));
}
