using System.Globalization;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Catalog;

namespace DeepGpu.Cli.Commands;

/// <summary>The kinds of files about hardware: a catalogue of cards, the output of nvidia-smi, a value of sysfs.</summary>
internal static class InspectHardware
{
    private static readonly string[] Numbers = ["vendor", "device", "vram", "mem_info", "busy", "power", "temp", "freq", "width"];

    /// <summary>Strict: one entry that cannot be read refuses the file, with entry and field.</summary>
    public static Inspection Catalog(string path)
    {
        var file = GpuCatalogFile.Read(path).RequireEveryEntry();
        return new(() => string.Join(Environment.NewLine,
            [$"catalogue file, {file.EntryCount} cards", .. file.Cards.Select(card => card.ToString())]), file.ToJson);
    }

    public static Inspection NvidiaSmi(string path, int exitCode)
    {
        var devices = In(path, () => NvidiaSmiOutput.Parse(RegularFile.ReadAllBytes(path), exitCode));
        var detection = new GpuDetection { Devices = devices, Attempts = [] };
        return new(() => string.Join(Environment.NewLine, [$"nvidia-smi, {detection.Devices.Count} GPUs",
            .. detection.Devices.Select(device => device.ToString())]), detection.DevicesToJson);
    }

    /// <summary>Files of numbers are told by their names; the others hold a line of text.</summary>
    public static Inspection Sysfs(string path)
    {
        var name = Path.GetFileName(path);
        var content = RegularFile.ReadAllBytes(path);
        var text = In(path, () => SysfsValue.Text(content));
        ulong? number = Numbers.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? In(path, () => SysfsValue.Number(content))
            : null;
        return new(() => number?.ToString(CultureInfo.InvariantCulture) ?? text, () => JsonText.Object(json =>
        {
            json.WriteString("name", name);
            json.WriteString("text", text);
            if (number is { } value) json.WriteNumber("value", value);
            else json.WriteNull("value");
        }));
    }

    /// <summary>The kind that file or folder names tell, or null: "nvidia-smi", "catalog" of JSON files,
    /// "sysfs" and what lies under /sys.</summary>
    public static string? Guess(string path) => path switch
    {
        _ when path.Contains("nvidia-smi", StringComparison.OrdinalIgnoreCase) => "nvidia-smi",
        _ when path.Contains("sysfs", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/sys/", StringComparison.Ordinal) => "sysfs",
        _ when path.Contains("catalog", StringComparison.OrdinalIgnoreCase) && path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) =>
            "catalog",
        _ => null,
    };

    private static T In<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(path);
        }
    }
}
