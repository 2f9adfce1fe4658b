namespace DeepGpu;

/// <summary>What <c>Fit</c> measured: for each name ("loss", "accuracy", "val_loss", ...) one value an epoch.</summary>
public sealed class History
{
    private readonly Dictionary<string, List<double>> _values = new(StringComparer.Ordinal);

    private readonly List<string> _notes = [];

    /// <summary>The names measured.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The number of epochs measured.</summary>
    public int Epochs { get; private set; }

    /// <summary>The values of a name, one an epoch.</summary>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured.</exception>
    public IReadOnlyList<double> this[string name] => _values.TryGetValue(name, out var values)
        ? values
        : throw new KeyNotFoundException($"'{name}' was not measured. Measured: {string.Join(", ", Names)}.");

    /// <summary>What happened that a user should know: steps taken in parts, batches left out, why training ended early.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>A history read back.</summary>
    internal static History Of(int epochs, IEnumerable<KeyValuePair<string, double[]>> values, IEnumerable<string> notes)
    {
        var history = new History { Epochs = epochs };
        foreach (var (name, list) in values) history._values[name] = [.. list];
        history.AddNotes(notes);
        return history;
    }

    internal void AddNotes(IEnumerable<string> notes) => _notes.AddRange(notes);

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
