using Microsoft.Extensions.Logging;

namespace DeepGpu.Runtime;

/// <summary>What the runtime logs.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Problem}")]
    public static partial void EngineProblem(ILogger logger, Fault problem);
}
