namespace DeepGpu.Models.Tests.Extending;

/// <summary>What may be registered, and what forecasts say of it.</summary>
public class ExtensionRuleTests
{
    [Fact]
    public void Two_classes_of_one_name_are_refused()
        => Refused(() => Own.All.WithConstraint(new Box(), OwnJson.Default.Box), "extension_twice", "Box");

    [Fact]
    public void The_same_class_twice_is_refused()
        => Refused(() => Own.All.InPackage("elsewhere")
            .WithInitializer(new Stripes(), OwnJson.Default.Stripes), "extension_twice", "Stripes");

    [Fact]
    public void Two_kinds_may_have_one_name()
        => Extensions.None.WithInitializer(new Stripes(), OwnJson.Default.Stripes)
            .WithRegularizer(new Wobble(), OwnJson.Default.Wobble, "Stripes")
            .ToString().Should().Be("Custom>Stripes, Custom>Stripes");

    [Fact]
    public void A_class_named_like_one_of_ours_is_refused()
    {
        Refused(() => Extensions.None.WithLayer(new Dense(), OwnJson.Default.Dense), "extension_built_in", "Dense");
        Refused(() => Extensions.None.WithInitializer(new Zeros(), OwnJson.Default.Zeros), "extension_built_in", "Zeros");
        Refused(() => Extensions.None.WithInitializer(new Stripes(), OwnJson.Default.Stripes, "glorot_uniform"), "extension_built_in",
            "glorot_uniform");
        Refused(() => Extensions.None.WithRegularizer(new Wobble(), OwnJson.Default.Wobble, "L2"), "extension_built_in", "L2");
        Refused(() => Extensions.None.WithConstraint(new Box(), OwnJson.Default.Box, "MaxNorm"), "extension_built_in", "MaxNorm");
        Refused(() => Extensions.None.WithOptimizer(new Slide(), OwnJson.Default.Slide, "adam"), "extension_built_in", "adam");
        Refused(() => Extensions.None.WithOptimizer(new Slide(), OwnJson.Default.Slide, "LossScaleOptimizer"), "extension_built_in",
            "LossScaleOptimizer");
        Refused(() => Extensions.None.WithSchedule(new Stairs(1, 1), OwnJson.Default.Stairs, "CosineDecay"), "extension_built_in",
            "CosineDecay");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a>b")]
    [InlineData("1st")]
    [InlineData("a.b")]
    public void A_name_that_files_could_not_hold_is_refused(string name)
        => Refused(() => Extensions.None.WithConstraint(new Box(), OwnJson.Default.Box, name), "extension_name", "Box");

    [Theory]
    [InlineData("")]
    [InlineData("keras")]
    [InlineData("keras.layers")]
    [InlineData("DeepGpu")]
    [InlineData("a>b")]
    public void A_package_of_Keras_or_of_ours_is_refused(string package)
        => FluentActions.Invoking(() => Extensions.None.InPackage(package)).Should().Throw<DeepGpuArgumentException>();

    [Fact]
    public void A_reader_of_no_context_is_refused()
    {
        var alone = System.Text.Json.Serialization.Metadata.JsonTypeInfo.CreateJsonTypeInfo<Box>(new());
        Refused(() => Extensions.None.WithConstraint(new Box(), alone), "extension_json", "Box");
    }

    [Fact]
    public void A_value_is_never_changed_by_what_is_added()
    {
        var one = Extensions.None.WithConstraint(new Box(), OwnJson.Default.Box);
        var two = one.WithInitializer(new Stripes(), OwnJson.Default.Stripes);
        (Extensions.None.ToString(), one.ToString(), two.ToString()).Should().Be(("none", "Custom>Box", "Custom>Box, Custom>Stripes"));
    }

    [Fact]
    public void Forecasts_count_its_weights_and_say_that_its_work_is_unknown()
    {
        var model = Sequential.Input(4).Dense(6).Apply(new Ladder(5, new Extent(1)) { Name = "ladder" }).Build();
        var work = model.Training(8);
        (work.ParameterCount, work.TrainableParameterCount).Should().Be((4 * 6 + 6 + 6 * 5 + 5, 4 * 6 + 6 + 6 * 5));
        work.Operations.Where(operation => !operation.HasKnownWork).Should().ContainSingle()
            .Which.Should().Match<Operation>(operation => operation.Name == "ladder" && operation.WeightElements == 35
                && operation.TrainableWeightElements == 30 && operation.ForwardFlops == 0);
        work.FlopsPerStep.Should().BeNull();
        (model.FlopsPerSample(), model.FlopsByLayer()["ladder"], model.FlopsByLayer()["dense"]).Should()
            .Be(((double?)null, (double?)null, (double?)48));
    }

    [Fact]
    public void Work_that_the_layer_states_is_counted()
    {
        var model = Sequential.Input(4).Apply(new Fork { Name = "fork" }).Build();
        model.FlopsPerSample().Should().Be(28);
        model.Inference(3).FlopsPerStep.Should().Be(84);
    }

    [Fact]
    public void Layers_of_ours_all_state_their_work()
        => Sequential.Input(8, 8, 3).Conv2D(2, 3).Flatten().Dense(2).Build().Training(1).Operations.Should()
            .OnlyContain(operation => operation.HasKnownWork);

    private static void Refused(Action register, string code, string named)
        => register.Should().Throw<DeepGpuArgumentException>().WithMessage($"*{named}*").Which.Fault.Code.Should().Be(code);
}
