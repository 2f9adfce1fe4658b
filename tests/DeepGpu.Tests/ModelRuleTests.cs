using System.Reflection;

namespace DeepGpu.Tests.Threads;

/// <summary>The rule for calls of several threads on one model, member by member: a new member must be sorted in.</summary>
public sealed class ModelRuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-rule-").FullName;

    public ModelRuleTests()
    {
        using var other = Cnn.Small.ToModel(Device.Cpu, seed: 2);
        other.Save(Path.Combine(_folder, "other.safetensors"));
        other.Save(Path.Combine(_folder, "other.keras"));
    }

    public static TheoryData<string> Allowed
        => [.. ModelMembers.Of(MemberKind.Describes, MemberKind.Reads, MemberKind.Exposes, MemberKind.Makes)];

    public static TheoryData<string> Setting => [.. ModelMembers.Of(MemberKind.Sets)];

    public static TheoryData<string> Excluded => [.. ModelMembers.Of(MemberKind.Trains, MemberKind.Changes)];

    public static TheoryData<string> Refused
        => [.. ModelMembers.Of(MemberKind.Reads, MemberKind.Trains, MemberKind.Sets, MemberKind.Changes, MemberKind.Exposes)];

    public static TheoryData<string> Harmless => [.. ModelMembers.Of(MemberKind.Describes, MemberKind.Frees, MemberKind.Makes)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_public_member_is_sorted()
        => ModelMembers.All.Keys.Should().BeEquivalentTo(new[] { typeof(Model), typeof(LiveWeight) }.SelectMany(Members));

    [Theory]
    [MemberData(nameof(Allowed))]
    public void What_reads_runs_beside_a_training_and_in_its_callbacks(string member)
    {
        Beside(member).Should().BeNull();
        Inside(member).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Setting))]
    public void What_sets_values_is_for_the_training_itself(string member)
    {
        Beside(member).Should().BeOfType<ModelStateException>().Which.Fault.Code.Should().Be("already_training");
        Inside(member).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Excluded))]
    public void What_trains_or_changes_is_refused_beside_a_training_and_in_its_callbacks(string member)
    {
        Beside(member).Should().BeOfType<ModelStateException>().Which.Fault.Code.Should().Be("already_training");
        Inside(member).Should().BeOfType<ModelStateException>().Which.Fault.Code.Should().Be("already_training");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_disposed_model_refuses(string member)
    {
        var model = Cnn.Small.Compiled();
        model.Dispose();
        Call(model, member).Should().BeOfType<ObjectDisposedException>();
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_disposed_model_still_tells_of_itself(string member)
    {
        var model = Cnn.Small.Compiled();
        model.Dispose();
        Call(model, member).Should().BeNull();
    }

    [Theory]
    [InlineData("Model.Compile(CompileOptions)", "already_measuring")]
    [InlineData("Model.Freeze()", "already_measuring")]
    [InlineData("Model.Unfreeze(Int32)", "already_measuring")]
    [InlineData("Model.CopyWeights(Model, String, String)", null)]
    [InlineData("Model.LoadWeights(String, WeightMap, WeightLoading)", null)]
    [InlineData("Model.Fit(DataSource, FitOptions, CancellationToken)", null)]
    [InlineData("Model.Evaluate(DataSource, Int32, CancellationToken)", null)]
    public void What_evaluation_needs_stays_while_it_runs(string member, string? code)
    {
        using var model = Cnn.Small.Compiled();
        Exception? error = null;
        var samples = ModelMembers.Data.ToStream().Map(sample =>
        {
            error ??= Elsewhere(() => Call(model, member));
            return sample;
        });
        model.Evaluate(samples).Should().ContainKey("loss");
        ((error as ModelStateException)?.Fault.Code ?? error?.Message).Should().Be(code);
    }

    [Fact]
    public void A_refusal_names_the_model_and_the_remedy()
        => Beside("Model.Freeze()")!.Message.Should().Be(
            "A model is trained or changed by one call at a time, but 'small' is being trained. "
            + "Wait for the other call, or make a second model.");

    /// <summary>What the call throws on another thread than the one that trains.</summary>
    private Exception? Beside(string member) => DuringTraining(model => Elsewhere(() => Call(model, member)));

    /// <summary>What the call throws in a callback.</summary>
    private Exception? Inside(string member) => DuringTraining(model => Call(model, member));

    private static Exception? DuringTraining(Func<Model, Exception?> call)
    {
        using var model = Cnn.Small.Compiled();
        Exception? error = null;
        var once = new LambdaCallback { BatchEnd = context => { if (context.Step == 1) error = call(model); } };
        model.Fit(ModelMembers.Data, new FitOptions { Epochs = 2, Callbacks = [once] }).Epochs.Should().Be(2);
        return error;
    }

    private Exception? Call(Model model, string member) => Record.Exception(() => ModelMembers.All[member].Call(model, _folder));

    private static Exception? Elsewhere(Func<Exception?> call)
    {
        Exception? error = null;
        var thread = new Thread(() => error = call());
        thread.Start();
        thread.Join();
        return error;
    }

    private static IEnumerable<string> Members(Type type)
        => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodInfo { IsSpecialName: true })
            .Select(member => $"{type.Name}.{member.Name}{Parameters(member)}");

    private static string Parameters(MemberInfo member)
        => member is MethodBase method ? $"({string.Join(", ", method.GetParameters().Select(one => one.ParameterType.Name))})" : "";
}
