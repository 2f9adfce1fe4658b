namespace DeepGpu.Models.Tests.Applications;

/// <summary>What transformers by name are asked for beside their architecture.</summary>
public class TransformerApplicationTests
{
    [Fact]
    public void Classes_give_an_encoder_of_texts_a_classifier()
    {
        var body = Transformers.BertBaseUncased();
        body.Inputs.Select(input => input.Name).Should().Equal("input_ids", "token_type_ids");
        body.Outputs.Select(output => output.Shape).Should().Equal(new Shape(null, null, 768), new Shape(null, 768));
        var classifier = Transformers.BertBaseUncased(new() { Classes = 3 });
        classifier.OutputShape.Should().Be(new Shape(null, 3));
        classifier.ParameterCount.Should().Be(body.ParameterCount + 769 * 3);
        Transformers.DistilBertBaseUncased(new() { Classes = 5 }).ParameterCount.Should().Be(66_362_880 + 769 * 768 + 769 * 5);
        Transformers.RobertaBase(new() { Classes = 2, ClassifierActivation = Activation.Softmax }).Layers[^1].Layer
            .Should().BeOfType<ActivationLayer>().Which.Activation.Should().Be(Activation.Softmax);
    }

    [Fact]
    public void Without_its_top_a_transformer_yields_the_states_of_each_step()
    {
        Transformers.BertBaseUncased(new() { IncludeTop = false }).OutputShape.Should().Be(new Shape(null, null, 768));
        Transformers.Gpt2(new() { IncludeTop = false }).ParameterCount.Should().Be(124_439_808);
        Transformers.VitBasePatch16(new() { IncludeTop = false, InputShape = [64, 64, 3] }).OutputShape
            .Should().Be(new Shape(null, 17, 768));
    }

    [Fact]
    public void Pictures_may_have_another_size_and_other_classes()
    {
        var spec = Transformers.VitBasePatch16(new() { Classes = 10, InputShape = [96, 96, 1] });
        spec.InputShape.Should().Be(new Shape(null, 96, 96, 1));
        spec.OutputShape.Should().Be(new Shape(null, 10));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_a_transformer_does_not_have_is_refused(Func<ModelSpec> build, string message)
        => FluentActions.Invoking(build).Should().Throw<DeepGpuArgumentException>().WithMessage(message);

    public static TheoryData<Func<ModelSpec>, string> Wrong => new()
    {
        { () => Transformers.Gpt2(new() { Classes = 2 }), "gpt2: classes must be null: it has no classifier, but is 2. *" },
        { () => Transformers.BertBaseUncased(new() { InputShape = [8, 8, 3] }),
            "bert-base-uncased: inputShape must be null: a text has any length, *" },
        { () => Transformers.VitBasePatch16(new() { InputShape = [64, 32, 3] }),
            "vit-base-patch16-224: inputShape must be a known height, the same width*" },
        { () => Transformers.BertBaseUncased(new() { Pooling = FeaturePooling.Max }), "bert-base-uncased: pooling must be null*" },
        { () => Transformers.BertBaseUncased(new() { Weights = InitialWeights.ImageNet }), "bert-base-uncased: weights must be a file*" },
    };

    [Fact]
    public void A_file_of_weights_goes_with_the_description()
        => Transformers.Gpt2(new() { Weights = InitialWeights.File("model.safetensors") }).Weights.Should().BeOfType<WeightsInFile>();
}
