using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DeepGpu.Formats;

namespace DeepGpu;

/// <summary>Writes a line an epoch to a CSV file: the epoch's index, from 0 as in Keras, then losses and metrics by name.
/// Keras: https://keras.io/api/callbacks/csv_logger/</summary>
/// <remarks>A resumed training drops the lines of epochs that it repeats. Numbers are written so that they read back exactly.</remarks>
/// <param name="path">The file, a regular one. Made for the user alone (0600) where it is not there.</param>
/// <param name="separator">Between columns. Default ','.</param>
/// <param name="append">Whether lines are added to a file that exists. Default false: it is replaced.</param>
public sealed class CSVLogger(string path, char separator = ',', bool append = false) : Callback
{
    private string[]? _columns;
    private long _length;

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    protected internal override bool IsForFirstRank => true;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.IsResumed) return;
        RegularFile.CheckWritable(path);
        var kept = append && File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
        _columns = kept?.Split(separator)[1..];
        if (kept is null) Write("", FileMode.Create);
        else _length = new FileInfo(path).Length;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if (_columns is null)
        {
            _columns = [.. logs.Keys.Order(StringComparer.Ordinal)];
            Write(string.Join(separator, _columns.Prepend("epoch")) + "\n", FileMode.Append);
        }

        var values = _columns.Select(name =>
            logs.TryGetValue(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "NA");
        Write(string.Join(separator, values.Prepend((context.Epoch - 1).ToString(CultureInfo.InvariantCulture))) + "\n", FileMode.Append);
    }

    /// <inheritdoc/>
    public override CallbackState SaveState()
        => new(new JsonObject
        {
            ["length"] = _length,
            ["columns"] = _columns is null ? null : new JsonArray([.. _columns.Select(name => (JsonNode)name)])
        });

    /// <inheritdoc/>
    public override void RestoreState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _columns = state.Values["columns"] is JsonArray names ? [.. names.Select(name => (string)name!)] : null;
        _length = (long)state.Values["length"]!;
        using var file = PrivateFiles.Open(path, FileMode.OpenOrCreate);
        if (file.Length > _length) file.SetLength(_length);
    }

    private void Write(string text, FileMode mode)
    {
        using var file = PrivateFiles.Open(path, mode);
        file.Write(Encoding.UTF8.GetBytes(text));
        _length = file.Length;
    }
}
