using System.Text.Json.Serialization;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Extending;

/// <summary>What cannot be run, saved and resumed is refused by ToModel or Compile, not by the first checkpoint.</summary>
public class ExtensionRefusalTests
{
    public static TheoryData<string, string> Unregistered => new()
    {
        { "layer", "Stretch" },
        { "initializer", "Slope" },
        { "regularizer", "Pull" },
        { "activity regularizer", "Pull" },
        { "constraint", "Floor" },
        { "forget gate", "Slope" },
        { "inside", "Slope" },
    };

    [Theory]
    [MemberData(nameof(Unregistered))]
    public void ToModel_refuses_what_is_not_registered(string kind, string named)
    {
        Layer layer = kind switch
        {
            "layer" => new Stretch(2) { KernelInitializer = Initializer.Zeros },
            "initializer" => new Dense(2) { KernelInitializer = new Slope() },
            "regularizer" => new Dense(2) { KernelRegularizer = new Pull() },
            "activity regularizer" => new Dense(2) { ActivityRegularizer = new Pull() },
            "constraint" => new Dense(2) { BiasConstraint = new Floor() },
            "forget gate" => new LSTM(2) { BiasInitializer = new Slope() },
            _ => new TimeDistributed(new Dense(2) { BiasInitializer = new Slope() }),
        };
        var spec = Sequential.Input(4, 3).Apply(layer).Build();
        var refused = spec.Invoking(s => s.ToModel(Device.Cpu)).Should().Throw<Exception>().WithMessage($"*{named}*").Which;
        refused.Should().BeAssignableTo<IFaultSource>().Which.Fault.Remedy.Should().Contain("Extensions").And.Contain($"new {named}(");
    }

    [Theory]
    [MemberData(nameof(Unregistered))]
    public void ToModel_refuses_what_is_only_described(string kind, string named)
    {
        var described = Extensions.None.WithLayer(new Stretch(1), OwnJson.Default.Stretch)
            .WithInitializer(new Slope(), OwnJson.Default.Slope)
            .WithRegularizer(new Pull(), OwnJson.Default.Pull).WithConstraint(new Floor(), OwnJson.Default.Floor);
        Layer layer = kind switch
        {
            "layer" => new Stretch(2),
            "regularizer" => new Dense(2) { KernelRegularizer = new Pull() },
            "activity regularizer" => new Dense(2) { ActivityRegularizer = new Pull() },
            "constraint" => new Dense(2) { BiasConstraint = new Floor() },
            _ => new Dense(2) { KernelInitializer = new Slope() },
        };
        var spec = Sequential.Input(4, 3).Apply(layer).Build();
        spec.ToJson(described).Should().Contain(named);
        spec.Invoking(s => s.ToModel(Device.Cpu, extensions: described)).Should().Throw<Exception>().WithMessage($"*{named}*");
    }

    [Fact]
    public void The_refusal_of_a_layer_has_three_parts()
    {
        var spec = Sequential.Input(3).Apply(new Stretch(2) { Name = "far" }).Build();
        spec.Invoking(s => s.ToModel(Device.Cpu)).Should().Throw<DeepGpuException>().WithMessage(
            "Every layer must be one of this library, or registered with how it runs, but Stretch 'far' is not. "
            + "Pass Extensions.None.WithLayer(new Stretch(...), YourContext.Default.Stretch, (layer, context) => ...) to ToModel or Load.");
    }

    [Fact]
    public void Compile_refuses_an_optimizer_or_schedule_that_is_not_registered()
    {
        using var model = Sequential.Input(3).Dense(2).Build().ToModel(Device.Cpu);
        Compiling(model, new Crawl()).WithMessage("*Crawl*").Which.Fault.Remedy.Should().Contain("Extensions.None.WithOptimizer");
        Compiling(model, new Crawl().WithLossScaling()).WithMessage("*Crawl*");
        Compiling(model, Optimizer.Adam(new Steps(1, 2))).WithMessage("*Steps*")
            .Which.Fault.Remedy.Should().Contain("Extensions.None.WithSchedule");
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
    }

    [Fact]
    public void Compile_refuses_an_optimizer_that_keeps_more_than_it_states()
    {
        var extensions = Extensions.None.WithOptimizer(new Greedy(), RefusalJson.Default.Greedy, _ => new GreedyRule("first", "second"));
        using var model = Sequential.Input(3).Dense(2).Build().ToModel(Device.Cpu, extensions: extensions);
        Compiling(model, new Greedy()).WithMessage("*keeps 2 tensors of a weight's size while its SlotCount is 1*")
            .Which.Fault.Code.Should().Be("own_optimizer");
    }

