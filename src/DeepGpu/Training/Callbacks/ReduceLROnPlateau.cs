using System.Text.Json.Nodes;
using DeepGpu.Training;

namespace DeepGpu;

/// <summary>Lowers the learning rate when a value has stopped getting better.
/// Keras: https://keras.io/api/callbacks/reduce_lr_on_plateau/</summary>
/// <param name="monitor">The value watched. Default "val_loss".</param>
/// <param name="factor">What the rate is multiplied by, below 1. Default 0.1.</param>
/// <param name="patience">Epochs without getting better after which it is. Default 10.</param>
/// <param name="mode">Which way the value gets better. Default: as the metric says.</param>
/// <param name="minDelta">A change counts if it is larger than this. Default 0.0001.</param>
/// <param name="cooldown">Epochs after a reduction that are not counted. Default 0.</param>
/// <param name="minRate">The lowest rate. Default 0.</param>
public sealed class ReduceLROnPlateau(
    string monitor = "val_loss",
    double factor = 0.1,
    int patience = 10,
    MonitorMode mode = MonitorMode.Auto,
    double minDelta = 1e-4,
    int cooldown = 0,
    double minRate = 0) : Callback
{
    private readonly MonitoredValue _monitor = new(nameof(ReduceLROnPlateau), monitor, mode,
        Require.AtLeast(minDelta, 0, nameof(ReduceLROnPlateau)));
    private readonly double _factor = Require.Fraction(factor, nameof(ReduceLROnPlateau));
    private readonly int _patience = Require.AtLeast(patience, 0, nameof(ReduceLROnPlateau));
    private readonly int _cooldown = Require.AtLeast(cooldown, 0, nameof(ReduceLROnPlateau));
    private readonly double _minRate = Require.AtLeast(minRate, 0, nameof(ReduceLROnPlateau));
    private int _wait;
    private int _cooling;

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [LearningRate];

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.RefuseSchedule(nameof(ReduceLROnPlateau));
        _monitor.Begin(context);
        (_wait, _cooling) = (0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        logs[LearningRate] = context.LearningRate;
        if (!logs.TryGetValue(_monitor.Name, out var value)) return;
        if (_cooling > 0) (_cooling, _wait) = (_cooling - 1, 0);
        if (_monitor.Improves(value)) _wait = 0;
        else if (_cooling == 0 && ++_wait >= _patience) Reduce(context);
    }

    /// <inheritdoc/>
    public override CallbackState SaveState() => new(new JsonObject { ["best"] = _monitor.Best, ["wait"] = _wait, ["cooling"] = _cooling });

    /// <inheritdoc/>
    public override void RestoreState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _monitor.Best = (double?)state.Values["best"];
        (_wait, _cooling) = ((int)state.Values["wait"]!, (int)state.Values["cooling"]!);
    }

    private void Reduce(TrainingContext context)
    {
        if (context.LearningRate <= _minRate) return;
        context.LearningRate = Math.Max(context.LearningRate * _factor, _minRate);
        (_cooling, _wait) = (_cooldown, 0);
    }
}
