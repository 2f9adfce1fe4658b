using Microsoft.Extensions.Logging;

namespace DeepGpu.Hardware;

/// <summary>What detection logs.</summary>
internal static partial class DetectionLog
{
    [LoggerMessage(2, LogLevel.Debug, "{Source}: {Count} GPUs.")]
    public static partial void Detected(ILogger logger, string source, int count);

    [LoggerMessage(3, LogLevel.Debug, "{Source} gives nothing: {Status}. {Reason}")]
    public static partial void SourceUnavailable(ILogger logger, string source, GpuSourceStatus status, string? reason);

    [LoggerMessage(4, LogLevel.Warning, "GPU {Index} ({Name}): {Warning}")]
    public static partial void Warned(ILogger logger, int index, string name, GpuWarning warning);
}
