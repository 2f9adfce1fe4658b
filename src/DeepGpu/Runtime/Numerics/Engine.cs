namespace DeepGpu.Runtime;

/// <summary>What the check needs of a loaded libtorch. A seam: tests replace it.</summary>
internal interface IEngine
{
    /// <summary>Whether what oneDNN knows of the processor foretells wrong numbers.</summary>
    bool IsMisled { get; }

    /// <summary>Whether a remedy can be applied here and now.</summary>
    bool Offers(EngineRemedy remedy);

    /// <summary>Applies a remedy.</summary>
    void Apply(EngineRemedy remedy);

    /// <summary>What comes out wrong of kinds of computation.</summary>
    IReadOnlyList<WrongComputation> Probe(EngineComputations kinds);
}

/// <summary>The loaded libtorch_cpu.</summary>
/// <param name="library">Its handle.</param>
/// <param name="buildId">The build id of its file; null where it has none.</param>
internal sealed class Engine(nint library, string? buildId) : IEngine
{
    private readonly OneDnnCaches? _caches = OneDnnCaches.Find(library, buildId);

    public bool IsMisled => _caches?.AreImpossible ?? ProcessorCaches.AreHidden;

    /// <summary>Older instructions only where oneDNN cannot be switched off, for they must be chosen before its first use.</summary>
    public bool Offers(EngineRemedy remedy) => remedy switch
    {
        EngineRemedy.CacheSizesRepaired => _caches is { AreImpossible: true },
        EngineRemedy.OneDnnOff => OneDnnSwitch.CanTurnOff(library),
        EngineRemedy.OlderInstructions =>
            OperatingSystem.IsLinux() && OneDnnSwitch.InstructionSet is null && !OneDnnSwitch.CanTurnOff(library),
        _ => true,
    };

    public void Apply(EngineRemedy remedy)
    {
        if (remedy == EngineRemedy.CacheSizesRepaired) _caches!.Repair();
        if (remedy == EngineRemedy.OneDnnOff) OneDnnSwitch.TurnOff(library);
        if (remedy == EngineRemedy.OlderInstructions) OneDnnSwitch.HoldToOlderInstructions();
    }

    public IReadOnlyList<WrongComputation> Probe(EngineComputations kinds)
        => [.. EngineProbes.All.Where(probe => kinds.HasFlag(probe.Kind)).Select(probe => probe.Check())
            .OfType<WrongComputation>().OrderByDescending(wrong => wrong.Error)];
}
