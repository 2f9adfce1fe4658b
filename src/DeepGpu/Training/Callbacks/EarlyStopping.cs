using System.Text.Json.Nodes;
using DeepGpu.Training;

namespace DeepGpu;

/// <summary>Ends training when a value has stopped getting better. Keras: https://keras.io/api/callbacks/early_stopping/</summary>
/// <param name="monitor">The value watched. Default "val_loss".</param>
/// <param name="minDelta">A change counts if it is larger than this, at least 0. Default 0.</param>
/// <param name="patience">Epochs without getting better after which training ends. Default 0.</param>
/// <param name="mode">Which way the value gets better. Default: as the metric says.</param>
/// <param name="baseline">A value that must be passed as well; null for none.</param>
/// <param name="restoreBestWeights">Whether training ends with the weights of the best epoch. Default false: those of the last.</param>
/// <param name="startFromEpoch">Epochs at the start that are not watched. Default 0.</param>
public sealed class EarlyStopping(
    string monitor = "val_loss",
    double minDelta = 0,
    int patience = 0,
    MonitorMode mode = MonitorMode.Auto,
    double? baseline = null,
    bool restoreBestWeights = false,
    int startFromEpoch = 0) : Callback
{
    private readonly MonitoredValue _monitor =
        new(nameof(EarlyStopping), monitor, mode, Require.AtLeast(minDelta, 0, nameof(EarlyStopping)));
    private readonly int _patience = Require.AtLeast(patience, 0, nameof(EarlyStopping));
    private readonly int _startFromEpoch = Require.AtLeast(startFromEpoch, 0, nameof(EarlyStopping));
    private Dictionary<string, NDArray>? _bestWeights;
    private int _wait;

    /// <summary>The epoch that ended training, from 1; 0 if none did.</summary>
    public int StoppedEpoch { get; private set; }

    /// <summary>The epoch of the best value, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _monitor.Begin(context);
        (_bestWeights, _wait, StoppedEpoch, BestEpoch) = (null, 0, 0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if (context.Epoch <= _startFromEpoch || !logs.TryGetValue(_monitor.Name, out var value)) return;
        _wait++;
        if (_monitor.Improves(value)) Keep(context, value);
        else if (_bestWeights is null && restoreBestWeights) _bestWeights = SavedWeights.Of(context.Model);
        if (_wait < _patience || _wait == 0 || context.Epoch == 1) return;
        StoppedEpoch = context.Epoch;
        context.Stop($"{nameof(EarlyStopping)}: '{_monitor.Name}' has not got better for {_wait} epochs.");
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_bestWeights is not null) SavedWeights.Restore(context.Model, _bestWeights);
    }

    /// <inheritdoc/>
    public override CallbackState SaveState()
        => new(new JsonObject { ["best"] = _monitor.Best, ["wait"] = _wait, ["best_epoch"] = BestEpoch, ["stopped_epoch"] = StoppedEpoch },
            _bestWeights);

    /// <inheritdoc/>
    public override void RestoreState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _monitor.Best = (double?)state.Values["best"];
        (_wait, BestEpoch, StoppedEpoch) =
            ((int)state.Values["wait"]!, (int)state.Values["best_epoch"]!, (int)state.Values["stopped_epoch"]!);
        _bestWeights = state.Arrays is { Count: > 0 } arrays ? new(arrays) : null;
    }

    private void Keep(TrainingContext context, double value)
    {
        BestEpoch = context.Epoch;
        if (restoreBestWeights) _bestWeights = SavedWeights.Of(context.Model);
        if (baseline is null || _monitor.IsBetter(value, baseline)) _wait = 0;
    }
}
