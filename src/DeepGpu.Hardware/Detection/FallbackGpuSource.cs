namespace DeepGpu.Hardware;

/// <summary>Asks sources of the same GPUs in turn, until one gives GPUs or knows that there are none.</summary>
public sealed class FallbackGpuSource : IGpuSource, IDisposable
{
    private readonly IReadOnlyList<IGpuSource> _sources;

    /// <summary>Makes a chain; the first source is asked first.</summary>
    public FallbackGpuSource(params IEnumerable<IGpuSource> sources) => _sources = [.. sources];

    /// <inheritdoc/>
    public string Name => string.Join(", ", _sources.Select(source => source.Name));

    /// <inheritdoc/>
    public async ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var attempts = new List<GpuSourceAttempt>();
        GpuSourceResult? result = null;
        foreach (var source in _sources)
        {
            result = await SafeSource.ReadAsync(source, cancellationToken).ConfigureAwait(false);
            attempts.Add(new(source.Name, result.Status, result.Reason));
            if (result.Status is GpuSourceStatus.Ok or GpuSourceStatus.NoDevices) return result with { Attempts = attempts };
        }

        return (result ?? GpuSourceResult.Found([])) with { Attempts = attempts };
    }

    /// <summary>Disposes the sources that need it.</summary>
    public void Dispose()
    {
        foreach (var source in _sources.OfType<IDisposable>()) source.Dispose();
    }
}

/// <summary>Asks a source that may be anybody's: whatever it throws becomes a result.</summary>
internal static class SafeSource
{
    public static async ValueTask<GpuSourceResult> ReadAsync(IGpuSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Detection never throws, whatever a source of your own does.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return GpuSourceResult.Without(GpuSourceStatus.Failed, (e as IFaultSource)?.Fault
                ?? new("source_failed", $"The source {source.Name} must answer,", $"but threw {e.GetType().Name}: {e.Message}",
                    "Report it to the source's author."));
        }
    }
}
