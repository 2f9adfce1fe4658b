using System.Runtime.InteropServices;
using DeepGpu.Testing;
using DeepGpu.Tests.Weights;

namespace DeepGpu.Tests.Runtime;

/// <summary>A libtorch that computes wrong rescues itself; the same one, trusted, fails the reference numbers.
/// In child processes, on x64 Linux.</summary>
public sealed class WrongEngineTests : IDisposable
{
    private static readonly string[] References = ["-class", typeof(KerasModelTests).FullName!, "-class",
        typeof(EngineNumbersTests).FullName!];

    private static readonly string[] Loops = ["-method", $"{typeof(EngineNumbersTests).FullName}."
        + $"{nameof(EngineNumbersTests.Small_convolutions_and_LSTMs_predict_the_numbers_of_plain_loops)}"];

    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("deepgpu-verdicts-");

    [Theory]
    [InlineData(FaultyEngine.Sizes, EngineRemedy.CacheSizesRepaired)]
    [InlineData(FaultyEngine.Function, EngineRemedy.OneDnnOff)]
    public void An_engine_that_computes_wrong_is_remedied_and_the_references_come_out_right(string fault, EngineRemedy remedy)
    {
        SkipElsewhere();
        for (var start = 0; start < 2; start++)
        {
            var (exitCode, output) = ChildProcess.Run(ChildProcess.Of(typeof(WrongEngineTests).Assembly, References, Environment(fault)));
            exitCode.Should().Be(0, output);
            output.Should().Contain($"engine: {remedy}, from cache: {start == 1}");
        }
    }

    [Theory]
    [InlineData(FaultyEngine.Sizes)]
    [InlineData(FaultyEngine.Function)]
    public void The_same_engine_trusted_fails_the_references(string fault)
    {
        SkipElsewhere();
        var (exitCode, output) = ChildProcess.Run(ChildProcess.Of(typeof(WrongEngineTests).Assembly, Loops,
            Environment(fault + FaultyEngine.Trusted)));
        exitCode.Should().NotBe(0, output);
        output.Should().Contain("Failed: 1");
    }

    public void Dispose() => _cache.Delete(recursive: true);

    private (string Name, string? Value)[] Environment(string fault)
        => [(FaultyEngine.Variable, fault), ("DEEPGPU_CACHE", _cache.FullName)];

    private static void SkipElsewhere() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "the fault is injected into the build of libtorch for Linux on x64");
}
