namespace DeepGpu.Runtime;

/// <summary>Probes an engine and applies remedies, the cheapest first, until what is asked of it comes out right.</summary>
/// <param name="engine">The engine.</param>
internal sealed class EngineRescue(IEngine engine)
{
    private static readonly EngineRemedy[] Remedies = [EngineRemedy.CacheSizesRepaired, EngineRemedy.OneDnnOff];

    /// <summary>The verdict so far.</summary>
    public EngineCheck Check { get; private set; } = new() { IsPredicted = engine.IsMisled };

    /// <summary>What is still wrong although every remedy was tried; empty else.</summary>
    public IReadOnlyList<WrongComputation> Left { get; private set; } = [];

    /// <summary>Takes over the verdict of an earlier process, with its remedy.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>Whether the remedy can be applied here.</returns>
    public bool Adopt(EngineCheck verdict)
    {
        if (!engine.Offers(verdict.Remedy)) return false;
        engine.Apply(verdict.Remedy);
        Check = verdict;
        return true;
    }

    /// <summary>Checks kinds of computation that were not yet.</summary>
    /// <param name="kinds">Which.</param>
    /// <returns>Whether all are right now.</returns>
    public bool Run(EngineComputations kinds)
    {
        if (engine.IsMisled && engine.Offers(EngineRemedy.OlderInstructions)) Switch(EngineRemedy.OlderInstructions);
        Left = engine.Probe(kinds & ~Check.Checked);
        kinds |= Check.Checked;
        if (Left.Count > 0) Check = Check with { Wrong = [.. Check.Wrong, .. Left] };
        foreach (var remedy in Remedies.Where(remedy => Left.Count > 0 && remedy > Check.Remedy && engine.Offers(remedy)))
            Try(remedy, kinds);
        Check = Check with { Checked = kinds, IsFromCache = false };
        return Left.Count == 0;
    }

    private void Try(EngineRemedy remedy, EngineComputations kinds)
    {
        Switch(remedy);
        Left = engine.Probe(kinds);
    }

    private void Switch(EngineRemedy remedy)
    {
        engine.Apply(remedy);
        Check = Check with { Remedy = remedy };
    }
}
