namespace DeepGpu.Models.Tests.Applications;

public class ApplicationTests
{
    /// <summary>The features' shape for one small input, by each family's rule of halving.</summary>
    public static TheoryData<string, int, int, int> Features => new()
    {
        { "VGG16", 64, 2, 512 }, { "ResNet50", 64, 2, 2048 }, { "ResNet50V2", 64, 2, 2048 }, { "MobileNet", 64, 2, 1024 },
        { "MobileNetV2", 64, 2, 1280 }, { "MobileNetV3Small", 64, 2, 576 }, { "MobileNetV3Large", 64, 2, 960 },
        { "DenseNet121", 64, 2, 1024 },
        { "InceptionV3", 75, 1, 2048 }, { "Xception", 71, 3, 2048 }, { "EfficientNetB0", 64, 2, 1280 }, { "ConvNeXtTiny", 64, 2, 768 },
        { "torchvision/vgg16_bn", 64, 2, 512 }, { "torchvision/resnet18", 64, 2, 512 }, { "torchvision/resnet50", 64, 2, 2048 },
        { "torchvision/alexnet", 63, 1, 256 }, { "torchvision/squeezenet1_1", 64, 3, 512 }, { "torchvision/mnasnet0_5", 64, 2, 1280 },
        { "torchvision/shufflenet_v2_x0_5", 64, 2, 1024 }, { "torchvision/googlenet", 64, 2, 1024 },
    };

    [Theory, MemberData(nameof(Features))]
    public void Without_top_features_are_a_map_or_pooled_to_a_vector(string name, int size, int height, int channels)
    {
        var application = Models.Applications.Find(name);
        var options = new ApplicationOptions { IncludeTop = false, InputShape = [size, size, 3] };
        application.Build(options).OutputShape.Should().Be(new Shape(null, height, height, channels));
        application.Build(options with { Pooling = FeaturePooling.Average }).OutputShape.Should().Be(new Shape(null, channels));
        application.Build(options with { Pooling = FeaturePooling.Max }).OutputShape.Should().Be(new Shape(null, channels));
    }

    [Theory, MemberData(nameof(Features))]
    public void The_classifier_has_the_classes_and_activation_asked_for(string name, int size, int height, int channels)
    {
        (height * channels).Should().BePositive();
        var options = new ApplicationOptions { Classes = 7, InputShape = [size, size, 3], ClassifierActivation = Activation.Sigmoid };
        var spec = Models.Applications.Find(name).Build(options);
        spec.OutputShape.Should().Be(new Shape(null, 7));
        ActivationOf(spec).Should().Be(Activation.Sigmoid);
    }

    [Theory]
    [InlineData("ResNet50", Activation.Softmax)]
    [InlineData("MobileNetV3Small", Activation.Softmax)]
    [InlineData("torchvision/resnet50", Activation.Linear)]
    public void The_sources_own_activation_is_the_default(string name, Activation activation)
        => ActivationOf(Models.Applications.Find(name).Build()).Should().Be(activation);

    [Fact]
    public void A_network_of_Keras_without_top_leaves_height_and_width_open()
    {
        Models.Applications.ResNet50(new() { IncludeTop = false }).InputShape.Should().Be(new Shape(null, null, null, 3));
        Models.Applications.EfficientNetB1(new() { IncludeTop = false }).OutputShape.Should().Be(new Shape(null, null, null, 1280));
        Models.Applications.ConvNeXtTiny(new() { IncludeTop = false }).OutputShape.Should().Be(new Shape(null, null, null, 768));
        TorchVision.ResNet50(new() { IncludeTop = false }).InputShape.Should().Be(new Shape(null, 224, 224, 3));
    }

    [Theory]
    [InlineData(0.25, 475_544)]
    [InlineData(0.5, 1_342_536)]
    [InlineData(0.75, 2_601_976)]
    public void MobileNet_narrows_by_alpha(double alpha, long parameters)
        => Models.Applications.MobileNet(alpha: alpha).ParameterCount.Should().Be(parameters);

    [Theory]
    [InlineData(0.5, 1_987_224)]
    [InlineData(1.4, 6_156_712)]
    public void MobileNetV2_narrows_and_widens_by_alpha(double alpha, long parameters)
        => Models.Applications.MobileNetV2(alpha: alpha).ParameterCount.Should().Be(parameters);

    [Fact]
    public void A_frozen_network_has_no_trainable_parameters_nested_models_included()
    {
        var frozen = Models.Applications.ConvNeXtTiny().Freeze();
        frozen.TrainableParameterCount.Should().Be(0);
        frozen.ParameterCount.Should().Be(28_589_128);
        Sequential.From(frozen).Dense(2).Build().TrainableParameterCount.Should().Be(1000 * 2 + 2);
    }

    [Fact]
    public void Listing_5_has_14_714_688_frozen_and_3_212_682_trainable_parameters()
    {
        var model = Sequential.From(Models.Applications.VGG16(new() { IncludeTop = false, InputShape = [224, 224, 3] }).Freeze())
            .Flatten().Dense(128, Activation.Relu).Dense(10, Activation.Softmax).Build();
        (model.ParameterCount - model.TrainableParameterCount).Should().Be(14_714_688);
        model.TrainableParameterCount.Should().Be(3_212_682);
    }

