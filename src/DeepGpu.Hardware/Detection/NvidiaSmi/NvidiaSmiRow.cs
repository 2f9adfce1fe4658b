using System.Globalization;

namespace DeepGpu.Hardware.Detection;

/// <summary>One GPU of nvidia-smi's table.</summary>
internal sealed class NvidiaSmiRow
{
    private const double MostMebibytes = 2048.0 * 1024;
    private const double MostWatts = 10_000;
    private const double MostMegahertz = 100_000;

    private static readonly string[] Missing = ["N/A", "Not Supported", "Not Available", "Unknown Error", "Insufficient Permissions",
        "GPU requires reset", "Requested functionality has been deprecated", "No data", "GPU is lost"];

    private readonly Dictionary<string, string> _cells;
    private readonly string _place;

    private NvidiaSmiRow(Dictionary<string, string> cells, string place) => (_cells, _place) = (cells, place);

    public static GpuDevice Read(NvidiaSmiColumns columns, string line, int number, bool isCutOff, bool isAlone)
    {
        var cells = line.Split(',');
        if (cells.Length < columns.Names.Count && isCutOff)
            throw NvidiaSmiFaults.Broken("truncated", $"Every row must have {columns.Names.Count} columns,",
                $"but the last one ends after {cells.Length}.", $"line {number}");
        if (cells.Length != columns.Names.Count)
            throw NvidiaSmiFaults.Broken("column_count", $"Every row must have {columns.Names.Count} columns,",
                $"but this one has {cells.Length}.", $"line {number}");
        return new NvidiaSmiRow(columns.Names.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second.Trim()),
            $"line {number}").DeviceOrProblem(isAlone);
    }

    /// <summary>The GPU; of one that is lost, or whose cells cannot be read, what is known and why there is no more.</summary>
    private GpuDevice DeviceOrProblem(bool isAlone)
    {
        try
        {
            return _cells.Values.Any(cell => IsSaid(cell, "GPU is lost")) ? Known(NvidiaFaults.GpuLost) : Device();
        }
        catch (ModelFormatException e) when (!isAlone && HasIndexAndName())
        {
            return Known(e.Fault);
        }
    }

    private bool HasIndexAndName()
        => int.TryParse(_cells.GetValueOrDefault("index"), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && _cells.GetValueOrDefault("name") is { Length: > 0 } name && PrintableText.Is(name);

    private GpuDevice Known(Fault problem) => Named() with
    {
        PciAddress = PrintableText.Is(_cells.GetValueOrDefault("pci.bus_id", "")) ? Text("pci.bus_id") : null,
        Problem = problem,
    };

    private GpuDevice Named() => new()
    {
        Index = (int)(Number("index", 0, 10_000, "") ?? throw Bad("index", "a number")),
        Name = Text("name") ?? throw Bad("name", "a name"),
        Vendor = GpuVendor.Nvidia,
    };

    private static bool IsSaid(string cell, string words) => cell.Trim('[', ']').Equals(words, StringComparison.OrdinalIgnoreCase);

    private GpuDevice Device()
    {
        var total = Mebibytes("memory.total");
        var free = Mebibytes("memory.free");
        if (free > total) throw Bad("memory.free", $"at most memory.total ({total})");
        return Named() with
        {
            Uuid = Text("uuid"),
            PciAddress = Text("pci.bus_id"),
            DriverVersion = Text("driver_version"),
            ComputeCapability = Capability(),
            TotalMemory = total,
            Reading = Reading(free),
        };
    }

    private Version? Capability() => Text("compute_cap") is not { } text ? null
        : Version.TryParse(text, out var version) ? version : throw Bad("compute_cap", "a version such as 8.6");

    private GpuReading Reading(ByteSize? free) => new()
    {
        MemoryFree = free,
        MemoryUsed = Mebibytes("memory.used"),
        UtilizationPercent = Number("utilization.gpu", 0, 100, "%"),
        Temperature = Number("temperature.gpu", -100, 300, "") is { } degrees ? Temperature.FromCelsius(degrees) : null,
        Power = Number("power.draw", 0, MostWatts, "W") is { } power ? Power.FromWatts(power) : null,
        PowerLimit = Number("power.limit", 0, MostWatts, "W") is { } limit ? Power.FromWatts(limit) : null,
        Clock = Clock("clocks.current.sm"),
        MemoryClock = Clock("clocks.current.memory"),
        ThrottleReasons = Text("clocks_throttle_reasons.active") is { } bits ? NvmlDevice.Reasons(Hexadecimal(bits)) : null,
        Link = Link("pcie.link.gen.current", "pcie.link.width.current"),
        MaximumLink = Link("pcie.link.gen.max", "pcie.link.width.max"),
    };

    private Frequency? Clock(string column)
        => Number(column, 0, MostMegahertz, "MHz") is { } megahertz ? Frequency.FromMegahertz(megahertz) : null;

    private GpuLink? Link(string generation, string lanes)
        => (Number(generation, 0, 20, ""), Number(lanes, 0, 64, "")) is var (g, l) && (g ?? l) is not null ? new((int?)g, (int?)l) : null;

    private ByteSize? Mebibytes(string column)
        => Number(column, 0, MostMebibytes, "MiB") is { } mebibytes ? ByteSize.FromMebibytes(mebibytes) : null;

    private double? Number(string column, double least, double most, string unit)
    {
        if (Text(column) is not { } text) return null;
        var digits = unit.Length > 0 && text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length].TrimEnd() : text;
        if (!double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number))
            throw Broken("not_a_number", column, unit.Length > 0 ? $"a number with the unit {unit}" : "a number");
        return number >= least && number <= most
            ? number
            : throw Bad(column, string.Create(CultureInfo.InvariantCulture, $"from {least:0} to {most:0}"));
    }

    private ulong Hexadecimal(string text)
        => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? bits
            : throw Bad("clocks_throttle_reasons.active", "a hexadecimal number");

    /// <summary>The cell, or null where the table lacks the column or the cell says that there is no value.</summary>
    private string? Text(string column)
    {
        if (!_cells.TryGetValue(column, out var text)) return null;
        if (!PrintableText.Is(text)) throw Bad(column, "free of control characters");
        var isAside = text.StartsWith('[') && text.EndsWith(']');
        return text.Length == 0 || isAside || Missing.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : text;
    }

    private ModelFormatException Bad(string column, string wanted) => Broken("bad_value", column, wanted);

    private ModelFormatException Broken(string code, string column, string wanted)
        => NvidiaSmiFaults.Broken(code, $"'{column}' must be {wanted},",
            $"but is '{StrictJson.Printable(_cells.GetValueOrDefault(column, ""))}'.", $"{_place}, {column}");
}
