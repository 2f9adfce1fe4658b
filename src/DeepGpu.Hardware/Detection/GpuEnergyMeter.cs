namespace DeepGpu.Hardware;

/// <summary>Measures the energy that the GPUs of a machine use while a block of code runs.</summary>
/// <remarks>Where a driver counts energy itself, the difference of its counter is taken; else the power read at every interval is
/// summed over time, which misses peaks between two readings.</remarks>
/// <example><code>
/// await using var meter = await detector.MeasureEnergyAsync();
/// model.Fit(train, epochs: 5);
/// Console.WriteLine((await meter.StopAsync()).Total);
/// </code></example>
public sealed class GpuEnergyMeter : IDisposable, IAsyncDisposable
{
    private readonly GpuDetector _detector;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EnergyTrack> _tracks = [];
    private readonly long _started;
    private Task _loop = Task.CompletedTask;
    private GpuEnergyMeasurement? _result;

    private GpuEnergyMeter(GpuDetector detector, TimeProvider clock)
    {
        (_detector, _clock) = (detector, clock);
        _started = clock.GetTimestamp();
    }

    /// <summary>What was measured up to the last reading. Does not stop the meter.</summary>
    public GpuEnergyMeasurement Read()
    {
        lock (_gate) return _result ?? Measurement();
    }

    /// <summary>Takes a last reading, stops, and returns what was measured. A second call returns the same.</summary>
    public async Task<GpuEnergyMeasurement> StopAsync(CancellationToken cancellationToken = default)
    {
        if (_result is { } done) return done;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await SampleAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate) return _result ??= Measurement();
    }

    /// <summary>Stops the readings. What was measured stays readable.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested) return;
        lock (_gate) _result ??= Measurement();
        _stop.Cancel();
    }

    /// <summary>Stops the readings and waits for the last one to end. What was measured stays readable.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    internal static async Task<GpuEnergyMeter> StartAsync(GpuDetector detector, TimeSpan interval, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var meter = new GpuEnergyMeter(detector, clock);
        await meter.SampleAsync(cancellationToken).ConfigureAwait(false);
        meter._loop = Task.Run(() => meter.RunAsync(interval), CancellationToken.None);
        return meter;
    }

    private async Task RunAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                await SampleAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the readings so far are the result.
        }
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        var detection = await _detector.DetectAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            var time = _clock.GetElapsedTime(_started);
            foreach (var device in detection.Devices) Track(device).Add(time, device.Reading);
        }
    }

    private EnergyTrack Track(GpuDevice device)
    {
        var key = device.Uuid ?? $"{device.Vendor} {device.Index}";
        return _tracks.TryGetValue(key, out var track) ? track : _tracks[key] = new(device);
    }

    private GpuEnergyMeasurement Measurement()
        => new() { Elapsed = _clock.GetElapsedTime(_started), Devices = [.. _tracks.Values.Select(track => track.Result())] };

    /// <summary>The readings of one device.</summary>
    private sealed class EnergyTrack(GpuDevice device)
    {
        private Energy? _firstCounter;
        private Energy? _lastCounter;
        private Energy _sum;
        private (TimeSpan Time, Power Power)? _last;
        private int _readings;

        public void Add(TimeSpan time, GpuReading reading)
        {
            _lastCounter = reading.TotalEnergy;
            _firstCounter ??= reading.TotalEnergy;
            if (reading.Power is not { } power) return;
            if (_last is { } last) _sum += (last.Power + power) * 0.5 * (time - last.Time);
            _last = (time, power);
            _readings++;
        }

        public GpuDeviceEnergy Result()
            => _lastCounter - _firstCounter is { Joules: >= 0 } counted ? new(device, counted, GpuEnergyBasis.DriverCounter)
                : _readings > 1 ? new(device, _sum, GpuEnergyBasis.PowerSamples)
                : new(device, null, GpuEnergyBasis.Unknown);
    }
}

/// <summary>What an energy meter measured.</summary>
public sealed record GpuEnergyMeasurement
{
    /// <summary>How long it measured.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The energy of each GPU.</summary>
    public required IReadOnlyList<GpuDeviceEnergy> Devices { get; init; }

    /// <summary>The energy of all GPUs; null where there is none or that of one is unknown.</summary>
    public Energy? Total
        => Devices.Count > 0 && Devices.All(device => device.Energy is not null)
            ? Devices.Aggregate(default(Energy), (sum, device) => sum + device.Energy!.Value)
            : null;

    /// <summary>The mean power of all GPUs; null where the energy is unknown.</summary>
    public Power? MeanPower => Total is { } total && Elapsed > TimeSpan.Zero ? Power.FromWatts(total.Joules / Elapsed.TotalSeconds) : null;
}

/// <summary>The energy of one GPU.</summary>
/// <param name="Device">The GPU, as it was at the first reading.</param>
/// <param name="Energy">What it used; null where its driver states neither energy nor power.</param>
/// <param name="Basis">What the figure rests on.</param>
public sealed record GpuDeviceEnergy(GpuDevice Device, Energy? Energy, GpuEnergyBasis Basis);

/// <summary>What a figure of energy rests on.</summary>
public enum GpuEnergyBasis
{
    /// <summary>Nothing: there is no figure.</summary>
    Unknown,

    /// <summary>The driver's own counter.</summary>
    DriverCounter,

    /// <summary>Power read at intervals, summed over time.</summary>
    PowerSamples,
}
