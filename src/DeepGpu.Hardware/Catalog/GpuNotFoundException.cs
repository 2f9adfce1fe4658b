namespace DeepGpu.Hardware;

/// <summary>A name means no card of the catalogue, or more than one.</summary>
public sealed class GpuNotFoundException : DeepGpuException
{
    private GpuNotFoundException(Fault fault, IReadOnlyList<string> candidates)
        : base(fault) => Candidates = candidates;

    /// <summary>The names that could be meant: all that match, or the nearest spellings.</summary>
    public IReadOnlyList<string> Candidates { get; }

    internal static GpuNotFoundException For(string name, IReadOnlyList<string> candidates, bool isAmbiguous, GpuCatalog catalog)
        => new(isAmbiguous ? Ambiguous(name, candidates) : Unknown(name, candidates, catalog), candidates);

    private static Fault Ambiguous(string name, IReadOnlyList<string> candidates) => new(
        "gpu_ambiguous",
        $"GPU '{name}' must mean one card,",
        $"but {candidates.Count} match: {Quote(candidates)}.",
        "Use one of these names.");

    private static Fault Unknown(string name, IReadOnlyList<string> nearest, GpuCatalog catalog) => new(
        "gpu_not_found",
        $"GPU '{name}' is not in catalogue {catalog.Version} ({catalog.Cards.Length} cards).",
        $"Nearest: {Quote(nearest)}.",
        "Add your own with GpuCatalog.With(spec).");

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
