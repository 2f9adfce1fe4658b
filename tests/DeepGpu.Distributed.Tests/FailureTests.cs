namespace DeepGpu.Distributed.Tests;

/// <summary>Where one process fails, all end with a message that names it, and no file is half written.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-failures").FullName;

    [Theory]
    [InlineData("throw", "out of milk")]
    [InlineData("exit", "exits with code 3")]
    [InlineData("freeze", "did not come to operation")]
    [InlineData("absent", "did not come to operation")]
    [InlineData("model", "names and shapes of weights")]
    [InlineData("data", "number of samples, but rank 1 on HOST has 100")]
    public void A_process_that_fails_is_named(string failure, string message)
    {
        var ended = Fail(failure);
        ended.Text.Should().Contain(message.Replace("HOST", Environment.MachineName, StringComparison.Ordinal));
        if (failure != "absent") ended.Text.Should().Contain($"rank 1 on {Environment.MachineName}");
    }

    [Fact]
    public void A_process_that_is_killed_ends_the_others() => Fail("kill").Text.Should().Contain("signal 9");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MpiRun.Ended Fail(string failure)
    {
        var ended = MpiRun.Start(2, failure, _folder);
        ended.ExitCode.Should().NotBe(0, ended.Text);
        ended.Time.Should().BeLessThan(TimeSpan.FromSeconds(60), "the processes wait 3 s for each other");
        Directory.GetFiles(_folder, "*.tmp").Should().BeEmpty();
        return ended;
    }
}
