using Mono.Cecil;
using TorchSharp;

namespace DeepGpu.Tests.Runtime.Memory;

/// <summary>TorchSharp passes torch the bare address of a number;
/// an object that nothing refers to may be freed while torch reads it.</summary>
public class NumberLifeTests
{
    /// <summary>Calls that make a number of their own only from numbers the engine does not give them.</summary>
    /// <remarks>A compilation unit gets tensors, Booleans and kept numbers; a histogram is a report, made outside a step.</remarks>
    private static readonly string[] Harmless = ["CompilationUnit::invoke(", "SummaryWriter::add_histogram("];

    [Fact]
    public void The_engine_calls_nothing_that_lets_go_of_a_number_before_torch_has_read_it()
    {
        using var torchSharp = AssemblyDefinition.ReadAssembly(typeof(torch).Assembly.Location);
        using var engine = AssemblyDefinition.ReadAssembly(typeof(Model).Assembly.Location);
        var unsafeNames = Unsafe(torchSharp);
        unsafeNames.Should().Contain(name => name.Contains("Tensor::op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)"));
        var calls = Methods(engine).Where(method => method.DeclaringType.Name != nameof(Arithmetic))
            .SelectMany(method =>
                Calls(method).Where(unsafeNames.Contains).Select(name => $"{method.DeclaringType.Name}.{method.Name}: {name}"));
        calls.Where(call => !Harmless.Any(call.Contains)).Should().BeEmpty("Arithmetic has the same with numbers that live long enough");
    }

    [Fact]
    public async Task Sums_with_numbers_hold_while_another_thread_collects()
    {
        using var end = new CancellationTokenSource();
        var collector = Task.Run(() => Collect(end.Token));
        try
        {
            using var x = torch.full([3], 2.0);
            for (var i = 0; i < 20_000; i++) Check(x, i);
        }
        finally
        {
            await end.CancelAsync();
            await collector;
        }
    }

    [Theory]
    [InlineData(-700.0, 0.0)]
    [InlineData(0.0, 0.69314718055994531)]
    [InlineData(1.5, 1.7014132779827524)]
    [InlineData(25.0, 25.000000000013888)]
    public void Softplus_is_the_logarithm_of_one_and_the_exponential(double x, double expected)
    {
        using var scope = torch.NewDisposeScope();
        Arithmetic.Softplus(torch.tensor(x, torch.ScalarType.Float64)).item<double>().Should().BeApproximately(expected, 1e-12);
    }

    private static void Check(torch.Tensor x, int i)
    {
        using var scope = torch.NewDisposeScope();
        var value = (x.Plus(i).SubtractedFrom(7) * Arithmetic.Number(0.5)).Plus(x).Squared().data<float>()[0];
        value.Should().Be((float)Math.Pow((7.0 - (2 + i)) / 2 + 2, 2));
    }

    private static void Collect(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>The methods that make a number and do not dispose it themselves, and those that call one.</summary>
    private static HashSet<string> Unsafe(AssemblyDefinition assembly)
    {
        var bodies = Methods(assembly).ToDictionary(method => method.FullName, method => Calls(method).ToHashSet());
        var found = Makers(assembly);
        for (var before = 0; before != found.Count;)
        {
            before = found.Count;
            found.UnionWith(bodies.Where(body => !Disposes(body.Value) && body.Value.Overlaps(found)).Select(body => body.Key).ToList());
        }

        return found;
    }

    private static HashSet<string> Makers(AssemblyDefinition assembly)
        => [.. Methods(assembly).Where(method => method.ReturnType.FullName == typeof(Scalar).FullName).Select(method => method.FullName)];

    private static bool Disposes(HashSet<string> calls) => calls.Any(name => name.EndsWith("::Dispose()", StringComparison.Ordinal));

    private static IEnumerable<MethodDefinition> Methods(AssemblyDefinition assembly)
        => assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    private static IEnumerable<string> Calls(MethodDefinition method)
        => method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>()
            .Select(called => called.GetElementMethod().FullName);
}
