namespace DeepGpu.Models.Tests.Builders;

public class GraphTests
{
    [Fact]
    public void Layers_come_in_Kerass_order_farthest_from_the_outputs_first()
    {
        var input = Functional.Input(4);
        var near = input.Dense(2, name: "near");
        var far = input.Dense(2, name: "far_1").Dense(2, name: "far_2").Dense(2, name: "far_3");
        Functional.Model([input], [near.Add(far)]).Layers.Select(layer => layer.Name)
            .Should().Equal("input_layer", "far_1", "far_2", "near", "far_3", "add");
    }

    [Fact]
    public void Names_are_chosen_in_the_order_in_which_layers_are_applied()
    {
        var input = Functional.Input(4);
        var (first, second, third) = (input.Dense(1), input.Dense(2, name: "dense_1"), input.Dense(3));
        var spec = Functional.Model([input], [third, second, first]);
        spec.Outputs.Select(output => output.Node.Name).Should().Equal("dense_2", "dense_1", "dense");
    }

    [Fact]
    public void A_chain_of_three_thousand_layers_is_built_written_and_read()
    {
        var spec = Enumerable.Range(0, 3_000).Aggregate(Sequential.Input(2), (value, _) => value.Dense(2)).Build();
        spec.ParameterCount.Should().Be(18_000);
        ModelSpec.FromJson(spec.ToJson()).ParameterCount.Should().Be(18_000);
        var input = Functional.Input(2);
        var graph = Functional.Model([input], [Enumerable.Range(0, 3_000).Aggregate(input, (value, _) => value.Dense(2))]);
        ModelSpec.FromJson(graph.ToJson()).ParameterCount.Should().Be(18_000);
    }

    [Fact]
    public void Shared_layers_count_once()
    {
        var (a, b, shared) = (Functional.Input(4), Functional.Input(4), new Dense(3));
        var spec = Functional.Model([a, b], [a.Apply(shared).Add(b.Apply(shared))]);
        spec.ParameterCount.Should().Be(15);
        spec.Nodes.Should().HaveCount(5);
        spec.Layers.Should().HaveCount(4);
    }

    [Fact]
    public void Another_input_shape_makes_other_weights()
    {
        var spec = Sequential.Input(null, 10).LSTM(64).Dense(1).Build().WithInputShapes(new Shape(null, 7, 3));
        spec.Layers[1].Weights[0].Shape.Should().Equal(3, 256);
        spec.InputShape.Should().Be(new Shape(null, 7, 3));
        FluentActions.Invoking(() => spec.WithInputShapes(new Shape(null, 7)))
            .Should().Throw<ModelBuildException>().WithMessage("LSTM 'lstm' after 'input_layer' needs *");
        FluentActions.Invoking(() => spec.WithInputShapes())
            .Should().Throw<DeepGpuArgumentException>().WithMessage("WithInputShapes: shapes must be 1 shapes, one an input, but is 0. *");
    }

    [Fact]
    public void Unfreezing_the_last_layers_counts_those_with_weights()
    {
        var frozen = Sequential.Input(4).Dense(3).Dense(2).Flatten().Dense(1).Build().Freeze();
        frozen.TrainableParameterCount.Should().Be(0);
        frozen.Unfreeze(2).TrainableParameterCount.Should().Be((3 + 1) * 2 + (2 + 1) * 1);
        frozen.Unfreeze(0).TrainableParameterCount.Should().Be(0);
    }

    [Fact]
    public void A_frozen_nested_model_is_unfrozen_with_its_layers()
    {
        var frozen = Sequential.From(Sequential.Input(4).Dense(3).Build("inner")).Dense(1).Build().Freeze();
        frozen.Unfreeze(2).TrainableParameterCount.Should().Be(15 + 4);
    }

    [Fact]
    public void Changing_a_model_keeps_masks_shared_layers_and_order()
    {
        var spec = GraphSamples.Masked;
        spec.Freeze().Summary().Should().Be(spec.Summary().Replace("Trainable: 166 (664 B)", "Trainable: 0 (0 B)")
            .Replace("Non-trainable: 0 (0 B)", "Non-trainable: 166 (664 B)"));
    }

    [Theory]
    [InlineData("SimpleRNN", 4_865)]
    [InlineData("LSTM", 19_265)]
    [InlineData("GRU", 14_657)]
    public void The_recurrent_listings_have_their_parameters(string layer, long parameters)
    {
        var input = Sequential.Input(null, 10);
        var core = layer switch { "SimpleRNN" => input.SimpleRNN(64), "LSTM" => input.LSTM(64), _ => input.GRU(64) };
        core.Dense(1, Activation.Sigmoid).Build().ParameterCount.Should().Be(parameters);
    }
}
