using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DeepGpu;

/// <summary>Ends training after a time; the step under way is finished.</summary>
/// <param name="limit">How long training may take, above 0; the time before a resume counts.</param>
public sealed class TimeLimit(TimeSpan limit) : Callback
{
    private readonly TimeSpan _limit = TimeSpan.FromSeconds(Require.Positive(limit.TotalSeconds, nameof(TimeLimit), nameof(limit)));
    private readonly Stopwatch _clock = new();
    private TimeSpan _before;

    private TimeSpan Elapsed => _before + _clock.Elapsed;

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        _before = TimeSpan.Zero;
        _clock.Restart();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Elapsed >= _limit) context.Stop($"{nameof(TimeLimit)}: {_limit} have passed.");
    }

    /// <inheritdoc/>
    public override CallbackState SaveState() => new(new JsonObject { ["elapsed_seconds"] = Elapsed.TotalSeconds });

    /// <inheritdoc/>
    public override void RestoreState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _before = TimeSpan.FromSeconds((double)state.Values["elapsed_seconds"]!);
    }
}
