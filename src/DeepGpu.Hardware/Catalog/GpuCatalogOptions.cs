using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware;

/// <summary>Which cards the catalogue holds besides the built-in ones.</summary>
public sealed class GpuCatalogOptions
{
    /// <summary>Whether the built-in cards are in it. Default true.</summary>
    public bool IncludeBuiltIn { get; set; } = true;

    /// <summary>Files of your own cards, in the form of docs/schemas/gpu-catalog.schema.json. Default none. A card of a name that is
    /// there already replaces it; a later file wins.</summary>
    public IList<string> Files { get; } = [];

    /// <summary>Files of your own prices and rents, in the form of docs/schemas/gpu-prices.schema.json. Default none; a later file
    /// wins.</summary>
    public IList<string> PriceFiles { get; } = [];

    /// <summary>Cards made in code; they win over files. Default none.</summary>
    public IList<GpuSpec> Cards { get; } = [];

    /// <summary>What happens when an entry of a file cannot be read. Default <see cref="RefusedEntryPolicy.Throw"/>.</summary>
    public RefusedEntryPolicy RefusedEntries { get; set; } = RefusedEntryPolicy.Throw;

    /// <summary>Sets on other options what was set here.</summary>
    internal void CopyTo(GpuCatalogOptions other)
    {
        if (!IncludeBuiltIn) other.IncludeBuiltIn = false;
        if (RefusedEntries != RefusedEntryPolicy.Throw) other.RefusedEntries = RefusedEntries;
        foreach (var file in Files) other.Files.Add(file);
        foreach (var file in PriceFiles) other.PriceFiles.Add(file);
        foreach (var card in Cards) other.Cards.Add(card);
    }
}

/// <summary>What happens when an entry of a catalogue file cannot be read.</summary>
public enum RefusedEntryPolicy
{
    /// <summary>The catalogue is not made; the exception names file, entry and field.</summary>
    Throw,

    /// <summary>The entry is left out and logged as a warning; the others are used.</summary>
    LogAndSkip,
}

/// <summary>Checks <see cref="GpuCatalogOptions"/>: paths that exist, cards whose values hardware can have.
/// All faults are listed together.</summary>
public sealed class GpuCatalogOptionsValidator : IValidateOptions<GpuCatalogOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GpuCatalogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OptionFaults.Result(options.Files.Concat(options.PriceFiles).Where(file => !File.Exists(file)).Select(MissingFile)
            .Concat(options.Cards.Select(GpuSpecCheck.Fault).OfType<Fault>())
            .Append(options is { IncludeBuiltIn: false, Files.Count: 0, Cards.Count: 0 } ? Empty : null));
    }

    private static Fault Empty { get; } = new("empty_catalog", "A catalogue must hold a card,",
        "but the built-in ones are left out and no file or card is added.", "Set IncludeBuiltIn, or add to Files or Cards.");

    private static Fault MissingFile(string file)
        => new("file_not_found", "A catalogue file must exist,", $"but '{StrictJson.Printable(file)}' does not.",
            "Correct the path in GpuCatalogOptions.Files or PriceFiles.");
}

/// <summary>Makes a catalogue from options.</summary>
public static class GpuCatalogFactory
{
    /// <summary>The catalogue that the options describe.</summary>
    /// <param name="options">The options.</param>
    /// <param name="logger">Told of skipped entries; null for nobody.</param>
    /// <exception cref="ModelFormatException">A file cannot be read, or an entry cannot and the policy is to throw.</exception>
    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    public static GpuCatalog Create(GpuCatalogOptions options, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (new GpuCatalogOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(GpuCatalogOptions), typeof(GpuCatalogOptions), result.Failures);
        var start = options.IncludeBuiltIn
            ? GpuCatalog.Default
            : new GpuCatalog(GpuCatalog.Default.Version, [], GpuCatalog.Default.Cpus, GpuCatalog.Default.Sources);
        var cards = options.Files.Aggregate(start, (catalog, file) => catalog.With(Cards(file, options.RefusedEntries, logger)))
            .With(options.Cards);
        return options.PriceFiles.Aggregate(cards, (catalog, file) => catalog.WithPrices(GpuPriceFile.Read(file, catalog)));
    }

    private static IReadOnlyList<GpuSpec> Cards(string path, RefusedEntryPolicy policy, ILogger? logger)
    {
        var file = GpuCatalogFile.Read(path);
        if (policy == RefusedEntryPolicy.Throw) file.RequireEveryEntry();
        if (logger is not null) file.Refused.ToList().ForEach(entry
            => CatalogLog.EntryRefused(logger, PrintableText.Of(path), entry.Index, entry.Name ?? "no name", entry.Reason.Fault));
        return file.Cards;
    }
}
