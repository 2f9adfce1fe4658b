using DeepGpu.Models.Tests.Builders;

namespace DeepGpu.Models.Tests.Json;

public class GraphRoundTripTests
{
    public static TheoryData<string> Names => [.. GraphSamples.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_graph_is_read_as_it_was_written(string name)
    {
        var spec = GraphSamples.All[name];
        var read = ModelSpec.FromJson(spec.ToJson());
        read.ToJson().Should().Be(spec.ToJson());
        read.Summary().Should().Be(spec.Summary());
        read.Layers.Where(node => node.Layer is not NestedModel).Select(node => node.Layer)
            .Should().Equal(spec.Layers.Where(node => node.Layer is not NestedModel).Select(node => node.Layer with { Name = node.Name }));
        read.Inputs.Select(input => input.Name).Should().Equal(spec.Inputs.Select(input => input.Name));
        read.Nodes.Select(Connected).Should().Equal(spec.Nodes.Select(Connected));
    }

    [Fact]
    public void A_nested_model_keeps_whether_it_trains()
    {
        var read = ModelSpec.FromJson(GraphSamples.Nested.ToJson());
        read.TrainableParameterCount.Should().Be(GraphSamples.Nested.TrainableParameterCount).And.Be(4 * 4 + 4);
    }

    [Fact]
    public void A_call_with_a_mask_keeps_it()
    {
        var read = ModelSpec.FromJson(GraphSamples.Masked.ToJson());
        read.Nodes.Single(node => node.Layer is LSTM).Mask!.Value.Node.Layer.Should().Be(new NotEqual(9) { Name = "is_word" });
    }

    [Fact]
    public void What_KerasHub_takes_with_a_call_is_written_with_it()
    {
        var json = GraphSamples.Translating.ToJson();
        json.Should().Contain("\"padding_mask\": {").And.Contain("\"use_causal_mask\": false").And.Contain("\"reverse\": true")
            .And.Contain("\"return_attention_scores\": true").And.Contain("\"module\": \"keras_hub.layers\"");
        var read = ModelSpec.FromJson(json.Replace("keras_hub.layers", "keras_nlp.src.layers.modeling.transformer_encoder",
            StringComparison.Ordinal));
        read.Nodes.Single(node => node.Layer is TransformerEncoder).Mask!.Value.Node.Name.Should().Be("is_word");
        read.Layers.Select(node => node.Layer).OfType<TransformerDecoder>().Single().UseCausalMask.Should().BeFalse();
        read.Nodes.Select(node => node.Layer).OfType<ReversibleEmbedding>().Select(words => words.IsReversed)
            .Should().Equal(false, false, true);
    }

    [Fact]
    public void A_frozen_model_stays_frozen()
    {
        var frozen = GraphSamples.States.Freeze();
        ModelSpec.FromJson(frozen.ToJson()).TrainableParameterCount.Should().Be(0);
    }

    [Fact]
    public void The_first_inputs_shape_can_be_another_than_the_descriptions()
    {
        var read = ModelSpec.FromJson(GraphSamples.Several.ToJson(), new Shape(null, 7));
        read.Inputs.Select(input => input.OutputShapes[0]).Should().Equal(new Shape(null, 7), new Shape(2, 8, 8, 1));
    }

    private static string Connected(ModelNode node)
        => $"{node.Name}({string.Join(", ", node.Inputs.Select(input => $"{input.Node.Name}[{input.Index}] {input.Shape}"))})";
}
