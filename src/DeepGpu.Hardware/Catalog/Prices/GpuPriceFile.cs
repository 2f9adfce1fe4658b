namespace DeepGpu.Hardware;

/// <summary>A file of prices and rents, read as a whole: one row that is wrong refuses the file, and nothing of it is used.</summary>
/// <remarks>The form is described by docs/schemas/gpu-prices.schema.json; the built-in prices have it too. Names of cards are those of the
/// catalogue, or what <see cref="GpuCatalog.Find"/> takes.</remarks>
public sealed record GpuPriceFile
{
    /// <summary>The version of the form that this library reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The path it was read from, or null.</summary>
    public string? File { get; init; }

    /// <summary>The prices.</summary>
    public required IReadOnlyList<GpuPrice> Prices { get; init; }

    /// <summary>The rents.</summary>
    public required IReadOnlyList<GpuRent> Rents { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The cards it speaks of; null for the built-in catalogue.</param>
    /// <param name="today">The day after which no price can have been seen; null for the system's.</param>
    /// <exception cref="ModelFormatException">The file or one of its rows cannot be read: the text names the row, its line and what is
    /// wrong.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static GpuPriceFile Read(string path, GpuCatalog? catalog = null, DateOnly? today = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Parse(RegularFile.ReadAllBytes(path), path, catalog, today);
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="file">The name to show in errors, or null.</param>
    /// <param name="catalog">The cards it speaks of; null for the built-in catalogue.</param>
    /// <param name="today">The day after which no price can have been seen; null for the system's.</param>
    /// <exception cref="ModelFormatException">The file or one of its rows cannot be read: the text names the row, its line and what is
    /// wrong.</exception>
    public static GpuPriceFile Parse(ReadOnlyMemory<byte> utf8, string? file = null, GpuCatalog? catalog = null, DateOnly? today = null)
    {
        try
        {
            using var document = GpuCatalogFile.Document(utf8);
            return PriceRows.Read(document.RootElement, utf8, catalog ?? GpuCatalog.Default, today ?? Today()) with { File = file };
        }
        catch (ModelFormatException e) when (file is not null)
        {
            throw e.InFile(file);
        }
    }

    internal static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
}
