using System.Globalization;

namespace DeepGpu.Runtime;

/// <summary>What is said of an engine that computes wrong.</summary>
internal static class EngineFaults
{
    /// <summary>The engine is used with a remedy.</summary>
    public static Fault Rescued(EngineCheck check) => new(
        "wrong_numbers_remedied",
        "libtorch must compute right on this processor,",
        $"but {Found(check)}, so {Switched(check.Remedy)}.",
        check.Remedy == EngineRemedy.CacheSizesRepaired
            ? "Nothing need be done; a libtorch with oneDNN 3.8 or later has no need of it."
            : "Nothing need be done; a libtorch with oneDNN 3.8 or later, or another kind of machine, is faster.");

    /// <summary>No remedy helps.</summary>
    public static Fault Wrong(EngineCheck check, IReadOnlyList<WrongComputation> left) => new(
        "wrong_numbers",
        "libtorch must compute right on this processor,",
        $"but {Found(check with { Wrong = left })}, and no remedy helped.",
        "Use another release of libtorch (LIBTORCH) or another kind of machine, or set ONEDNN_MAX_CPU_ISA=SSE41 before the process starts;"
        + " 'deepgpu doctor --numerics' shows which layers are concerned. TorchRuntimeOptions.Numerics = Trust starts it all the same.");

    /// <summary>What a remedy is, and what it costs.</summary>
    public static string Switched(EngineRemedy remedy) => remedy switch
    {
        EngineRemedy.CacheSizesRepaired => "oneDNN's sizes of the processor's caches were corrected in memory, which costs no speed",
        EngineRemedy.OneDnnOff => "oneDNN was switched off: steps with convolutions or LSTMs take 1 to 2.5 times as long",
        EngineRemedy.OlderInstructions => "oneDNN is held to SSE4.1: steps with convolutions or LSTMs take 1.5 to 7 times as long",
        _ => "nothing was switched",
    };

    private static string Found(EngineCheck check)
    {
        var cause = check.IsPredicted ? "oneDNN misreads the sizes of its caches" : "";
        var errors = string.Join(", ",
            check.Wrong.Take(3).Select(wrong => string.Create(CultureInfo.InvariantCulture, $"{wrong.Name} by {wrong.Error:0.##}")));
        var found = errors.Length > 0 ? $"it does not ({errors})" : "";
        return string.Join(": ", new[] { found, cause }.Where(text => text.Length > 0));
    }
}
