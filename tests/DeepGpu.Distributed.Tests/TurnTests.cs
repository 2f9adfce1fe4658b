namespace DeepGpu.Distributed.Tests;

/// <summary>Processes end together, and go on together from a checkpoint.</summary>
public sealed class TurnTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-turns").FullName;

    [Fact]
    public void Early_stopping_ends_every_process_in_the_epoch_in_which_it_ends_one()
    {
        Run(2, "stop");
        var alone = Directory.CreateDirectory(Path.Combine(_folder, "alone")).FullName;
        MpiRun.Start(null, "stop", alone).ExitCode.Should().Be(0);
        var one = Trained.Read(alone, "early", 0);
        one.History["loss"].Length.Should().BeInRange(2, 59);
        foreach (var rank in (int[])[0, 1]) Trained.Read(_folder, "early", rank).ShouldBe(one, 1e-5f);
    }

    [Fact]
    public void A_callback_that_ends_one_process_ends_all()
    {
        Run(2, "stop");
        foreach (var rank in (int[])[0, 1]) Trained.Read(_folder, "own", rank).History["loss"].Should().HaveCount(3);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void A_training_that_was_killed_goes_on_with_another_number_of_processes(int before, int after)
    {
        MpiRun.Demand();
        var whole = Directory.CreateDirectory(Path.Combine(_folder, "whole")).FullName;
        MpiRun.Start(null, "resume", whole).ExitCode.Should().Be(0);
        MpiRun.Start(before == 1 ? null : before, "resume", _folder, "7").ExitCode.Should().NotBe(0);
        Directory.GetFiles(Path.Combine(_folder, "backup"), "*.deepgpu").Should().NotBeEmpty();
        Run(after, "resume");
        Trained.Read(_folder, "resumed", 0).ShouldBe(Trained.Read(whole, "resumed", 0), 1e-5f);
        Directory.GetFiles(Path.Combine(_folder, "backup"), "*.deepgpu").Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Run(int processes, string command)
    {
        var ended = MpiRun.Start(processes == 1 ? null : processes, command, _folder);
        ended.ExitCode.Should().Be(0, ended.Text);
    }
}
