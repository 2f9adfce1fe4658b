using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Json;

/// <summary>Descriptions that must not be read.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("not_json", "nonsense")]
    [InlineData("not_json", "")]
    [InlineData("not_json", "{\"class_name\": NaN}")]
    [InlineData("not_json", "{} {}")]
    [InlineData("not_json", "{\"class_name\": \"Sequential\", // a remark\n\"config\": {}}")]
    [InlineData("duplicate_name", "{\"class_name\": \"Sequential\", \"class_name\": \"Functional\", \"config\": {}}")]
    [InlineData("missing_field", "{}")]
    [InlineData("missing_field", "[]")]
    [InlineData("missing_field", "null")]
    [InlineData("missing_field", "\"Sequential\"")]
    [InlineData("missing_field", "{\"class_name\": 3}")]
    [InlineData("missing_field", "{\"class_name\": \"Sequential\"}")]
    [InlineData("missing_field", "{\"class_name\": \"Functional\", \"config\": {}}")]
    [InlineData("missing_field", "{\"class_name\": \"Sequential\", \"config\": {\"layers\": {}}}")]
    [InlineData("missing_field", "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [3]}}")]
    [InlineData("input_shape_missing", "{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}")]
    [InlineData("unknown_class", "{\"class_name\": \"Dense\", \"config\": {\"units\": 3}}")]
    [InlineData("unknown_class", "{\"module\": \"os\", \"class_name\": \"system\", \"config\": \"rm\"}")]
    [InlineData("unknown_class", "{\"module\": \"my_package\", \"class_name\": \"Sequential\", \"config\": {\"layers\": []}}")]
    [InlineData("wrong_field_type",
        "{\"class_name\": \"Sequential\", \"config\": {\"name\": 3, \"layers\": [{\"class_name\": \"InputLayer\", \"config\": "
            + "{\"batch_shape\": [null, 2]}}]}}")]
    public void A_text_that_is_no_model_is_refused(string code, string json) => Code(json).Should().Be(code);

    [Theory]
    [InlineData("lambda_layer", "Lambda", "{\"function\": [\"4wEAAA==\", null, null]}")]
    [InlineData("lambda_layer", "Lambda", "{\"function\": {\"class_name\": \"__lambda__\", \"config\": {\"code\": \"4wEAAA==\"}}}")]
    [InlineData("lambda_layer", "TFOpLambda", "{\"function\": \"math.add\"}")]
    [InlineData("lambda_layer", "SlicingOpLambda", "{\"function\": \"getitem\"}")]
    [InlineData("unknown_class", "lambda", "{}")]
    [InlineData("unknown_class", "TorchModuleWrapper", "{\"module\": \"gASVAAAA\"}")]
    [InlineData("external_reference", "StringLookup", "{\"vocabulary\": \"http://somewhere/else\"}")]
    [InlineData("unknown_class", "System.Diagnostics.Process", "{}")]
    [InlineData("unknown_class", "NestedModel", "{}")]
    [InlineData("unknown_class", "Custom>Dense", "{\"units\": 3}")]
    [InlineData("unknown_option", "Dense", "{\"units\": 3, \"lora_depth\": 4}")]
    [InlineData("unknown_option", "Dense", "{\"units\": 3, \"Units\": 4}")]
    [InlineData("unknown_option", "MultiHeadAttention", "{\"num_heads\": 1, \"key_dim\": 2, \"use_door\": true}")]
    [InlineData("unknown_option", "Dense",
        "{\"units\": 3, \"kernel_initializer\": {\"class_name\": \"GlorotUniform\", \"config\": {\"input_axes\": [0]}}}")]
    [InlineData("unknown_activation", "Dense", "{\"units\": 3, \"activation\": \"my_function\"}")]
    [InlineData("unknown_activation", "Activation",
        "{\"activation\": {\"module\": \"builtins\", \"class_name\": \"function\", \"config\": \"my_function\"}}")]
    [InlineData("unknown_class", "Dense", "{\"units\": 3, \"kernel_initializer\": \"my_start\"}")]
    [InlineData("unknown_class", "TimeDistributed", "{\"layer\": {\"class_name\": \"Mystery\", \"config\": {}}}")]
    [InlineData("lambda_layer", "TimeDistributed", "{\"layer\": {\"class_name\": \"Lambda\", \"config\": {}}}")]
    [InlineData("bad_value", "Bidirectional", "{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 3}}}")]
    [InlineData("bad_value", "Dense", "{}")]
    [InlineData("bad_value", "Dense", "{\"units\": null}")]
    [InlineData("bad_value", "Dense", "{\"units\": 0}")]
    [InlineData("bad_value", "Dense", "{\"units\": -1}")]
    [InlineData("wrong_field_type", "Dense", "{\"units\": \"many\"}")]
    [InlineData("wrong_field_type", "Dense", "{\"units\": \"3\"}")]
    [InlineData("bad_value", "Dense", "{\"units\": 2.5}")]
    [InlineData("dimension_too_large", "Dense", "{\"units\": 1099511627776}")]
    [InlineData("bad_value", "Dense", "{\"units\": [3]}")]
    [InlineData("bad_value", "Dense", "{\"units\": 3, \"use_bias\": 1}")]
    [InlineData("bad_value", "Dense", "{\"units\": 3, \"activation\": 7}")]
    [InlineData("bad_value", "Dense", "{\"units\": 3, \"dtype\": \"float8\"}")]
    [InlineData("bad_value", "Dense", "{\"units\": 3, \"kernel_initializer\": 7}")]
    [InlineData("bad_value", "Dense", "{\"units\": 3, \"kernel_initializer\": {}}")]
    [InlineData("bad_value", "Dense", "{\"units\": 3, \"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": -1}}}")]
    [InlineData("bad_value", "Dropout", "{\"rate\": 1.5}")]
    [InlineData("bad_value", "Conv2D", "{\"filters\": 2, \"kernel_size\": [3, 0]}")]
    [InlineData("bad_value", "Conv2D", "{\"filters\": 2, \"kernel_size\": [3, null]}")]
    [InlineData("bad_value", "Conv2D", "{\"filters\": 2, \"kernel_size\": 3, \"padding\": \"full\"}")]
    [InlineData("bad_value", "Conv2D", "{\"filters\": 2, \"kernel_size\": 3, \"padding\": 0}")]
    [InlineData("bad_value", "ZeroPadding2D", "{\"padding\": [[1, 1, 1], [1, 1]]}")]
    [InlineData("bad_value", "ZeroPadding2D", "{\"padding\": []}")]
    [InlineData("bad_value", "BatchNormalization", "{\"axis\": [1, 2]}")]
    [InlineData("bad_value", "Rescaling", "{\"scale\": []}")]
    [InlineData("bad_value", "Rescaling", "{\"scale\": {}}")]
    [InlineData("bad_value", "RNN", "{\"cell\": []}")]
    [InlineData("bad_value", "InputLayer", "{\"batch_shape\": []}")]
    [InlineData("bad_value", "InputLayer", "{\"batch_shape\": [null, -2]}")]
    [InlineData("unknown_class", "InputLayer", "{\"batch_shape\": [null, 2], \"dtype\": \"string\"}")]
    [InlineData("bad_model", "LSTM", "{\"units\": 3}")]
    [InlineData("bad_model", "Dense", "{\"units\": 2147483647, \"name\": \"a/b\"}")]
    [InlineData("bad_model", "Dense", "{\"units\": 3, \"name\": \"../../x\"}")]
    public void A_layer_that_cannot_be_is_refused_by_name(string code, string className, string config)
        => Code("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer","""
            + $$""" "config": {"batch_shape": [null, 4]} }, {"class_name": "{{className}}", "config": {{config}} }]} }""")
            .Should().Be(code);

    [Theory]
    [InlineData("cycle", "[[\"b\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("cycle", "[[\"a\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("missing_layer", "[[\"in\", 0, 0, {}]]", "[[\"ghost\", 0, 0, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("missing_call", "[[\"in\", 0, 0, {}]]", "[[\"a\", 1, 0, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("missing_output", "[[\"in\", 0, 0, {}]]", "[[\"a\", 0, 1, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("missing_layer", "[[\"in\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]", "a", "\"ghost\", 0, 0")]
    [InlineData("missing_output", "[[\"in\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]", "a", "\"b\", 0, 7")]
    [InlineData("missing_output", "[[\"in\", 0, 0, {}]]", "[[\"a\", 0, -1, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("duplicate_name", "[[\"in\", 0, 0, {}]]", "[[\"in\", 0, 0, {}]]", "b", "\"b\", 0, 0")]
    [InlineData("unknown_argument", "[[\"in\", 0, 0, {\"training\": 3}]]", "[[\"a\", 0, 0, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("wrong_field_type", "[[3, 0, 0, {}]]", "[[\"a\", 0, 0, {}]]", "a", "\"b\", 0, 0")]
    [InlineData("bad_model", "[[\"in\", 0, 0, {}], [\"in\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]", "a", "\"b\", 0, 0")]
    public void A_graph_that_cannot_be_is_refused(string code, string inputOfA, string inputOfB, string nameOfA, string output)
        => Code($$"""
        {"class_name": "Functional", "config": {"name": "m", "layers": [
            {"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, 4]}, "inbound_nodes": []},
            {"class_name": "Dense", "name": "{{nameOfA}}", "config": {"units": 4}, "inbound_nodes": [{{inputOfA}}]},
            {"class_name": "Dense", "name": "b", "config": {"units": 4}, "inbound_nodes": [{{inputOfB}}]}],
            "input_layers": [["in", 0, 0]], "output_layers": [[{{output}}]]} }
        """).Should().Be(code);

    [Fact]
    public void The_text_names_a_layer_in_the_circle_and_not_one_behind_it()
    {
        const string Json = """
            {"class_name": "Functional", "config": {"layers": [
                {"class_name": "Dense", "name": "behind", "config": {"units": 4}, "inbound_nodes": [[["x", 0, 0, {}]]]},
                {"class_name": "Dense", "name": "x", "config": {"units": 4}, "inbound_nodes": [[["y", 0, 0, {}]]]},
                {"class_name": "Dense", "name": "y", "config": {"units": 4}, "inbound_nodes": [[["x", 0, 0, {}]]]}],
                "input_layers": [], "output_layers": [["behind", 0, 0]]}}
            """;
        FluentActions.Invoking(() => ModelSpec.FromJson(Json)).Should().Throw<ModelFormatException>()
            .WithMessage("A graph may not run in a circle, but 'x' waits for its own output. Correct the description.");
    }

    [Fact]
    public void A_number_added_to_a_tensor_is_not_dropped()
    {
        const string Json = """
            {"module": "keras.src.models.functional", "class_name": "Functional", "config": {"layers": [
                {"module": "keras.layers", "class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, 4]},
                 "inbound_nodes": []},
                {"module": "keras.src.ops.numpy", "class_name": "Add", "name": "add", "config": {"name": "add"},
                 "inbound_nodes": [{"args": [
                    {"class_name": "__keras_tensor__", "config": {"shape": [null, 4], "dtype": "float32",
                     "keras_history": ["in", 0, 0]}}, 3.0], "kwargs": {}}]}],
                "input_layers": [["in", 0, 0]], "output_layers": [["add", 0, 0]]}}
            """;
        ModelSpec.FromJson(ModelSpec.FromJson(Json).ToJson()).Layers[^1].Layer.Should()
            .Be(new TensorFunction("Add", ("x1", FunctionArgument.Input(0)), ("x2", 3.0)) { Name = "add" });
        Code(Json.Replace("\"Add\"", "\"Average\"", StringComparison.Ordinal))
            .Should().Be("unknown_class", "not every function of keras.ops is the layer of its name");
    }

    [Theory]
    [InlineData("kernel_regularizer", "{\"class_name\": \"Custom\", \"config\": {}}")]
    [InlineData("bias_constraint", "{\"class_name\": \"WeightClip\", \"config\": {\"c\": 0.5}}")]
    [InlineData("kernel_constraint", "\"my_limit\"")]
    public void What_matters_only_in_training_is_left_out_and_noted(string option, string value)
    {
        var spec = ModelSpec.FromJson($$$"""
            {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense",
                "config": {"name": "d", "units": 3, "{{{option}}}": {{{value}}}, "batch_input_shape": [null, 4]} }]} }
            """);
        spec.Omitted.Should().ContainSingle().Which.Should().StartWith(option).And.EndWith("of 'd'");
        ModelSpec.FromJson(spec.ToJson()).Omitted.Should().BeEmpty();
    }

    [Fact]
    public void Calls_of_one_layer_that_differ_are_not_made_alike()
    {
        const string Json = """
            {"class_name": "Functional", "config": {"layers": [
                {"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, 6, 4]}, "inbound_nodes": []},
                {"class_name": "Attention", "name": "a", "config": {},
                 "inbound_nodes": [[["in", 0, 0, {"use_causal_mask": true}], ["in", 0, 0, {}]], [["in", 0, 0, {}], ["in", 0, 0, {}]]]}],
                "input_layers": [["in", 0, 0]], "output_layers": [["a", 0, 0], ["a", 1, 0]]}}
            """;
        Code(Json).Should().Be("different_calls");
        ModelSpec.FromJson(Json.Replace("{}], [\"in\", 0, 0, {}]]]",
            "{\"use_causal_mask\": true}], [\"in\", 0, 0, {}]]]", StringComparison.Ordinal))
            .Layers[1].Layer.Should().Be(new Attention { Name = "a", UseCausalMask = true });
    }

    [Theory]
    [InlineData(60, "too_deep")]
    [InlineData(400, "too_deep")]
    public void Nesting_without_end_is_refused(int depth, string code)
    {
        const string Opening = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [";
        Code(string.Concat(Enumerable.Repeat(Opening, depth)) + string.Concat(Enumerable.Repeat("]}}", depth))).Should().Be(code);
    }

    [Fact]
    public void A_long_chain_written_backwards_is_read_in_a_moment()
    {
        var layers = Enumerable.Range(0, 5_000).Select(i =>
            $$"""{"class_name": "Dense", "name": "d{{i}}", "config": {"units": 2},"""
                + $$""" "inbound_nodes": [[["{{(i == 0 ? "in" : $"d{i - 1}")}}", 0, 0, {}]]]}""").Reverse();
        var json = $$"""{"class_name": "Functional", "config": {"layers": [{{string.Join(',', layers)}}, """
            + """{"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, 2]}, "inbound_nodes": []}],"""
            + """ "input_layers": [["in", 0, 0]], "output_layers": [["d4999", 0, 0]]} }""";
        ModelSpec.FromJson(json).ParameterCount.Should().Be(5_000 * 6);
    }

    [Fact]
    public void The_text_says_which_option_of_which_layer_has_which_value()
        => FluentActions.Invoking(() => ModelSpec.FromJson("""{"class_name": "Sequential", "config": [{"class_name": "Dense","""
            + """ "config": {"name": "head", "units": 0, "batch_input_shape": [null, 4]}}]}"""))
            .Should().Throw<ModelFormatException>()
            .WithMessage("The options of Dense 'head' must have values the layer allows, but: Dense: units must be at least 1, but is 0. "
                + "Pass a value that is at least 1. Correct the description. [entry 'head']");

    [Fact]
    public void Control_characters_of_a_file_do_not_reach_the_terminal()
        => FluentActions.Invoking(() => ModelSpec.FromJson("""{"class_name": "\u001b[2Jevil", "config": {}}"""))
            .Should().Throw<ModelFormatException>()
            .WithMessage("A model description may name only classes this library knows, but names '\\u001b[2Jevil'. Use a class "
                + "of this library, or register your own with Extensions and pass them to this call.");

    [Fact]
    public void Hostile_archives_whose_fault_is_in_the_description_are_refused()
    {
        var files = HostileCorpus.OfKind("keras").Where(file => file.Id.Contains("-cfg_", StringComparison.Ordinal)
            || file.Id.Contains("-config_", StringComparison.Ordinal) && !file.Id.EndsWith("_missing", StringComparison.Ordinal)).ToList();
        files.Should().HaveCountGreaterThan(10).And.OnlyContain(file => file.Expect == "reject");
        foreach (var file in files) Code(KerasArchive.Config(file.Path), file.Id).Should().NotBeEmpty();
    }

    [Fact]
    public void Valid_controls_of_the_hostile_archives_are_read()
    {
        var files = HostileCorpus.OfKind("keras").Where(file => file.Expect == "load").ToList();
        files.Should().NotBeEmpty();
        foreach (var file in files) ModelSpec.FromJson(KerasArchive.Config(file.Path)).ParameterCount.Should().Be(2 * 3 + 3, file.Id);
    }

    private static string Code(string json, string because = "")
        => FluentActions.Invoking(() => ModelSpec.FromJson(json)).Should().Throw<ModelFormatException>(because).Which.Fault.Code;
}
