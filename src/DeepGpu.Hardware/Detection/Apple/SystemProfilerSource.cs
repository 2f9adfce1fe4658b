using System.Text;
using System.Text.Json;

namespace DeepGpu.Hardware.Detection;

/// <summary>Apple's GPUs by the system profile. Memory is shared with the CPU; macOS gives no live readings to a plain user.</summary>
internal sealed class SystemProfilerSource(ICommands commands, GpuDetectionOptions options) : IGpuSource
{
    public string Name => "system_profiler";

    public async ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (commands.Find("system_profiler") is not { } path) return CommandFaults.NotFound("system_profiler");
        var result = await commands.RunAsync(path, ["SPDisplaysDataType", "-json"], options.CommandTimeout, cancellationToken)
            .ConfigureAwait(false);
        return result.End == CommandEnd.Exited
            ? Parse(result.Output, await MemoryAsync(cancellationToken).ConfigureAwait(false))
            : CommandFaults.Result("system_profiler", result, options.CommandTimeout);
    }

    internal static GpuSourceResult Parse(string output, ByteSize? memory)
    {
        try
        {
            using var json = StrictJson.Parse(Encoding.UTF8.GetBytes(output), maxDepth: 16);
            return Parse(json.RootElement, memory);
        }
        catch (ModelFormatException e)
        {
            return GpuSourceResult.Without(GpuSourceStatus.Malformed, e.Fault);
        }
    }

    private static GpuSourceResult Parse(JsonElement profile, ByteSize? memory)
        => profile.ValueKind == JsonValueKind.Object
            && profile.TryGetProperty("SPDisplaysDataType", out var displays) && displays.ValueKind == JsonValueKind.Array
            ? GpuSourceResult.Found([.. displays.EnumerateArray().Select(Model).OfType<string>().Where(IsApple)
                .Select((name, index) => Device(index, name, memory))])
            : GpuSourceResult.Without(GpuSourceStatus.Malformed, new("unexpected_profile", "The system profile must list displays,",
                "but does not.", "Run system_profiler by hand and compare."));

    private async Task<ByteSize?> MemoryAsync(CancellationToken cancellationToken)
    {
        if (commands.Find("sysctl") is not { } path) return null;
        var result = await commands.RunAsync(path, ["-n", "hw.memsize"], options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        return result is { End: CommandEnd.Exited, ExitCode: 0 } && long.TryParse(result.Output.Trim(), out var bytes) && bytes > 0
            ? ByteSize.FromBytes(bytes)
            : null;
    }

    private static string? Model(JsonElement display)
        => display.ValueKind == JsonValueKind.Object && display.TryGetProperty("sppci_model", out var model)
            && model.ValueKind == JsonValueKind.String
            ? StrictJson.Printable(model.GetString()!)
            : null;

    private static bool IsApple(string name) => name.StartsWith("Apple ", StringComparison.Ordinal);

    private static GpuDevice Device(int index, string name, ByteSize? memory)
        => new() { Index = index, Name = name, Vendor = GpuVendor.Apple, TotalMemory = memory };
}
