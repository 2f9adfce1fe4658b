using System.Globalization;

namespace DeepGpu.Models.Onnx;

/// <summary>The names of the lengths that a graph leaves open, and lengths to try it with.</summary>
/// <param name="graph">The graph.</param>
internal sealed class OpenLengths(OnnxGraph graph)
{
    /// <summary>Lengths that networks can take, two at a time: where both give an axis the same length, it does not depend on
    /// them.</summary>
    private static readonly (long First, long Second)[] Tries =
        [(256, 320), (64, 96), (32, 48), (16, 24), (8, 12), (4, 6), (2, 3), (512, 1024), (224, 224), (384, 384), (1, 1)];

    private static readonly (long First, long Second)[] Batches = [(2, 3), (1, 1)];

    /// <summary>The names, the batch's too; none is a sum of others.</summary>
    public IReadOnlyList<string> Names { get; } = [.. graph.Inputs.SelectMany(input => input.Lengths ?? [])
        .Select(length => length.Symbol).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The name of the batch: that of the first axis of the first input that leaves it open; null where none does.</summary>
    public string? Batch { get; } = graph.Inputs.Select(input => input.Lengths is [{ Symbol: { } name }, ..] ? name : null)
        .FirstOrDefault(name => name is not null);

    /// <summary>The names beside the batch that are no sums.</summary>
    public IEnumerable<string> Others => Names.Where(name => name != Batch && Terms(name) is null);

    /// <summary>Pairs of lengths for all names, those that are given fixed.</summary>
    public IEnumerable<(IReadOnlyDictionary<string, long> First, IReadOnlyDictionary<string, long> Second)> Pairs(
        IReadOnlyDictionary<string, long> given)
        => Tries.SelectMany(pair => Batches.Select(batch => Pair(given, batch, pair))).DistinctBy(pair => string.Join(' ', pair.First
            .Concat(pair.Second)));

    private (IReadOnlyDictionary<string, long> First, IReadOnlyDictionary<string, long> Second) Pair(
        IReadOnlyDictionary<string, long> given, (long First, long Second) batch, (long First, long Second) other)
        => (Filled(given, batch.First, other.First), Filled(given, batch.Second, other.Second));

    private Dictionary<string, long> Filled(IReadOnlyDictionary<string, long> given, long batch, long other)
    {
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in Names.Where(name => Terms(name) is null))
            lengths[name] = given.TryGetValue(name, out var known) ? known : name == Batch ? batch : other;
        foreach (var name in Names.Where(name => Terms(name) is not null))
            lengths[name] = given.TryGetValue(name, out var known) ? known : Terms(name)!.Sum(term => Value(term, lengths));
        return lengths;
    }

    private static long Value(string term, Dictionary<string, long> lengths)
        => lengths.TryGetValue(term, out var length) ? length : long.Parse(term, CultureInfo.InvariantCulture);

    /// <summary>The names and numbers that a name is the sum of ("past_length + length"); null where it is none.</summary>
    private string[]? Terms(string name)
    {
        string[] terms = name.Split('+', StringSplitOptions.TrimEntries);
        return terms.Length > 1 && terms.All(term => (term != name && Names.Contains(term) && !term.Contains('+'))
            || int.TryParse(term, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? terms : null;
    }
}
