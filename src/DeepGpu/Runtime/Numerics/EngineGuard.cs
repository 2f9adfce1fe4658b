using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace DeepGpu.Runtime;

/// <summary>Lets nothing of the loaded libtorch be used before it was seen to compute right on this processor.</summary>
internal sealed class EngineGuard
{
    private readonly EngineRescue _rescue;
    private readonly EngineVerdicts _verdicts;
    private readonly ILogger? _logger;
    private bool _adopted;

    private EngineGuard(string? buildId, IEngine engine, EngineVerdicts verdicts, ILogger? logger)
        => (BuildId, _rescue, _verdicts, _logger) = (buildId, new(engine), verdicts, logger);

    /// <summary>The build id of the loaded libtorch_cpu; null where it carries none.</summary>
    public string? BuildId { get; }

    /// <summary>The verdict so far.</summary>
    public EngineCheck Check => _rescue.Check;

    /// <summary>The problems there are: none, a remedy, or an engine that cannot be used.</summary>
    public IEnumerable<Fault> Problems => _rescue.Left.Count > 0 ? [EngineFaults.Wrong(Check, _rescue.Left)]
        : Check.Remedy != EngineRemedy.None ? [EngineFaults.Rescued(Check)] : [];

    /// <summary>Whether nothing was found wrong that is still wrong.</summary>
    public bool IsRight => _rescue.Left.Count == 0;

    /// <summary>The guard of a libtorch that has been loaded.</summary>
    /// <param name="folder">The folder it was loaded from.</param>
    /// <param name="logger">Told once of a remedy.</param>
    public static EngineGuard Of(string folder, ILogger? logger)
    {
        var name = NativePlatform.FileName("torch_cpu");
        var path = LoadedFile(name) ?? Path.Combine(folder, name);
        var library = NativeLibrary.TryLoad(name, out var loaded) ? loaded : NativeLibrary.Load(path);
        var buildId = LibTorchBuild.Id(path);
        var engine = new Engine(library, buildId);
        return new(buildId, engine, new(path, buildId, engine.IsMisled), logger);
    }

    /// <summary>Makes sure that kinds of computation come out right, at most once each.</summary>
    /// <param name="kinds">Which.</param>
    public void Require(EngineComputations kinds)
    {
        if (Check.Checked.HasFlag(kinds)) return;
        if (!_adopted && _verdicts.Read() is { } verdict) _rescue.Adopt(verdict);
        _adopted = true;
        if (!Check.Checked.HasFlag(kinds) && _rescue.Run(kinds)) _verdicts.Write(Check);
        if (_logger is not null) foreach (var problem in Problems) RuntimeLog.EngineProblem(_logger, problem);
    }

    /// <summary>At the start only where the fault is foretold: elsewhere nothing is done before the first use.</summary>
    public void Start()
    {
        if (Check.IsPredicted) Require(EngineComputations.Convolutions);
    }

    /// <summary>The file that is really loaded: what is patched by address must be that build.</summary>
    private static string? LoadedFile(string name)
        => OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.EndsWith('/' + name, StringComparison.Ordinal)) is { } line
            ? line[line.IndexOf('/', StringComparison.Ordinal)..] : null : null;
}
