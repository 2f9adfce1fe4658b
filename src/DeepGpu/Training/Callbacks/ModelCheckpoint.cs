using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepGpu.Training;
using DeepGpu.Weights;

namespace DeepGpu;

/// <summary>Saves the model while it trains. Keras: https://keras.io/api/callbacks/model_checkpoint/</summary>
/// <remarks>To go on after a crash, use <see cref="BackupAndRestore"/>: it keeps the optimizer and the place in the data as well.</remarks>
/// <param name="path">The file; its ending decides the format, as in <see cref="Model.Save(string, CancellationToken)"/>.
/// "{epoch}" (from 1) and names of the logs are filled in, with a format of .NET or of Python if need be:
/// "model-{epoch:00}-{val_loss:0.00}.keras",
/// "model-{epoch:02d}-{val_loss:.2f}.keras".</param>
/// <param name="monitor">The value watched. Default "val_loss".</param>
/// <param name="saveBestOnly">Whether only a model better than all before it is saved. Default false.</param>
/// <param name="mode">Which way the value gets better. Default: as the metric says.</param>
/// <param name="saveFrequency">Saves after every so many steps; null for each epoch's end. Default null.</param>
/// <param name="initialThreshold">The value that the first model saved must be better than; null for none.</param>
public sealed partial class ModelCheckpoint(
    string path,
    string monitor = "val_loss",
    bool saveBestOnly = false,
    MonitorMode mode = MonitorMode.Auto,
    int? saveFrequency = null,
    double? initialThreshold = null) : Callback
{
    private readonly string _path = Checked(path);
    private readonly int? _saveFrequency = saveFrequency is { } steps
        ? Require.AtLeast(steps, 1, nameof(ModelCheckpoint), nameof(saveFrequency))
        : null;
    private readonly MonitoredValue _monitor = new(nameof(ModelCheckpoint), monitor, mode, 0);

    /// <summary>The file written last; null before the first.</summary>
    public string? LastSaved { get; private set; }

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    protected internal override bool IsForFirstRank => true;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (saveBestOnly) _monitor.Begin(context);
        _monitor.Best = initialThreshold;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_saveFrequency is { } frequency && context.Step % frequency == 0) Save(context, context.ReadLogs());
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if (_saveFrequency is null) Save(context, logs.AsReadOnly());
    }

    /// <inheritdoc/>
    public override CallbackState SaveState() => new(new JsonObject { ["best"] = _monitor.Best });

    /// <inheritdoc/>
    public override void RestoreState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _monitor.Best = (double?)state.Values["best"];
    }

    [GeneratedRegex(@"\{(?<name>[^{}:]+)(:(?<format>[^{}]*))?\}")]
    private static partial Regex Placeholder();

    private void Save(TrainingContext context, IReadOnlyDictionary<string, double> logs)
    {
        if (saveBestOnly && !(logs.TryGetValue(_monitor.Name, out var value) && _monitor.Improves(value))) return;
        var file = Placeholder().Replace(_path, match => Fill(match.Groups["name"].Value, match.Groups["format"].Value, context, logs));
        context.Model.Save(file);
        LastSaved = file;
    }

    /// <summary>A path whose ending and formats can be written, so that the first file is not what fails.</summary>
    private static string Checked(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new ArgumentException("A path is needed.", nameof(path));
        ModelWriting.CheckEnding(path);
        foreach (Match match in Placeholder().Matches(path)) FileNameFormat.Check(match.Groups["name"].Value, match.Groups["format"].Value);
        return path;
    }

    private static string Fill(string name, string format, TrainingContext context, IReadOnlyDictionary<string, double> logs)
    {
        if (name == "epoch") return FileNameFormat.Write(name, context.Epoch, format);
        if (name == "batch") return FileNameFormat.Write(name, context.Batch, format);
        return logs.TryGetValue(name, out var value)
            ? FileNameFormat.Write(name, value, format)
            : throw new ModelStateException(new(
            "unknown_placeholder",
            "A checkpoint's path may name the epoch, the batch, and what is measured,",
            $"but names '{name}': there are {string.Join(", ", logs.Keys)}.",
            "Use one of these names in braces."));
    }
}
