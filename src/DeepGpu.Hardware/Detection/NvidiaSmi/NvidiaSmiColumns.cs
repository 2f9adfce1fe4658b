namespace DeepGpu.Hardware.Detection;

/// <summary>The heading of nvidia-smi's table: which column holds what.</summary>
/// <param name="Names">The columns' names without units, in order.</param>
internal sealed record NvidiaSmiColumns(IReadOnlyList<string> Names)
{
    /// <summary>The fields that are asked for, in the spelling of nvidia-smi.</summary>
    public static IReadOnlyList<string> Asked { get; } =
    [
        "index", "name", "uuid", "pci.bus_id", "driver_version", "memory.total", "memory.free", "memory.used", "compute_cap",
        "utilization.gpu", "temperature.gpu",
        "power.draw", "power.limit", "clocks.current.sm", "clocks.current.memory", "clocks_throttle_reasons.active",
        "pcie.link.gen.current", "pcie.link.width.current", "pcie.link.gen.max", "pcie.link.width.max",
    ];

    /// <summary>Whether a text starts with the heading of a table.</summary>
    public static bool IsHeading(string text)
    {
        var names = text.TrimStart('\uFEFF').Split('\n')[0].Split(',').Select(name => name.Split('[')[0].Trim()).ToList();
        return names.Contains("index") && names.Contains("name");
    }

    public static NvidiaSmiColumns Of(string heading)
    {
        var names = heading.Split(',').Select(name => name.Split('[')[0].Trim()).ToList();
        if (!names.Contains("index") || !names.Contains("name"))
            throw NvidiaSmiFaults.Broken("unexpected_header", "The first line must be nvidia-smi's heading with 'index' and 'name',",
                $"but is '{StrictJson.Printable(heading)}'.");
        return names.Distinct().Count() == names.Count
            ? new NvidiaSmiColumns(names)
            : throw NvidiaSmiFaults.Broken("duplicate_name", "A column may appear once,",
                $"but '{StrictJson.Printable(heading)}' has one twice.");
    }
}
