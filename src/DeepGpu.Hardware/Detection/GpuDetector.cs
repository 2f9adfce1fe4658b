using System.Runtime.CompilerServices;
using DeepGpu.Hardware.Detection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeepGpu.Hardware;

/// <summary>Finds the GPUs of this machine and watches them.
/// Never throws for a machine without a GPU, driver or command: the result says why.</summary>
public sealed class GpuDetector : IDisposable
{
    private readonly IReadOnlyList<IGpuSource> _sources;
    private readonly GpuCatalog _catalog;
    private readonly GpuDetectionOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private IReadOnlyList<GpuToolkit>? _toolkits;
    private HashSet<(GpuVendor Vendor, int Index, GpuWarningKind Kind)> _warned = [];

    /// <summary>Makes a detector over some sources, e.g. a <see cref="FakeGpuMachine"/>.</summary>
    /// <param name="sources">Ways to GPUs, one a vendor.</param>
    /// <param name="catalog">Where devices are matched to entries; null for the built-in catalogue.</param>
    /// <param name="options">How to find and watch; null for the defaults.</param>
    /// <param name="logger">Where what is found is logged; null for no log.</param>
    /// <param name="clock">The clock of samples; null for the system's.</param>
    public GpuDetector(IEnumerable<IGpuSource> sources, GpuCatalog? catalog = null, GpuDetectionOptions? options = null,
        ILogger<GpuDetector>? logger = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _sources = [.. sources];
        (_catalog, _options, _logger, _clock) =
            (catalog ?? GpuCatalog.Default, options ?? new(), logger ?? NullLogger<GpuDetector>.Instance, clock ?? TimeProvider.System);
    }

    /// <summary>A detector of this machine's GPUs: NVIDIA by NVML or nvidia-smi, AMD by sysfs or rocm-smi,
    /// Apple by its system profile.</summary>
    /// <param name="options">How to find and watch; null for the defaults.</param>
    /// <param name="catalog">Where devices are matched to entries; null for the built-in catalogue.</param>
    /// <param name="logger">Where what is found is logged; null for no log.</param>
    public static GpuDetector OfThisMachine(GpuDetectionOptions? options = null, GpuCatalog? catalog = null,
        ILogger<GpuDetector>? logger = null)
    {
        var used = options ?? new GpuDetectionOptions();
        return new(MachineSources.All(used), catalog, used, logger)
        {
            Toolkits = new ToolkitReader(new SystemCommands(), used, Environment.GetEnvironmentVariable).ReadAsync,
            MachineMemory = () => ByteSize.FromBytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        };
    }

    /// <summary>Reads the memory of the machine, which is that of a GPU without its own: its driver then says [N/A].
    /// Default unknown.</summary>
    internal Func<ByteSize?> MachineMemory { get; init; } = () => null;

    /// <summary>Finds the toolkits of the machine; it is asked once. Default none.</summary>
    internal Func<CancellationToken, ValueTask<IReadOnlyList<GpuToolkit>>> Toolkits { get; init; }
        = _ => ValueTask.FromResult<IReadOnlyList<GpuToolkit>>([]);

    /// <summary>The GPUs with their readings now.</summary>
    public async Task<GpuDetection> DetectAsync(CancellationToken cancellationToken = default)
    {
        var results = new List<GpuSourceResult>();
        foreach (var source in _sources) results.Add(await AskAsync(source, cancellationToken).ConfigureAwait(false));
        var toolkits = _toolkits ??= await Toolkits(cancellationToken).ConfigureAwait(false);
        var devices = results.SelectMany(result => result.Devices).Select(device => Complete(device, toolkits)).ToList();
        LogNew(devices);
        return new() { Devices = devices, Attempts = [.. results.SelectMany(result => result.Attempts)], Toolkits = toolkits };
    }

    /// <summary>The GPUs with their readings, again and again: at once, then at every interval, until cancelled.</summary>
    /// <param name="interval">The time between readings; one that takes longer is followed by the next at once.</param>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<GpuDetection> SampleAsync(TimeSpan interval,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (interval <= TimeSpan.Zero) throw Require.OutOfRange("SampleAsync", nameof(interval), "above 0", interval);
        using var timer = new PeriodicTimer(interval, _clock);
        do
        {
            yield return await DetectAsync(cancellationToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Starts to measure the energy that the GPUs use: <c>await using var meter = await detector.MeasureEnergyAsync();</c>,
    /// then <see cref="GpuEnergyMeter.StopAsync"/>.</summary>
    public Task<GpuEnergyMeter> MeasureEnergyAsync(CancellationToken cancellationToken = default)
        => GpuEnergyMeter.StartAsync(this, _options.EnergyInterval, _clock, cancellationToken);

    /// <summary>Closes the drivers' libraries.</summary>
    public void Dispose()
    {
        foreach (var source in _sources.OfType<IDisposable>()) source.Dispose();
    }

    /// <summary>Logs a warning when it appears, not at every sample while it lasts.</summary>
    private void LogNew(IReadOnlyList<GpuDevice> devices)
    {
        var current = devices.SelectMany(device => device.Warnings,
            (device, warning) => (device.Vendor, device.Index, warning.Kind)).ToHashSet();
        var before = Interlocked.Exchange(ref _warned, current);
        foreach (var device in devices)
        {
            foreach (var warning in device.Warnings.Where(warning => !before.Contains((device.Vendor, device.Index, warning.Kind))))
            {
                DetectionLog.Warned(_logger, device.Index, PrintableText.Of(device.Name), warning);
            }
        }
    }

    private async ValueTask<GpuSourceResult> AskAsync(IGpuSource source, CancellationToken cancellationToken)
    {
        var result = await SafeSource.ReadAsync(source, cancellationToken).ConfigureAwait(false);
        if (result.Devices.Count > 0) DetectionLog.Detected(_logger, source.Name, result.Devices.Count);
        else DetectionLog.SourceUnavailable(_logger, source.Name, result.Status, result.Reason?.ToString());
        return result.Attempts.Count > 0 ? result : result with { Attempts = [new(source.Name, result.Status, result.Reason)] };
    }

    private GpuDevice Complete(GpuDevice device, IReadOnlyList<GpuToolkit> toolkits)
    {
        var spec = device.Spec ?? GpuMatcher.Match(device, _catalog);
        var read = device with
        {
            Spec = spec,
            TotalMemory = device.TotalMemory ?? (spec is { IsMemoryUnified: true } ? MachineMemory() : null),
            Reading = device.Reading with { Time = device.Reading.Time ?? _clock.GetUtcNow() }
        };
        return read with { Warnings = [.. read.Warnings, .. GpuWarnings.Of(read, _options, toolkits)] };
    }
}
