using System.Text;
using System.Text.Unicode;
using DeepGpu.Hardware.Detection;

namespace DeepGpu.Hardware;

/// <summary>Reads what <c>nvidia-smi --query-gpu=... --format=csv</c> prints. Fields that a card does not support are null, messages
/// beside the
/// table become warnings, and a card that is lost or whose row cannot be read keeps its reason in <see cref="GpuDevice.Problem"/> beside
/// others
/// that can; a table without any is refused.</summary>
public static class NvidiaSmiOutput
{
    /// <summary>Reads the output's bytes.</summary>
    /// <param name="utf8">What the command wrote.</param>
    /// <param name="exitCode">The command's exit code. Default 0.</param>
    /// <returns>The GPUs; empty where the command says that there are none.</returns>
    /// <exception cref="ModelFormatException">The command failed, or its output is not a table of GPUs; the code says which.</exception>
    public static IReadOnlyList<GpuDevice> Parse(ReadOnlySpan<byte> utf8, int exitCode = 0)
        => Utf8.IsValid(utf8)
            ? Parse(Encoding.UTF8.GetString(utf8), exitCode)
            : throw NvidiaSmiFaults.Broken("not_utf8", "The output must be valid UTF-8,", "but is not.");

    /// <summary>Reads the output.</summary>
    /// <param name="text">What the command wrote.</param>
    /// <param name="exitCode">The command's exit code. Default 0.</param>
    /// <returns>The GPUs; empty where the command says that there are none.</returns>
    /// <exception cref="ModelFormatException">The command failed, or its output is not a table of GPUs; the code says which.</exception>
    public static IReadOnlyList<GpuDevice> Parse(string text, int exitCode = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (NvidiaSmiFaults.SaysNoDevices(text)) return [];
        if (!NvidiaSmiColumns.IsHeading(text) && NvidiaSmiFaults.Known(text, exitCode) is { } known) throw known;
        if (string.IsNullOrWhiteSpace(text))
            throw NvidiaSmiFaults.Broken("empty_output", "nvidia-smi must print a table,", "but printed nothing.");
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var columns = NvidiaSmiColumns.Of(lines[0]);
        var rows = lines.Index().Skip(1).Where(line => line.Item.Trim().Length > 0).ToList();
        if (rows.Count == 0)
            throw NvidiaSmiFaults.Broken("truncated", "A table must have a row for each GPU,", "but ends after its heading.");
        var messages = rows.Select(row => row.Item).Where(NvidiaSmiFaults.IsMessage).ToList();
        var table = rows.Where(row => !NvidiaSmiFaults.IsMessage(row.Item)).ToList();
        List<GpuDevice> devices = [.. table.Select(row => NvidiaSmiRow.Read(columns, row.Item, row.Index + 1,
            isCutOff: row.Index == lines.Length - 1, isAlone: table.Count == 1))];
        if (devices.Count == 0) throw NvidiaSmiFaults.Known(text, exitCode)
            ?? NvidiaSmiFaults.Broken("truncated", "A table must have a row for each GPU,",
            "but has none.");
        if (devices.All(device => device.Problem is not null)) throw new ModelFormatException(devices[0].Problem!);
        return Distinct([.. devices.Select(device
            => device with { Warnings = [.. device.Warnings, .. Warnings(messages, device, devices)] })]);
    }

    /// <summary>The messages that name a card's address; with the first card those that name none.</summary>
    private static IEnumerable<GpuWarning> Warnings(List<string> messages, GpuDevice device, List<GpuDevice> all)
    {
        static bool Names(string message, GpuDevice device) => device.PciAddress is { } address
            && message.Contains(address, StringComparison.OrdinalIgnoreCase);
        return messages.Where(message => Names(message, device) || (device == all[0] && !all.Any(other => Names(message, other))))
            .Select(message => new GpuWarning(GpuWarningKind.DriverMessage, StrictJson.Printable(message.Trim())));
    }

    private static List<GpuDevice> Distinct(List<GpuDevice> devices)
    {
        var (indexes, uuids) = (new HashSet<int>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var device in devices)
        {
            if (!indexes.Add(device.Index))
                throw NvidiaSmiFaults.Broken("duplicate_name", "Each GPU has an index of its own,",
                    $"but index {device.Index} appears again.");
            if (device.Uuid is { } uuid && !uuids.Add(uuid))
                throw NvidiaSmiFaults.Broken("duplicate_name", "Each GPU has a UUID of its own,", $"but {uuid} appears again.");
        }

        return devices;
    }
}
