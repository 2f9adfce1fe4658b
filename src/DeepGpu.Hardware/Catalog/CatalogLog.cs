using Microsoft.Extensions.Logging;

namespace DeepGpu.Hardware;

/// <summary>What reading a catalogue logs.</summary>
internal static partial class CatalogLog
{
    [LoggerMessage(1, LogLevel.Warning, "{File}: entry {Index} ({Name}) was left out. {Fault}")]
    public static partial void EntryRefused(ILogger logger, string file, int index, string name, Fault fault);
}
