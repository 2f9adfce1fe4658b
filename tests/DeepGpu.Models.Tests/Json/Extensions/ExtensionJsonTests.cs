using System.Text.Json.Nodes;

namespace DeepGpu.Models.Tests.Extending;

/// <summary>Classes of a user's in descriptions.</summary>
public class ExtensionJsonTests
{
    private const string Input = """{"class_name": "InputLayer", "config": {"batch_shape": [null, 4]}}""";

    private static readonly Ladder Odd = new(5, new Extent(2, 7))
    {
        Name = "ladder",
        Trainable = false,
        Policy = PrecisionPolicy.MixedBFloat16,
        ActivityRegularizer = new Wobble(0.125, 0.375),
        Slope = 0.1,
        Rails = new((0, 1), (5, 3)),
        Tilt = 1e-30,
        Wood = Wood.Oak,
        Activation = Activation.Gelu,
        RungInitializer = new Stripes(0.3, -2) { Seed = 11 },
        RungRegularizer = new L1L2(0.1, 0.2),
        RungConstraint = new Box(-0.25, 0.5),
        Inside = new Ladder(2, new Extent(3, 1)) { Name = "inside", RungInitializer = new HeNormal() },
    };

    private static ModelSpec Chain => Sequential.Input(3, 4).Apply(Odd).Apply(new TimeDistributed(Odd with { Rungs = 2, Name = "each" }))
        .Apply(new Models.Dense(2)
        {
            KernelInitializer = new Stripes(),
            KernelRegularizer = new Wobble(),
            BiasConstraint = new Box(High: 9)
        }).Build();

    [Fact]
    public void A_chain_comes_back_with_every_option()
    {
        var read = ModelSpec.FromJson(Chain.ToJson(Own.All), extensions: Own.All);
        read.Layers.Select(node => node.Layer).Should().Equal(Chain.Layers.Select(node => node.Layer with { Name = node.Name }));
        read.ToJson(Own.All).Should().Be(Chain.ToJson(Own.All));
        read.ParameterCount.Should().Be(Chain.ParameterCount);
    }

    [Fact]
    public void A_graph_with_several_outputs_and_a_shared_layer_comes_back()
    {
        var (input, shared) = (Functional.Input(3), new Ladder(3, new Extent(1, 2)) { Name = "shared" });
        var forked = input.Apply(shared).ApplyAll(new Fork { Name = "fork" });
        var model = Functional.Model([input], [forked[0].Apply(shared), forked[1]]);
        var read = ModelSpec.FromJson(model.ToJson(Own.All), extensions: Own.All);
        read.ToJson(Own.All).Should().Be(model.ToJson(Own.All));
        read.Outputs.Select(output => output.Shape).Should().Equal(new Shape(null, 3), new Shape(null, 1));
        read.Nodes.Count(node => node.Name == "shared").Should().Be(2);
    }

    [Fact]
    public void It_is_written_as_Keras_writes_registered_classes()
    {
        var written = Layer(Sequential.Input(4).Apply(new Ladder(5, new Extent(2, 7))).Build().ToJson(Own.All));
        ((string)written["module"]!, (string)written["class_name"]!, (string)written["registered_name"]!).Should()
            .Be(("Custom", "Ladder", "Custom>Ladder"));
        written["config"]!.AsObject().Select(option => option.Key).Should().BeEquivalentTo(
            ["rungs", "gap", "slope", "rails", "lean", "wood", "activation", "rung_initializer", "rung_regularizer", "rung_constraint",
                "inside", "name", "trainable", "dtype"]);
        ((string)written["config"]!["wood"]!, written["config"]!["gap"]!.ToJsonString()).Should().Be(("Ash", "[2,7]"));
    }

    [Fact]
    public void A_layer_may_be_called_otherwise_in_files_and_has_its_package()
    {
        var written = Layer(Sequential.Input(4).Apply(new Fork()).Build().ToJson(Own.All));
        ((string)written["class_name"]!, (string)written["registered_name"]!).Should().Be(("TwoTined", "tools>TwoTined"));
    }

    [Theory]
    [InlineData("""{"class_name": "Ladder", "config": {"rungs": 5, "gap": 3}}""")]
    [InlineData("""{"class_name": "Custom>Ladder", "config": {"rungs": 5, "gap": [3]}}""")]
    [InlineData("""{"module": "my.code", "class_name": "Ladder", "registered_name": "Custom>Ladder", "config": {"rungs": 5, "gap": 3}}""")]
    [InlineData(
        """{"module": "m", "class_name": "Ladder", "registered_name": "Ladder", "config": {"rungs": 5, "gap": 3, "inside": null}}""")]
    public void Options_that_are_left_out_have_their_defaults(string layer)
        => Read(layer).Layers[^1].Layer.Should().Be(new Ladder(5, new Extent(3)));

