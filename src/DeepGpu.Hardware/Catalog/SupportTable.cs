using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>What holds for every card of a compute capability (toolkits, drivers, wheels), stated once instead of on each card.</summary>
internal sealed class SupportTable
{
    private const string Key = "computeCapability";

    private static readonly Dictionary<string, JsonField<GpuSpec>> Fields = GpuFields.All.ToDictionary(field => field.Name);

    private readonly Dictionary<Version, JsonElement> _rows;

    /// <param name="root">The file: <c>{support: [{computeCapability, ...fields of a card, sources}]}</c>.</param>
    public SupportTable(JsonElement root) => _rows = root.GetProperty("support").EnumerateArray()
        .ToDictionary(row => JsonValue.Release(Key, row.GetProperty(Key)), row => row.Clone());

    /// <summary>The card with what its entry does not state itself, and the sources of that.</summary>
    public GpuSpec Complete(GpuSpec card)
    {
        if (card.ComputeCapability is not { } capability || !_rows.TryGetValue(capability, out var row)) return card;
        var stated = card.Sources.Values.SelectMany(fields => fields).ToHashSet();
        var taken = row.EnumerateObject()
            .Where(member => member.Name is not (Key or "sources") && !stated.Contains(member.Name)).ToList();
        var complete = taken.Aggregate(card, (spec, member) => Fields[member.Name].Read(spec, member.Value));
        return complete with { Sources = Merged(card.Sources, row, [.. taken.Select(member => member.Name)]) };
    }

    private static Dictionary<string, IReadOnlyList<string>> Merged(
        IReadOnlyDictionary<string, IReadOnlyList<string>> own, JsonElement row, HashSet<string> taken)
    {
        var merged = own.ToDictionary();
        foreach (var source in row.GetProperty("sources").EnumerateObject())
        {
            var fields = JsonValue.Texts("sources", source.Value).Where(taken.Contains).ToList();
            if (fields.Count > 0) merged[source.Name] = [.. merged.GetValueOrDefault(source.Name, []), .. fields];
        }

        return merged;
    }
}
