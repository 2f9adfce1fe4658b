using System.Text.Json.Serialization;
using DeepGpu.Training;

namespace DeepGpu;

/// <summary>What <c>Fit</c> measured: for each name ("loss", "accuracy", "val_loss", ...) one value an epoch.</summary>
/// <remarks>In JSON, for System.Text.Json: <c>{epochs, values: {loss: [...]}, settings: {...}, notes: [...]}</c>.</remarks>
[JsonConverter(typeof(HistoryJson))]
public sealed class History
{
    private readonly OrderedDictionary<string, List<double>> _values = new(StringComparer.Ordinal);

    private readonly OrderedDictionary<string, string> _settings = new(StringComparer.Ordinal);

    private readonly List<string> _notes = [];

    /// <summary>The names measured.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The number of epochs measured.</summary>
    public int Epochs { get; private set; }

    /// <summary>The values of a name, one an epoch.</summary>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured; the names that were are listed.</exception>
    public IReadOnlyList<double> this[string name]
        => _values.TryGetValue(name, out var values) ? values : throw MeasuredNames.Missing(name, Names);

    /// <summary>What was trained and how, a name and a text each: model, parameters, optimizer, batch size, device, time.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>What happened that a user should know: steps taken in parts, batches left out, why training ended early.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The values of the epochs as a table, at most 20 lines: epochs in the middle of long trainings are left out.</summary>
    public override string ToString() => HistoryText.Of(this);

    /// <summary>Curves of losses and metrics and a table of the values as a piece of HTML below 20 kB.</summary>
    public string ToHtml() => HistoryText.Html(this);

    /// <summary>A history read back.</summary>
    internal static History Of(int epochs, IEnumerable<KeyValuePair<string, double[]>> values, IEnumerable<string> notes)
    {
        var history = new History { Epochs = epochs };
        foreach (var (name, list) in values) history._values[name] = [.. list];
        history.AddNotes(notes);
        return history;
    }

    internal void AddNotes(IEnumerable<string> notes) => _notes.AddRange(notes);

    internal void Set(string setting, string text) => _settings[setting] = text;

    internal void Add(IEnumerable<KeyValuePair<string, double>> epoch)
    {
        Epochs++;
        foreach (var (name, value) in epoch)
        {
            if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
            values.Add(value);
        }
    }
}
