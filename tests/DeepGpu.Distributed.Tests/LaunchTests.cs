namespace DeepGpu.Distributed.Tests;

/// <summary>What the launcher's variables and the machine's GPUs mean.</summary>
public class LaunchTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", 4)]
    [InlineData("PMI_SIZE=3", 3)]
    [InlineData("SLURM_STEP_NUM_TASKS=8", 8)]
    [InlineData("SLURM_NTASKS=8", 1)]
    [InlineData("RANK=0 WORLD_SIZE=2", 2)]
    [InlineData("WORLD_SIZE=2", 1)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 RANK=0 WORLD_SIZE=2", 4)]
    public void The_number_of_processes_is_the_launchers(string variables, int expected)
    {
        var known = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        Launch.Expected(name => known.GetValueOrDefault(name)).Size.Should().Be(expected);
    }

    [Theory]
    [InlineData(null, 0, 1, null)]
    [InlineData(null, 1, 1, null)]
    [InlineData(null, 4, 2, "2")]
    [InlineData("5", 8, 1, null)]
    [InlineData("5,7", 8, 1, "7")]
    [InlineData("GPU-a, GPU-b", 8, 0, "GPU-a")]
    [InlineData("", 8, 1, null)]
    public void Each_process_of_a_machine_has_a_GPU_of_its_own(string? visible, int found, int localRank, string? expected)
        => GpuChoice.Of(visible, found, localRank).Should().Be(expected);

    [Fact]
    public void More_processes_than_GPUs_are_refused()
        => FluentActions.Invoking(() => GpuChoice.Of(null, 2, 2)).Should().Throw<DistributionException>().WithMessage("*finds 2*");

    [Fact]
    public void Without_a_launcher_there_is_one_process()
    {
        using var processes = new OneProcess();
        (processes.Rank, processes.WorldSize, processes.Engine).Should().Be((0, 1, "one process"));
        FluentActions.Invoking(() => Distribution.DataParallel()).Should().Throw<ModelStateException>().WithMessage("*Initialize*");
    }

    [Fact]
    public void A_library_that_is_not_there_is_named()
        => FluentActions.Invoking(() => Mpi.MpiLibrary.Load("libno-such-mpi.so")).Should().Throw<DistributionException>()
            .WithMessage("*libno-such-mpi.so*DEEPGPU_MPI_LIBRARY*");
}