    [Fact]
    public void Images_smaller_than_the_network_takes_are_refused_before_anything_is_built()
        => FluentActions.Invoking(() => Models.Applications.VGG16(new() { InputShape = [31, 224, 3] }))
            .Should().Throw<DeepGpuArgumentException>()
            .WithMessage("vgg16 needs images with height and width of at least 32, but InputShape is (31, 224, 3). Pass another shape, "
                + "for example (224, 224, 3).");

    [Fact]
    public void Other_wrong_options_are_refused()
    {
        FluentActions.Invoking(() => Models.Applications.InceptionV3(new() { InputShape = [75, 75, null] }))
            .Should().Throw<DeepGpuArgumentException>()
            .WithMessage("inception_v3 needs images with a known number of channels, at least 1, but InputShape is (75, 75, null). *");
        FluentActions.Invoking(() => new ApplicationOptions { InputShape = [224, 224] }).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("ApplicationOptions: inputShape must be height, width and channels, but is 2 lengths. *");
        FluentActions.Invoking(() => new ApplicationOptions { Classes = 0 })
            .Should().Throw<DeepGpuArgumentException>().WithMessage("ApplicationOptions: classes must be at least 1, but is 0. *");
        FluentActions.Invoking(() => Models.Applications.MobileNet(alpha: 0))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("MobileNet: alpha must be finite and above 0, but is 0. *");
        FluentActions.Invoking(() => TorchVision.ShuffleNetV2X10(new() { InputShape = [224, null, 3] }))
            .Should().Throw<DeepGpuArgumentException>()
            .WithMessage("ShuffleNetV2: inputShape must be of a known width, but is open. *");
    }

    [Theory]
    [InlineData("vgg16", "VGG16")]
    [InlineData("resnet50", "ResNet50")]
    [InlineData("ResNet-50 v2", "ResNet50V2")]
    [InlineData("TorchVision/ResNet50", "torchvision/resnet50")]
    [InlineData("resnet18", "torchvision/resnet18")]
    [InlineData("squeezenet1.1", "torchvision/squeezenet1_1")]
    [InlineData("bert-base", "bert-base-uncased")]
    [InlineData("BERT large", "bert-large-uncased")]
    [InlineData("ViT-B/16", "vit-base-patch16-224")]
    [InlineData("GPT-2", "gpt2")]
    public void A_name_is_found_whatever_its_case_and_marks(string written, string name)
        => Models.Applications.Find(written).Name.Should().Be(name);

    [Fact]
    public void An_unknown_name_is_refused_with_the_nearest()
        => FluentActions.Invoking(() => Models.Applications.Find("ResNet51")).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("'ResNet51' is not one of 84 applications. Nearest: 'ResNet50', 'torchvision/resnet50', 'ResNet101'. Use "
                + "one of Applications.All.");

    [Fact]
    public void Names_are_unique_and_each_has_its_source()
    {
        Models.Applications.All.Select(application => application.Name).Should().OnlyHaveUniqueItems();
        Models.Applications.All.Should().OnlyContain(application =>
            application.Name.StartsWith("torchvision/") == (application.Source == ApplicationSource.TorchVision)
            && (application.Transformer != null) == (application.Source == ApplicationSource.HuggingFace));
    }

    [Theory]
    [InlineData("ResNet50", "conv2_block1_0_conv", "conv5_block3_out")]
    [InlineData("ResNet50V2", "conv2_block1_preact_bn", "post_relu")]
    [InlineData("MobileNetV2", "block_1_expand_BN", "out_relu")]
    [InlineData("EfficientNetB0", "block2a_dwconv", "top_activation")]
    [InlineData("Xception", "block13_sepconv2_bn", "add_11")]
    [InlineData("ConvNeXtTiny", "convnext_tiny_stage_2_block_8_pointwise_conv_2", "convnext_tiny_downsampling_block_2")]
    [InlineData("torchvision/resnet50", "layer4.2.bn3", "layer1.0.downsample.1")]
    [InlineData("torchvision/squeezenet1_1", "features.12.expand3x3", "classifier.1")]
    [InlineData("torchvision/mnasnet1_0", "layers.13.0.layers.7", "layers.15")]
    [InlineData("torchvision/shufflenet_v2_x1_0", "stage4.3.branch2.6", "conv5.1")]
    [InlineData("torchvision/googlenet", "inception5b.branch3.1.bn", "fc")]
    [InlineData("bert-base", "encoder.layer.11.attention.self.query", "embeddings.token_type_embeddings", "pooler.dense")]
    [InlineData("gpt2", "h.11.attn.c_attn", "wpe", "ln_f")]
    [InlineData("whisper-tiny", "decoder.layers.3.encoder_attn.k_proj", "encoder.conv2")]
    public void Layers_are_named_as_their_source_names_them(string name, params string[] layers)
        => Models.Applications.Find(name).Build().Layers.Select(layer => layer.Name).Should().Contain(layers);

    [Fact]
    public void Every_application_round_trips_through_json()
    {
        foreach (var application in Models.Applications.All)
        {
            var spec = application.Build();
            ModelSpec.FromJson(spec.ToJson()).Summary().Should().Be(spec.Summary(), application.Name);
        }
    }

    private static Activation ActivationOf(ModelSpec spec) => spec.Layers[^1].Layer switch
    {
        Dense dense => dense.Activation,
        ActivationLayer layer => layer.Activation,
        var other => throw new InvalidOperationException(other.ToString()),
    };
}
