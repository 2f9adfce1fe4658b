using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using DeepGpu.Training;

namespace DeepGpu;

/// <summary>What was measured on data: "loss" and the metrics' names with their values, the loss first.</summary>
/// <remarks>In JSON an object of numbers; one that is not finite is "NaN", "Infinity" or "-Infinity".</remarks>
[JsonConverter(typeof(EvaluationJson))]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is named for what it is.")]
public sealed class Evaluation : IReadOnlyDictionary<string, double>
{
    private readonly OrderedDictionary<string, double> _values;

    internal Evaluation(IEnumerable<KeyValuePair<string, double>> values) => _values = new(values, StringComparer.Ordinal);

    /// <summary>The value of a name.</summary>
    /// <param name="key">"loss", or a metric's name.</param>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured; the names that were are listed.</exception>
    public double this[string key] => _values.TryGetValue(key, out var value) ? value : throw MeasuredNames.Missing(key, Keys);

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<double> Values => _values.Values;

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The values in one line, e.g. "loss 0.2100  accuracy 0.9300".</summary>
    public override string ToString() => MeasuredNames.Line(this);

    /// <summary>The values as a table of HTML.</summary>
    public string ToHtml() => HtmlTable.Write([["", .. Keys], ["value", .. Values.Select(MeasuredNames.Text)]]);
}
