using System.Globalization;
using DeepGpu.Distributed.Mpi;

namespace DeepGpu.Distributed;

/// <summary>How the process was started, and what connects it.</summary>
internal static class Launch
{
    /// <summary>The variables of launchers that tell the number of processes, in the order they are believed.</summary>
    private static readonly string[] Sizes = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS", "WORLD_SIZE"];

    public static ICollective Connect(DistributionOptions options)
    {
        var (variable, size) = Expected(Environment.GetEnvironmentVariable);
        if (size <= 1) return new OneProcess();
        var collective = new MpiCollective(MpiLibrary.Load(options.MpiLibrary), options.Timeout, size);
        if (collective.WorldSize != size) throw OtherSize(variable!, size, collective);
        GpuChoice.Choose(collective.LocalRank);
        return collective;
    }

    /// <summary>How many processes the launcher started, and which variable says so; 1 where none does.</summary>
    public static (string? Variable, int Size) Expected(Func<string, string?> variables)
    {
        foreach (var name in Sizes)
        {
            if (name == "WORLD_SIZE" && variables("RANK") is null) continue;
            if (int.TryParse(variables(name), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return (name, size);
        }

        return (null, 1);
    }

    private static DistributionException OtherSize(string variable, int size, MpiCollective found)
    {
        found.Leave();
        return new(new("launcher", "The launcher and the MPI library must be of one kind,",
            string.Create(CultureInfo.InvariantCulture, $"but {variable} says {size} processes and {found.Engine} {found.WorldSize}."),
            "Start with the mpirun of that library, name the library in DEEPGPU_MPI_LIBRARY, or use srun --mpi=pmix."));
    }
}