    [Theory]
    [InlineData("average")]
    [InlineData("gradient_accumulator")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Compile_refuses_slots_that_no_file_could_hold(string slot)
    {
        var extensions = Extensions.None.WithOptimizer(new Greedy(), RefusalJson.Default.Greedy, _ => new GreedyRule(slot));
        using var model = Sequential.Input(3).Dense(2).Build().ToModel(Device.Cpu, extensions: extensions);
        Compiling(model, new Greedy()).Which.Fault.Code.Should().Be("own_optimizer");
    }

    [Fact]
    public void ToModel_refuses_a_layer_that_a_file_would_change()
    {
        var extensions = Extensions.None.WithLayer(new Forgetful(), RefusalJson.Default.Forgetful, (_, _) => new Pass());
        Sequential.Input(3).Apply(new Forgetful()).Build().ToModel(Device.Cpu, extensions: extensions).Dispose();
        var spec = Sequential.Input(3).Apply(new Forgetful { Name = "f", Lost = 4 }).Build();
        spec.Invoking(s => s.ToModel(Device.Cpu, extensions: extensions))
            .Should().Throw<ModelFormatException>().WithMessage("*Forgetful*'f'*").Which.Fault.Code.Should().Be("extension_json");
    }

    [Fact]
    public void ToModel_refuses_a_layer_whose_option_no_context_can_write()
    {
        var extensions = Extensions.None.WithLayer(new Holder(), RefusalJson.Default.Holder, (_, _) => new Pass());
        var spec = Sequential.Input(3).Apply(new Holder { Name = "h", Held = new Version(1, 2) }).Build();
        spec.Invoking(s => s.ToModel(Device.Cpu, extensions: extensions)).Should().Throw<ModelFormatException>().WithMessage("*Holder*")
            .Which.Fault.Code.Should().Be("extension_json");
    }

    [Fact]
    public void An_initializer_of_another_shape_is_refused_by_name()
    {
        var extensions = Extensions.None.WithInitializer(new Slope(), OwnJson.Default.Slope, (_, _, _) => torch.zeros(2));
        var spec = Sequential.Input(3).Apply(new Dense(2) { KernelInitializer = new Slope() }).Build();
        spec.Invoking(s => s.ToModel(Device.Cpu, extensions: extensions)).Should().Throw<TrainingDataException>()
            .WithMessage("Initializer Slope must give a tensor of shape (3, 2), but gave a tensor of shape (2)*");
    }

    [Fact]
    public void What_stays_closed_cannot_be_derived_from()
    {
        var open = new[]
        {
            typeof(Layer), typeof(UnaryLayer), typeof(KernelLayer), typeof(Initializer), typeof(RandomInitializer), typeof(Regularizer),
            typeof(Constraint), typeof(Optimizer), typeof(MomentOptimizer), typeof(LearningRateSchedule),
            typeof(Loss), typeof(ElementwiseLoss),
            typeof(Metric), typeof(MeanMetric), typeof(FBetaScore), typeof(Callback), typeof(LiveLayer),
            typeof(UnaryLiveLayer), typeof(OptimizerRule),
        };
        var derivable = typeof(Layer).Assembly.GetExportedTypes().Concat(typeof(Model).Assembly.GetExportedTypes())
            .Where(type => type.IsClass && !type.IsSealed && !typeof(Exception).IsAssignableFrom(type))
            .Where(type => type.GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.Public)
                .Any(made => (made.IsPublic || made.IsFamily || made.IsFamilyOrAssembly)
                    && !(made.GetParameters() is [var only] && only.ParameterType == type)));
        derivable.Should().BeEquivalentTo(open);
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<DeepGpuArgumentException> Compiling(Model model, Optimizer optimizer)
        => model.Invoking(m => m.Compile(optimizer, Loss.MeanSquaredError())).Should().Throw<DeepGpuArgumentException>();
}

internal sealed record Greedy : Optimizer
{
    protected override int SlotCount => 1;
}

internal sealed class GreedyRule(params string[] slots) : OptimizerRule
{
    public override IReadOnlyList<string> Slots => slots;

    public override void Update(WeightUpdate update)
    {
    }
}

internal sealed record Forgetful : UnaryLayer
{
    [JsonIgnore]
    public int Lost { get; init; } = 3;

    public override Shape OutputShape(Shape input) => input;
}

internal sealed record Holder : UnaryLayer
{
    public object? Held { get; init; }

    public override Shape OutputShape(Shape input) => input;
}

internal sealed class Pass : UnaryLiveLayer
{
    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => input;
}

[JsonSerializable(typeof(Greedy))]
[JsonSerializable(typeof(Forgetful))]
[JsonSerializable(typeof(Holder))]
internal sealed partial class RefusalJson : JsonSerializerContext;
