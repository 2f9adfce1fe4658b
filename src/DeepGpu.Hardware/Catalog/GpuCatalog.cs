using System.Collections.Immutable;
using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>The cards this library knows, with look-up that forgives. Immutable: <see cref="With"/> returns a new catalogue.</summary>
public sealed class GpuCatalog
{
    private static readonly Lazy<GpuCatalog> BuiltIn = new(LoadBuiltIn);

    private GpuCatalog(string version, ImmutableArray<GpuSpec> cards, IReadOnlyDictionary<string, string> sources)
    {
        Version = version;
        Cards = cards;
        Sources = sources;
    }

    /// <summary>The catalogue that comes with the library.</summary>
    public static GpuCatalog Default => BuiltIn.Value;

    /// <summary>Year and month of the data, e.g. "2026.11".</summary>
    public string Version { get; }

    /// <summary>Every card; query it with LINQ.</summary>
    public ImmutableArray<GpuSpec> Cards { get; }

    /// <summary>What the source keys of <see cref="GpuSpec.Sources"/> stand for.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <summary>A catalogue that also holds <paramref name="spec"/>; a card of the same name is replaced.</summary>
    public GpuCatalog With(GpuSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var others = Cards.Where(card => !string.Equals(card.Name, spec.Name, StringComparison.OrdinalIgnoreCase));
        return new(Version, [.. others, spec], Sources);
    }

    /// <summary>The card of a name. Case, spaces and left-out family words ("GeForce") do not matter: "3090" is the RTX 3090.</summary>
    /// <exception cref="GpuNotFoundException">No card has the name, or several could be meant: the candidates are listed.</exception>
    public GpuSpec Find(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var matches = GpuNames.Match(name, Cards);
        return matches.Count == 1 ? matches[0] : throw GpuNotFoundException.For(name, matches, this);
    }

    /// <summary>The catalogue's cards as its public JSON: an array, units in the field names.</summary>
    public string ToJson() => ToJson(Cards);

    /// <summary>Some cards as the catalogue's public JSON: an array, units in the field names.</summary>
    public static string ToJson(IEnumerable<GpuSpec> cards)
        => JsonSerializer.Serialize<IReadOnlyList<GpuEntry>>([.. cards.Select(GpuEntry.From)], CatalogJson.Default.IReadOnlyListGpuEntry);

    private static GpuCatalog LoadBuiltIn()
    {
        var assembly = typeof(GpuCatalog).Assembly;
        var header = Read(assembly.GetManifestResourceStream("catalog.json")!, CatalogJson.Default.CatalogHeader);
        var cards = assembly.GetManifestResourceNames()
            .Where(name => name != "catalog.json")
            .Order(StringComparer.Ordinal)
            .SelectMany(name => Read(assembly.GetManifestResourceStream(name)!, CatalogJson.Default.GpuFile).Gpus)
            .Select(entry => entry.ToSpec());
        return new(header.Version, [.. cards], header.Sources);
    }

    private static T Read<T>(Stream stream, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using (stream) return JsonSerializer.Deserialize(stream, type)!;
    }
}
