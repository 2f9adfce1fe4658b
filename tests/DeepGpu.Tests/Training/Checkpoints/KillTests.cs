using System.Diagnostics;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Checkpoints;

/// <summary>RELIABILITY G71: a process that is killed while it trains and saves after every step.</summary>
public class KillTests
{
    private const string FolderVariable = "DEEPGPU_TEST_FOLDER";
    private const string ResultVariable = "DEEPGPU_TEST_RESULT";

    [Fact]
    public void A_training_killed_ten_times_ends_as_if_it_never_was()
    {
        var tally = new Killer(Victim).Run(kills: 10, seed: 1);
        tally.Different.Should().Be(0);
        tally.Kills.Should().Be(10);
    }

    [Fact(Explicit = true)]
    public void Victim_of_the_kills()
        => KilledTraining.Run(Environment.GetEnvironmentVariable(FolderVariable)!, Environment.GetEnvironmentVariable(ResultVariable)!);

    private static ProcessStartInfo Victim(string folder, string result)
        => ChildProcess.Of(typeof(KillTests), nameof(Victim_of_the_kills), (FolderVariable, folder), (ResultVariable, result));
}
