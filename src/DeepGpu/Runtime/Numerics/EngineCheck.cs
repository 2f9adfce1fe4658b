using DeepGpu.Runtime;

namespace DeepGpu;

/// <summary>What the check of the engine's numbers found, and what was switched.</summary>
/// <remarks>Not a guarantee: a few small computations stand for their kinds.
/// <c>deepgpu doctor --numerics</c> compares every layer.</remarks>
public sealed record EngineCheck
{
    /// <summary>The kinds of computation that were checked and found right with the remedy in force.</summary>
    public EngineComputations Checked { get; init; }

    /// <summary>What was switched.</summary>
    public EngineRemedy Remedy { get; init; }

    /// <summary>What was wrong before the remedy, the worst first; empty where nothing was.</summary>
    public IReadOnlyList<WrongComputation> Wrong { get; init; } = [];

    /// <summary>Whether what oneDNN knows of the processor foretold the fault.</summary>
    public bool IsPredicted { get; init; }

    /// <summary>Whether the verdict was found in the user's cache instead of computed in this process.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>What one line says of it: "right (convolutions, recurrences)", "right after a repair of ...".</summary>
    public override string ToString() => (Checked, Remedy) switch
    {
        (EngineComputations.None, EngineRemedy.None) => "not checked yet",
        (_, EngineRemedy.None) => $"right ({Kinds})",
        _ => $"right ({Kinds}) with a remedy: {EngineFaults.Switched(Remedy)}",
    } + (IsFromCache ? ", as found before on this processor" : "");

    private string Kinds => Checked == EngineComputations.All ? "convolutions, recurrences" : Checked.ToString().ToLowerInvariant();
}

/// <summary>A small computation that came out wrong.</summary>
/// <param name="Name">Which one, e.g. "Conv1D 1 to 1, kernel 2".</param>
/// <param name="Error">The largest difference from the same computation in double precision,
/// as a share of the largest value but at least of 1;
/// infinity where a number is not finite.</param>
public sealed record WrongComputation(string Name, double Error);
