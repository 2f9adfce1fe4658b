using System.Collections.Immutable;

namespace DeepGpu.Hardware;

/// <summary>The cards this library knows, with look-up that forgives.
/// Immutable: <see cref="With(GpuSpec)"/> returns a new catalogue.</summary>
public sealed class GpuCatalog
{
    private const int BytesACard = 3500;

    private static readonly Lazy<GpuCatalog> BuiltIn = new(BuiltInCatalog.Load);

    private readonly Lazy<GpuNames<GpuSpec>> _names;
    private readonly Lazy<GpuNames<CpuSpec>> _cpuNames;
    private readonly Lazy<GpuPrices> _prices;

    internal GpuCatalog(string version, ImmutableArray<GpuSpec> cards, ImmutableArray<CpuSpec> cpus,
        IReadOnlyDictionary<string, string> sources, Func<GpuCatalog, GpuPrices>? prices = null)
    {
        (Version, Cards, Cpus, Sources) = (version, cards, cpus, sources);
        _prices = new(() => prices?.Invoke(this) ?? GpuPrices.None);
        _names = new(() => new(cards, card => card.Aliases.Prepend(card.Name)));
        _cpuNames = new(() => new(cpus, cpu => cpu.Aliases.Prepend(cpu.Name)));
    }

    /// <summary>The catalogue that comes with the library.</summary>
    public static GpuCatalog Default => BuiltIn.Value;

    /// <summary>Year and month of the data, e.g. "2026.11".</summary>
    public string Version { get; }

    /// <summary>Every card; query it with LINQ.</summary>
    public ImmutableArray<GpuSpec> Cards { get; }

    /// <summary>A few processors, as the baseline that a GPU is compared with.</summary>
    public ImmutableArray<CpuSpec> Cpus { get; }

    /// <summary>What the source keys of <see cref="CatalogEntry.Sources"/> stand for.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <summary>What the cards cost to buy and to rent, dated.</summary>
    public GpuPrices Prices => _prices.Value;

    /// <summary>The month of the data: its first day.</summary>
    internal DateOnly AsOf => DateOnly.ParseExact(Version + ".01", "yyyy.MM.dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A catalogue that also holds <paramref name="spec"/>; a card of the same name is replaced.</summary>
    /// <exception cref="DeepGpuArgumentException">A value of the card is outside what hardware can have;
    /// the text names card and field.</exception>
    public GpuCatalog With(GpuSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return With([spec]);
    }

    /// <summary>A catalogue that also holds some cards; a card of the same name is replaced.</summary>
    /// <exception cref="DeepGpuArgumentException">A value of a card is outside what hardware can have;
    /// the text names card and field.</exception>
    public GpuCatalog With(IEnumerable<GpuSpec> specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        var added = specs.Select(GpuSpecCheck.Checked).ToList();
        var names = added.Select(card => card.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new(Version, [.. Cards.Where(card => !names.Contains(card.Name)), .. added], Cpus, Sources, _ => Prices);
    }

    /// <summary>A catalogue whose prices are those of a file where it has any: its prices of a card and kind, and its rents of a card,
    /// take the
    /// place of those here.</summary>
    /// <param name="prices">The file.</param>
    public GpuCatalog WithPrices(GpuPriceFile prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return new(Version, Cards, Cpus, Sources, _ => Prices.With(prices));
    }

    /// <summary>The card of a name. Case, spaces and left-out family words ("GeForce") do not matter: "3090" is the RTX 3090.</summary>
    /// <exception cref="GpuNotFoundException">No card has the name, or several could be meant: the candidates are listed.</exception>
    public GpuSpec Find(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var matches = _names.Value.Match(name);
        return matches.Count == 1
            ? matches[0]
            : throw GpuNotFoundException.For(name,
                [.. (matches.Count > 0 ? matches : _names.Value.Nearest(name, 3)).Select(card => card.Name)], matches.Count > 0, this);
    }

    /// <summary>The cards a name could mean: one, several, or none. Never throws for a name.</summary>
    public IReadOnlyList<GpuSpec> Match(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _names.Value.Match(name);
    }

    /// <summary>The processor of a name, as <see cref="Find"/> finds cards.</summary>
    /// <exception cref="GpuNotFoundException">No processor has the name, or several could be meant.</exception>
    public CpuSpec FindCpu(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var matches = _cpuNames.Value.Match(name);
        return matches.Count == 1
            ? matches[0]
            : throw GpuNotFoundException.For(name,
                [.. (matches.Count > 0 ? matches : _cpuNames.Value.Nearest(name, 3)).Select(cpu => cpu.Name)], matches.Count > 0, this);
    }

    /// <summary>The catalogue's cards as its public JSON: an array, units in the field names.</summary>
    public string ToJson() => ToJson(Cards);

    /// <summary>Some cards as the catalogue's public JSON: an array, units in the field names.</summary>
    public static string ToJson(IEnumerable<GpuSpec> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        return JsonText.Array(
            json =>
            {
                foreach (var card in cards) JsonText.Object(json, GpuFields.All, card);
            },
            expectedBytes: BytesACard * 256);
    }

    /// <summary>One card as the catalogue's public JSON: an object, units in the field names.</summary>
    public static string ToJson(GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return JsonText.Root(json => JsonText.Object(json, GpuFields.All, card));
    }
}
