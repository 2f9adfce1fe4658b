using System.Globalization;

namespace DeepGpu.Hardware.Detection;

/// <summary>AMD's GPUs by the kernel's files. A file that is missing, or vanishes while it is read, is an unknown reading.</summary>
/// <param name="folder">Where the kernel shows graphics cards.</param>
/// <param name="names">Gives product names, which most cards do not show in sysfs; null for none.</param>
internal sealed class SysfsSource(string folder, RocmSmi? names) : IGpuSource
{
    private const ulong AmdPciVendor = 0x1002;

    public string Name => names is null ? "sysfs" : "sysfs, rocm-smi";

    public async ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Directory.Exists(folder))
            return GpuSourceResult.Without(GpuSourceStatus.NotInstalled, new("sysfs_not_found",
                $"The kernel must show graphics cards in {folder},", "but does not.", "Run on Linux with a graphics driver."));
        var cards = Cards().Select(card => new SysfsCard(card)).Where(card => card.Number("vendor") == AmdPciVendor).ToList();
        if (cards.Count == 0) return GpuSourceResult.Found([]);
        IReadOnlyDictionary<string, string> products = cards.Any(card => card.Text("product_name") is null) && names is not null
            ? await names.ProductsAsync(cancellationToken).ConfigureAwait(false)
            : new Dictionary<string, string>();
        return GpuSourceResult.Found([.. cards.Select((card, index) => card.Device(index, products))]);
    }

    /// <summary>card0, card1, ... but not card0-DP-1, a connector.</summary>
    private IEnumerable<string> Cards() => Directory.EnumerateDirectories(folder, "card*")
        .Select(path => (Path: path, Number: Path.GetFileName(path)["card".Length..]))
        .Where(card => int.TryParse(card.Number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .OrderBy(card => int.Parse(card.Number, CultureInfo.InvariantCulture))
        .Select(card => Path.Combine(card.Path, "device"));
}

/// <summary>One card's folder in sysfs.</summary>
internal sealed class SysfsCard(string folder)
{
    private static readonly Dictionary<string, int> Generations =
        new() { ["2.5"] = 1, ["5.0"] = 2, ["8.0"] = 3, ["16.0"] = 4, ["32.0"] = 5, ["64.0"] = 6 };

    private readonly string? _sensors = FirstFolder(Path.Combine(folder, "hwmon"));

    public GpuDevice Device(int index, IReadOnlyDictionary<string, string> products)
    {
        var address = Address();
        var total = Bytes("mem_info_vram_total");
        var used = Bytes("mem_info_vram_used");
        return new()
        {
            Index = index,
            Name = Text("product_name") ?? (address is not null ? products.GetValueOrDefault(address) : null)
                ?? $"AMD GPU {Text("device") ?? ""}".TrimEnd(),
            Vendor = GpuVendor.Amd,
            Uuid = Text("unique_id"),
            PciAddress = address,
            TotalMemory = total,
            Reading = Reading(total, used),
        };
    }

    public ulong? Number(string file) => Value<ulong?>(Path.Combine(folder, file), content => SysfsValue.Number(content));

    public string? Text(string file) => Value(Path.Combine(folder, file), content => SysfsValue.Text(content));

    private GpuReading Reading(ByteSize? total, ByteSize? used) => new()
    {
        MemoryUsed = used,
        MemoryFree = total - used is { Bytes: >= 0 } free ? free : null,
        UtilizationPercent = Number("gpu_busy_percent") is <= 100 and var busy ? busy : null,
        Power = (Sensor("power1_average") ?? Sensor("power1_input")) is { } microwatts ? Power.FromWatts(microwatts / 1e6) : null,
        PowerLimit = Sensor("power1_cap") is { } cap ? Power.FromWatts(cap / 1e6) : null,
        Temperature = Sensor("temp1_input") is { } millidegrees ? Temperature.FromCelsius(millidegrees / 1e3) : null,
        Clock = Sensor("freq1_input") is { } hertz ? Frequency.FromHertz(hertz) : null,
        MemoryClock = Sensor("freq2_input") is { } memoryHertz ? Frequency.FromHertz(memoryHertz) : null,
        Link = Link("current_link_speed", "current_link_width"),
        MaximumLink = Link("max_link_speed", "max_link_width"),
    };

    private ByteSize? Bytes(string file) => Number(file) is <= long.MaxValue and var bytes ? ByteSize.FromBytes((long)bytes) : null;

    private ulong? Sensor(string file)
        => _sensors is null ? null : Value<ulong?>(Path.Combine(_sensors, file), content => SysfsValue.Number(content));

    /// <summary>"16.0 GT/s PCIe" is generation 4.</summary>
    private GpuLink? Link(string speed, string width)
    {
        int? generation = Text(speed) is { } text && Generations.TryGetValue(text.Split(' ')[0], out var known) ? known : null;
        int? lanes = Number(width) is <= 64 and var count ? (int)count : null;
        return generation is null && lanes is null ? null : new(generation, lanes);
    }

    /// <summary>The line PCI_SLOT_NAME of uevent.</summary>
    private string? Address() => Value(Path.Combine(folder, "uevent"), content => System.Text.Encoding.Latin1.GetString(content).Split('\n')
        .FirstOrDefault(line => line.StartsWith("PCI_SLOT_NAME=", StringComparison.Ordinal))?["PCI_SLOT_NAME=".Length..].Trim());

    private static T? Value<T>(string path, Func<byte[], T?> read)
    {
        try
        {
            return read(RegularFile.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            return default;
        }
    }

    private static string? FirstFolder(string path)
    {
        try
        {
            return Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
