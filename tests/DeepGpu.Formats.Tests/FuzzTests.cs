using DeepGpu.Formats.Fuzzing;

namespace DeepGpu.Formats.Tests;

public class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Targets => [.. FuzzTarget.All("").Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Damaged_files_are_refused_with_a_type_or_read_and_nothing_else_happens(string name)
    {
        using var folder = new TemporaryFolder();
        var target = FuzzTarget.All(folder.File("")).Single(target => target.Name == name);
        var result = await Task.Run(() => Fuzzer.Run(target, Duration, Seed)).WaitAsync(Hang, TestContext.Current.CancellationToken);
        output.WriteLine($"{name}, seed {Seed}: {result.Runs} runs, {result.Loaded} loaded, slowest {result.Slowest.TotalMilliseconds:f0} "
            + $"ms, most {result.MostAllocated / 1e6:f1} MB");
        result.Failures.Should().BeEmpty();
        result.Runs.Should().BeGreaterThan(100);
    }
}
