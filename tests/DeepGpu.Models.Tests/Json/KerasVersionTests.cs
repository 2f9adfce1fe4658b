namespace DeepGpu.Models.Tests.Json;

/// <summary>What Keras 2 and older wrote in other ways than Keras 3.</summary>
public class KerasVersionTests
{
    [Fact]
    public void A_bare_list_of_layers_is_a_Sequential()
    {
        var spec = ModelSpec.FromJson("""{"class_name": "Sequential", "config": [{"class_name": "Dense", "config": {"name": "dense_1","""
            + """ "units": 3, "batch_input_shape": [null, 4]}}]}""");
        spec.IsSequential.Should().BeTrue();
        spec.ParameterCount.Should().Be(15);
    }

    [Theory]
    [InlineData("{\"class_name\": \"InputLayer\", \"config\": {\"batch_input_shape\": [null, 4], \"name\": \"i\"}}, {\"class_name\": "
        + "\"Dense\", \"config\": {\"units\": 3}}", "")]
    [InlineData("{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 4], \"name\": \"i\"}}, {\"class_name\": \"Dense\", "
        + "\"config\": {\"units\": 3}}", "")]
    [InlineData("{\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"batch_input_shape\": [null, 4]}}", "")]
    [InlineData("{\"class_name\": \"Dense\", \"config\": {\"units\": 3}}", ", \"build_input_shape\": [null, 4]")]
    [InlineData("{\"class_name\": \"Dense\", \"config\": {\"units\": 3}, \"build_config\": {\"input_shape\": [null, 4]}}", "")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"name\": \"inner\", \"layers\": [{\"class_name\": \"Dense\", \"config\": "
        + "{\"units\": 3, \"batch_input_shape\": [null, 4]}}]}}", "")]
    public void The_inputs_shape_is_found_wherever_a_version_wrote_it(string layers, string more)
        => ModelSpec.FromJson($$"""{"class_name": "Sequential", "config": {"layers": [{{layers}}]{{more}} } }""")
            .InputShape.Should().Be(new Shape(null, 4));

    [Fact]
    public void An_input_shape_can_be_given_where_the_description_has_none()
        => ModelSpec.FromJson("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 3}}]}}""",
            new Shape(null, 5))
            .ParameterCount.Should().Be(18);

    [Fact]
    public void The_hard_sigmoid_of_Keras_2_has_another_slope_than_that_of_Keras_3()
    {
        Recurrent("", "LSTM", "\"recurrent_activation\": \"hard_sigmoid\"")
            .Should().BeOfType<LSTM>().Which.RecurrentActivation.Should().Be(Activation.LegacyHardSigmoid);
        Recurrent("\"module\": \"keras\", ", "LSTM", "\"recurrent_activation\": \"hard_sigmoid\"")
            .Should().BeOfType<LSTM>().Which.RecurrentActivation.Should().Be(Activation.HardSigmoid);
        Recurrent("", "Bidirectional",
            "\"layer\": {\"class_name\": \"LSTM\", \"config\": {\"units\": 2, \"recurrent_activation\": \"hard_sigmoid\"}}", "")
            .Should().BeOfType<Bidirectional>()
            .Which.Layer.Should().BeOfType<LSTM>().Which.RecurrentActivation.Should().Be(Activation.LegacyHardSigmoid);
    }

    [Fact]
    public void A_GRU_that_does_not_say_resets_before_in_Keras_2_and_after_in_Keras_3()
    {
        Recurrent("", "GRU", "\"implementation\": 1, \"time_major\": false").Should().BeOfType<GRU>().Which.ResetAfter.Should().BeFalse();
        Recurrent("", "GRU", "\"reset_after\": true").Should().BeOfType<GRU>().Which.ResetAfter.Should().BeTrue();
        Recurrent("\"module\": \"keras\", ", "GRU", "\"seed\": 3").Should().BeOfType<GRU>().Which.ResetAfter.Should().BeTrue();
    }

    [Fact]
    public void The_normal_distribution_of_Keras_2_is_the_truncated_one()
        => Recurrent("", "LSTM", "\"kernel_initializer\": {\"class_name\": \"VarianceScaling\", \"config\": {\"scale\": 1, \"mode\": "
            + "\"fan_avg\", \"distribution\": \"normal\", \"seed\": null}}")
            .Should().BeOfType<LSTM>()
            .Which.KernelInitializer.Should().Be(new VarianceScaling(1, FanMode.FanAvg, VarianceDistribution.TruncatedNormal));

    [Fact]
    public void Inbound_nodes_as_lists_name_layers_calls_and_outputs()
    {
        var spec = ModelSpec.FromJson("""
            {"class_name": "Model", "keras_version": "2.2.4", "config": {"name": "m", "layers": [
                {"class_name": "InputLayer", "name": "a",
                 "config": {"batch_input_shape": [null, 4], "dtype": "float32", "sparse": false, "name": "a"},
                 "inbound_nodes": []},
                {"class_name": "InputLayer", "name": "b",
                 "config": {"batch_input_shape": [null, 4], "dtype": "float32", "sparse": false, "name": "b"},
                 "inbound_nodes": []},
                {"class_name": "Dense", "name": "shared", "config": {"name": "shared", "units": 3},
                 "inbound_nodes": [[["a", 0, 0, {}]], [["b", 0, 0, {}]]]},
                {"class_name": "Concatenate", "name": "join", "config": {"name": "join", "axis": -1},
                 "inbound_nodes": [[["shared", 1, 0, {}], ["shared", 0, 0, {}]]]}],
                "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["join", 0, 0]]}}
            """);
        spec.OutputShape.Should().Be(new Shape(null, 6));
        spec.Nodes[^1].Inputs.Select(input => input.Node.Inputs[0].Node.Name).Should().Equal("b", "a");
        spec.ParameterCount.Should().Be(15);
    }

    [Fact]
    public void An_initial_state_in_a_call_of_Keras_2_is_an_input()
    {
        var spec = ModelSpec.FromJson("""
            {"class_name": "Model", "config": {"layers": [
                {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": [null, 5, 4]}, "inbound_nodes": []},
                {"class_name": "InputLayer", "name": "h", "config": {"batch_input_shape": [null, 3]}, "inbound_nodes": []},
                {"class_name": "GRU", "name": "gru", "config": {"units": 3, "reset_after": true},
                 "inbound_nodes": [[["x", 0, 0, {}], ["h", 0, 0, {}]]]}],
                "input_layers": [["x", 0, 0], ["h", 0, 0]], "output_layers": [["gru", 0, 0]]}}
            """);
        spec.Nodes[^1].Inputs.Select(input => input.Node.Name).Should().Equal("x", "h");
    }

    [Theory]
    [InlineData("\"output_layers\": [[\"d\", 0, 0]]")]
    [InlineData("\"output_layers\": [\"d\", 0, 0]")]
    [InlineData("\"output_layers\": {\"first\": [\"d\", 0, 0]}")]
    public void Outputs_may_be_a_reference_a_list_or_a_map(string outputs)
        => ModelSpec.FromJson($$"""
            {"class_name": "Functional", "config": {"layers": [
                {"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, 4]}, "inbound_nodes": []},
                {"class_name": "Dense", "name": "d", "config": {"units": 3}, "inbound_nodes": [[["in", 0, 0, {}]]]}],
                "input_layers": ["in", 0, 0], {{outputs}} } }
            """).OutputShape.Should().Be(new Shape(null, 3));

    [Fact]
    public void Older_spellings_of_options_are_understood()
    {
        Recurrent("", "LeakyReLU", "\"alpha\": 0.5", "").Should().Be(new LeakyReLU { Name = "r", NegativeSlope = 0.5 });
        Recurrent("", "BatchNormalization", "\"axis\": [2], \"fused\": true", "")
            .Should().Be(new BatchNormalization { Name = "r", Axis = 2 });
        Recurrent("", "Dense", "\"units\": 3, \"kernel_initializer\": \"he_normal\", \"activation\": \"swish\"", "")
            .Should().Be(new Dense(3, Activation.Silu) { Name = "r", KernelInitializer = Initializer.HeNormal });
        Image("ZeroPadding2D", "\"padding\": [1, 2]").Should().Be(new ZeroPadding2D(((1, 1), (2, 2))) { Name = "r" });
        Image("Cropping2D", "\"cropping\": 1").Should().Be(new Cropping2D(1) { Name = "r" });
        Recurrent("", "RNN", "\"cell\": [{\"class_name\": \"LSTMCell\", \"config\": {\"units\": 2}}, {\"class_name\": \"SimpleRNNCell\", "
            + "\"config\": {\"units\": 3}}]", "")
            .Should().Be(new RNN(new StackedRNNCells(new LSTMCell(2), new SimpleRNNCell(3))) { Name = "r" });
    }

    private static Layer Image(string className, string options)
        => ModelSpec.FromJson($$"""{"class_name": "Sequential", "config": [{"class_name": "{{className}}","""
            + $$""" "config": {"name": "r", "batch_input_shape": [null, 5, 5, 1], {{options}} } }]}""")
            .Layers[1].Layer;

    private static Layer Recurrent(string module, string className, string options, string units = "\"units\": 2, ")
        => ModelSpec.FromJson($$"""{ {{module}}"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer","""
            + $$""" "config": {"{{(module.Length == 0 ? "batch_input_shape" : "batch_shape")}}": [null, 5, 4]} }, """
            + $$"""{"class_name": "{{className}}", "config": {"name": "r", {{units}}{{options}} } }]} }""")
            .Layers[1].Layer;
}
