using System.CommandLine;
using DeepGpu.Cli.Arguments;
using DeepGpu.Cli.Output;
using DeepGpu.Hardware;
using DeepGpu.Visuals;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu detect: the GPUs of this machine, matched to the catalogue, with their readings;
/// --watch shows them again every second.</summary>
internal static class Detect
{
    public const string Name = "detect";
    public const string About = "Find the GPUs of this machine.";

    public static Command Create()
    {
        var watch = new Option<bool>("--watch") { Description = "Show the readings again and again, until interrupted." };
        var interval = Options.Number("--interval", "Seconds between readings of --watch. Default 1.");
        var json = Options.Json();
        var command = new Command(Name, About) { watch, interval, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(watch) ? TimeSpan.FromSeconds(parsed.GetValue(interval) ?? 1) : null, parsed.GetValue(json),
            parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    /// <summary>No GPU is an answer, not a failure: the exit code is 0.</summary>
    private static async Task<int> RunAsync(TimeSpan? interval, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        using var detector = GpuDetector.OfThisMachine();
        try
        {
            if (interval is not { } time) Print(await detector.DetectAsync(cancellationToken).ConfigureAwait(false), json, output);
            else await WatchAsync(detector.SampleAsync(time, cancellationToken), json, output).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: what was shown stands.
        }

        return 0;
    }

    /// <summary>Every reading; for readers of text, why there is no GPU is said once and not every second.</summary>
    internal static async Task WatchAsync(IAsyncEnumerable<GpuDetection> readings, bool json, TextWriter output)
    {
        GpuDetection? last = null;
        await foreach (var detection in readings.ConfigureAwait(false))
        {
            var isNew = detection.Devices.Count > 0 || last is not { Devices.Count: 0 } || last.Reason != detection.Reason;
            if (json || isNew) Print(detection, json, output);
            last = detection;
        }
    }

    private static void Print(GpuDetection detection, bool json, TextWriter output)
    {
        if (json) output.WriteLine(detection.ToJson());
        else if (detection.Devices.Count == 0) output.WriteLine($"No GPU found. {detection.Reason}");
        else Table(detection, output);
    }

    private static void Table(GpuDetection detection, TextWriter output)
    {
        Terminal.On(output).Write(GpuTables.Devices(detection));
        foreach (var toolkit in detection.Toolkits) output.WriteLine($"{toolkit} is installed.");
        foreach (var device in detection.Devices)
        {
            var found = device.Spec is { } spec ? $"catalogue entry '{spec.Name}'" : "not in the catalogue";
            output.WriteLine($"{device}: {device.Problem?.ToString() ?? found}");
            if (device.Spec is { FirstPyTorch: { } torch }) output.WriteLine($"  needs PyTorch {torch} or newer");
            foreach (var warning in device.Warnings) output.WriteLine($"  warning: {warning}");
        }
    }
}