    [Theory]
    [InlineData("unknown_class",
        """{"module": "my.code", "class_name": "Ladder", "registered_name": "other>Ladder", "config": {"rungs": 5, "gap": 3}}""")]
    [InlineData("unknown_class", """{"class_name": "other>Ladder", "config": {"rungs": 5, "gap": 3}}""")]
    [InlineData("unknown_class", """{"class_name": "ladder", "config": {"rungs": 5, "gap": 3}}""")]
    [InlineData("unknown_class", """{"class_name": "Fork", "config": {}}""")]
    [InlineData("unknown_class", """{"class_name": "Stripes", "config": {}}""")]
    [InlineData("unknown_class", """{"class_name": "DeepGpu.Models.Tests.Extending.Ladder", "config": {}}""")]
    [InlineData("unknown_option", """{"class_name": "Ladder", "config": {"rungs": 5, "gap": 3, "tilt": 1}}""")]
    [InlineData("bad_value", """{"class_name": "Ladder", "config": {"gap": 3}}""")]
    [InlineData("bad_value", """{"class_name": "Ladder", "config": {"rungs": 5, "gap": 3, "wood": "Elm"}}""")]
    [InlineData("wrong_field_type", """{"class_name": "Ladder", "config": {"rungs": "5", "gap": 3}}""")]
    [InlineData("unknown_class",
        """{"class_name": "Ladder", "config": {"rungs": 5, "gap": 3, "rung_initializer": {"class_name": "Planks", "config": {}}}}""")]
    public void What_is_not_registered_so_is_refused(string code, string layer)
        => FluentActions.Invoking(() => Read(layer)).Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be(code);

    [Fact]
    public void Without_the_extensions_nothing_is_built_and_the_remedy_names_them()
    {
        var text = Chain.ToJson(Own.All);
        FluentActions.Invoking(() => ModelSpec.FromJson(text)).Should().Throw<ModelFormatException>().WithMessage("*Custom*Ladder*")
            .Which.Fault.Remedy.Should().Contain("Extensions");
        FluentActions.Invoking(() => Chain.ToJson()).Should().Throw<ModelFormatException>().WithMessage("*Ladder*")
            .Which.Fault.Remedy.Should().Contain("Extensions");
        FluentActions.Invoking(() => Chain.ToJson(Extensions.None.WithLayer(new Ladder(1, new Extent(1)), OwnJson.Default.Ladder)))
            .Should().Throw<ModelFormatException>().WithMessage("*Stripes*");
    }

    [Fact]
    public void A_class_that_only_has_the_name_of_one_of_ours_is_not_written_as_it()
    {
        var dense = Sequential.Input(2).Apply(new Dense()).Build();
        dense.Invoking(model => model.ToJson()).Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be("unknown_class");
        var zeros = Sequential.Input(2).Apply(new Models.Dense(2) { KernelInitializer = new Zeros() }).Build();
        zeros.Invoking(model => model.ToJson()).Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be("unknown_class");
    }

    [Fact]
    public void An_optimizer_and_its_schedule_come_back()
    {
        var optimizer = new Slide
        {
            LearningRate = new Stairs(0.5, 7, 0.125),
            Decay = 0.3,
            Length = 9,
            ClipNorm = 2,
            WeightDecay = 0.01,
            ExcludeFromWeightDecay = ["bias"]
        };
        Optimizer.FromJson(optimizer.ToJson(Own.All), Own.All).Should().Be(optimizer);
        Optimizer.FromJson(optimizer.WithLossScaling().ToJson(Own.All), Own.All).Should().Be(optimizer.WithLossScaling());
        Optimizer.FromJson("""{"class_name": "Slide", "config": {}}""", Own.All).Should().Be(new Slide());
        var adam = new Adam { LearningRate = new Stairs(2, 3) };
        Optimizer.FromJson(adam.ToJson(Own.All), Own.All).Should().Be(adam);
    }

    [Fact]
    public void An_optimizer_or_schedule_nobody_registered_is_refused()
    {
        FluentActions.Invoking(() => new Slide().ToJson()).Should().Throw<ModelFormatException>().Which.Fault.Remedy.Should()
            .Contain("Extensions");
        FluentActions.Invoking(() => new Adam { LearningRate = new Stairs(2, 3) }.ToJson()).Should().Throw<ModelFormatException>()
            .Which.Fault.Remedy.Should().Contain("Extensions");
        FluentActions.Invoking(() => Optimizer.FromJson(new Slide().ToJson(Own.All))).Should().Throw<ModelFormatException>()
            .Which.Fault.Code.Should().Be("unknown_class");
    }

    [Fact]
    public void A_constraint_that_nobody_registered_is_left_out_and_told_since_only_training_needs_it()
    {
        var read = Read("""{"class_name": "Ladder", "config": {"rungs": 5, "gap": 3, "rung_constraint": {"class_name": "Fence"}}}""");
        read.Layers[^1].Layer.Should().Be(new Ladder(5, new Extent(3)));
        read.Omitted.Should().ContainSingle().Which.Should().Contain("rung_constraint").And.Contain("Fence");
    }

    private static JsonObject Layer(string json) => JsonNode.Parse(json)!["config"]!["layers"]!.AsArray()[^1]!.AsObject();

    private static ModelSpec Read(string layer) => ModelSpec.FromJson(
        $$$"""{"class_name": "Sequential", "config": {"name": "s", "layers": [{{{Input}}}, {{{layer}}}]}}""",
        extensions: Own.All);
}
