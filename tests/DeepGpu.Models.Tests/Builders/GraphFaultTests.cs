namespace DeepGpu.Models.Tests.Builders;

public class GraphFaultTests
{
    private static readonly SymbolicTensor Input = Functional.Input(new InputLayer(new(null, 4)) { Name = "in" });

    [Fact]
    public void Faults_in_two_branches_are_listed_together()
    {
        var left = Input.Conv2D(8, 3, name: "left").Flatten().Dense(3);
        var right = Input.Dense(6, name: "wide").LSTM(3, name: "right");
        var faults = Faults(() => Functional.Model([Input], [left, right.Concatenate(left)]));
        faults.Select(fault => fault.Rule).Should().Equal(
            "Conv2D 'left' after 'in' needs an input of 4 axes (batch, height, width, channels)",
            "LSTM 'right' after 'wide' needs an input of 3 axes (batch, time, features)");
    }

    [Fact]
    public void The_message_holds_every_fault_a_line_each()
        => FluentActions.Invoking(() => Functional.Model([Input], [Input.LSTM(3, name: "a"), Input.GRU(3, name: "b")]))
            .Should().Throw<ModelBuildException>()
            .Which.Message.Split(Environment.NewLine).Should().HaveCount(2);

    [Fact]
    public void Names_shapes_and_connections_are_listed_together()
        => Faults(() => Functional.Model([Input, Functional.Input(3)], [Input.Dense(2, name: "a").Dense(2, name: "a").LSTM(3)]))
            .Select(fault => fault.Code)
            .Should().Equal("disconnected", "duplicate_layer_name", "shape");

    [Fact]
    public void Duplicate_names_say_how_many_layers_share_one()
        => Faults(() => Input.Dense(2, name: "a").Dense(2, name: "a").Dense(2, name: "a").Build()).Single().ToString()
            .Should().Be("Each layer of a model needs its own name, but 3 layers are called 'a'. Rename them, or leave the "
                + "name out to have one chosen.");

    [Theory]
    [InlineData("", "")]
    [InlineData("a/b", "a/b")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("..", "..")]
    [InlineData(".", ".")]
    [InlineData("a\nb", "a\\u000ab")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("turned\u202e", "turned\\u202e")]
    [InlineData("a\u2066b", "a\\u2066b")]
    public void A_name_that_is_a_path_or_holds_control_characters_is_refused(string name, string shown)
        => Faults(() => Input.Dense(2, name: name).Build()).Single().ToString()
            .Should().Be($"A layer's name may not be empty, a path or hold control characters, but is '{shown}'. Rename the layer.");

    [Theory]
    [InlineData("a\nerror: forged", "a\\u000aerror: forged")]
    [InlineData("\u001b]0;title\u0007", "\\u001b]0;title\\u0007")]
    [InlineData("turned\u202e", "turned\\u202e")]
    public void A_models_name_that_cannot_be_shown_is_refused(string name, string shown)
    {
        var message = $"A model's name may not hold control or formatting characters, but is '{shown}'. Rename the model.";
        Faults(() => Input.Dense(2).Build(name)).Single().ToString().Should().Be(message);
        Faults(() => Functional.Model([Input], [Input.Dense(2)], name)).Should().Contain(fault => fault.ToString() == message);
    }

    [Fact]
    public void A_weights_name_that_cannot_be_shown_is_refused()
        => Faults(() => Functional.Model([Input], [Input.Apply(new Odd())]))
            .Should().ContainSingle(fault => fault.Code == "bad_layer_name" && fault.Received == "but is 'turned\\u202e'.");

    [Fact]
    public void Names_of_every_script_are_names()
    {
        var model = Input.Dense(2, name: "größe 数 🐈").Build("модель 数 🐈");
        (model.Name, model.Layers[1].Name).Should().Be(("модель 数 🐈", "größe 数 🐈"));
    }

    [Fact]
    public void A_name_with_dots_is_a_name() => Input.Dense(2, name: "layer1.0.fc").Build().Layers[1].Name.Should().Be("layer1.0.fc");

    [Fact]
    public void An_input_that_leads_nowhere_is_named()
        => Faults(() => Functional.Model([Input, Functional.Input(new InputLayer(new(null, 3)) { Name = "idle" })], [Input.Dense(2)]))
            .Single().ToString()
            .Should()
            .Be("Each input must lead to an output, but 'idle' leads to none. Name every input that the outputs depend on, and no other.");

    [Fact]
    public void An_input_that_is_missing_from_the_list_is_a_fault()
        => Faults(() => Functional.Model([Input], [Input.Add(Functional.Input(4))])).Single().ToString()
            .Should().Be("Every input must be in the list of inputs, but an output depends on one that is not. Name every input that the "
                + "outputs depend on, and no other.");

    [Fact]
    public void An_input_listed_twice_is_a_fault()
        => Faults(() => Functional.Model([Input, Input], [Input.Dense(2)]))
            .Single().ToString().Should().StartWith("Each input may be listed once, but one is listed twice.");

    [Fact]
    public void An_input_in_the_middle_of_a_graph_is_a_fault()
        => Faults(() => Input.Dense(3) is var middle ? Functional.Model([Input, middle], [middle.Dense(2)]) : null!).Single().ToString()
            .Should().StartWith("Each input of a model must be made by Functional.Input, but one is the output of a Dense.");

    [Fact]
    public void A_model_without_outputs_is_a_fault()
        => Faults(() => Functional.Model([Input], [])).Select(fault => fault.Code).Should().AllBe("disconnected");

    [Fact]
    public void A_chain_with_two_inputs_is_a_fault()
        => Faults(() => Input.Add(Functional.Input(4)).Build())
            .Single().ToString().Should().StartWith("A chain of layers has exactly one input, but this one has 2.");

    [Fact]
    public void A_shared_layer_keeps_the_weights_of_its_first_call()
    {
        var shared = new Dense(2) { Name = "shared" };
        Faults(() => Functional.Model([Input], [Input.Apply(shared), Input.Dense(3, name: "three").Apply(shared)]))
            .Single().ToString().Should().Be(
            "Dense 'shared' after 'three' needs an input like that of its first call, whose weights it shares but receives (batch, 3). Use "
                + "another layer here, or make the lengths equal.");
    }

    [Fact]
    public void A_value_after_a_fault_has_no_shape_yet() => Input.LSTM(3).Dense(2).Shape.Should().BeNull();

    [Fact]
    public void A_model_of_several_inputs_has_no_one_input_shape()
    {
        var other = Functional.Input(4);
        var spec = Functional.Model([Input, other], [Input.Add(other)], "pair");
        FluentActions.Invoking(() => spec.InputShape).Should().Throw<ModelStateException>()
            .WithMessage("A model with one input is needed here, but 'pair' has 2. Read ModelSpec.Inputs instead.");
        FluentActions.Invoking(() => Sequential.From(spec)).Should().Throw<ModelStateException>();
        FluentActions.Invoking(() => Functional.Model([Input], [Input, Input.Dense(2)], "pair").OutputShape)
            .Should().Throw<ModelStateException>().WithMessage("A model with one output is needed here, but 'pair' has 2. *");
    }

    private static IReadOnlyList<Fault> Faults(Func<ModelSpec> build)
        => FluentActions.Invoking(build).Should().Throw<ModelBuildException>().Which.Faults;

    private sealed record Odd : UnaryLayer
    {
        public override Shape OutputShape(Shape input) => input;

        public override IReadOnlyList<WeightSpec> Weights(Shape input) => [new("turned\u202e", [2], Initializer.Zeros)];
    }
}
