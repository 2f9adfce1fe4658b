using DeepGpu.Models;
using DeepGpu.Testing.Numerics;

namespace DeepGpu.Tests.Numerics;

/// <summary>The engine's numbers against plain loops in double precision: fails on a machine whose libraries compute wrong.</summary>
public class NumericReferenceTests
{
    private const int Seed = 1;

    private static readonly LiveEngine Engine = new(Device.Cpu);

    public static TheoryData<string> EverydayRows => [.. EverydayCases.All.Keys];

    public static TheoryData<string> KindRows => [.. RandomCases.Kinds.Select(kind => kind.Name)];

    [Fact]
    public void Every_layer_has_a_reference_and_is_drawn()
    {
        var layers = typeof(Layer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && !ReferenceTable.Without.ContainsKey(type)).ToList();
        layers.Where(type => !ReferenceTable.Contains(type)).Select(type => type.Name).Should()
            .BeEmpty("each layer that computes states its formula in DeepGpu.Testing/Numerics/References");
        layers.Except(RandomCases.Kinds).Select(type => type.Name).Should()
            .BeEmpty("each layer is drawn in DeepGpu.Testing/Numerics/Cases");
    }

    [Theory]
    [MemberData(nameof(EverydayRows))]
    public void Everyday_layers_compute_what_their_formula_says(string name)
        => NumericTrial.Failure(EverydayCases.All[name], Engine).Should().BeNull();

    [Theory]
    [MemberData(nameof(KindRows))]
    public void Random_options_compute_what_the_formula_says(string kind)
    {
        var layer = RandomCases.Kinds.Single(type => type.Name == kind);
        Enumerable.Range(0, RandomCases.IsWeighed(layer) ? 7 : 3)
            .Select(i => NumericTrial.Failure(RandomCases.Case(layer, Seed, i), Engine)).Where(failure => failure is not null).Should()
            .BeEmpty();
    }
}
