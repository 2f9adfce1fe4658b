using System.Globalization;

namespace DeepGpu.Hardware.Detection;

/// <summary>What in a reading deserves a look.</summary>
internal static class GpuWarnings
{
    private const double BusyPercent = 10;
    private const GpuThrottleReasons Harmful = GpuThrottleReasons.PowerLimit | GpuThrottleReasons.Temperature
        | GpuThrottleReasons.HardwareSlowdown;

    public static IReadOnlyList<GpuWarning> Of(GpuDevice device, GpuDetectionOptions options,
        IReadOnlyList<GpuToolkit>? toolkits = null)
        => [.. new[] { Link(device.Reading), Memory(device, options), Throttling(device.Reading), Support(device.Spec),
            Driver(device), Toolkit(device.Spec, toolkits ?? []) }
            .OfType<GpuWarning>()];

    /// <summary>Fewer lanes are a fault at any time; a lower generation only on a card that is busy,
    /// because an idle one saves power so.</summary>
    private static GpuWarning? Link(GpuReading reading)
    {
        if (reading is not { Link: { } now, MaximumLink: { } most }) return null;
        var isSlow = now.Lanes < most.Lanes || (now.Generation < most.Generation && reading.UtilizationPercent >= BusyPercent);
        return isSlow
            ? new(GpuWarningKind.LinkBelowMaximum,
                $"The PCI Express link should be {most}, but is {now}. Check the slot, the riser and the BIOS setting.")
            : null;
    }

    private static GpuWarning? Memory(GpuDevice device, GpuDetectionOptions options)
    {
        if (device.Reading.MemoryFree is not { } free || device.TotalMemory is not { Bytes: > 0 } total) return null;
        return (double)free.Bytes / total.Bytes < options.LeastFreeMemory
            ? new(GpuWarningKind.MemoryNearlyFull, string.Create(CultureInfo.InvariantCulture, $"At least {options.LeastFreeMemory:0.##%} "
                + $"of the memory should be free, but {free} of {total} are. End other programs on the GPU or lower the batch size."))
            : null;
    }

    private static GpuWarning? Throttling(GpuReading reading)
        => reading.ThrottleReasons is { } reasons && (reasons & Harmful) is not 0 and var harmful
            ? new(GpuWarningKind.Throttling, $"The clock should be free to rise, but is held down by {harmful}. {Advice(harmful)}")
            : null;

    /// <summary>A card that the newest toolkit no longer knows: today's frameworks do not run on it.</summary>
    private static GpuWarning? Support(GpuSpec? card) => card is not { LastToolkit: { } last, Platform: { } platform } ? null : new(
        GpuWarningKind.SupportEnded,
        $"The newest {GpuToolkit.NameOf(platform)} should support the card, but the last that does is {last}. Install "
        + (card.LastPyTorch is { } torch ? $"PyTorch {torch} or older in a build" : "a framework built")
        + $" for {GpuToolkit.NameOf(platform)} {last} or older, or choose a newer card.");

    /// <summary>A card that is newer than the driver: programs built for it do not start.</summary>
    private static GpuWarning? Driver(GpuDevice device)
    {
        if (device is not { Vendor: GpuVendor.Nvidia, DriverVersion: { } driver, Spec.FirstToolkit: { } first }) return null;
        if (CudaDrivers.For(first) is not { } needed || !int.TryParse(driver.Split('.')[0], CultureInfo.InvariantCulture, out var branch)
            || branch >= needed) return null;
        var torch = device.Spec.FirstPyTorch is { } least ? $" and PyTorch {least} or newer" : "";
        return new(GpuWarningKind.DriverTooOld, $"The card needs CUDA {first}, which needs driver {needed} or newer, but the driver is "
            + $"{PrintableText.Of(driver)}. Install driver {needed} or newer{torch}.");
    }

    /// <summary>A toolkit of this machine that knows the card not yet, or no longer: what is compiled with it does not run.</summary>
    private static GpuWarning? Toolkit(GpuSpec? card, IReadOnlyList<GpuToolkit> toolkits)
    {
        if (card is null || toolkits.FirstOrDefault(toolkit => toolkit.Platform == card.Platform) is not { } toolkit) return null;
        var (installed, name) = (new Version(toolkit.Version.Major, toolkit.Version.Minor), toolkit.Name);
        if (card.FirstToolkit is { } first && installed < first)
            return new(GpuWarningKind.ToolkitTooOld, $"What is compiled for the card needs {name} {first} or newer, but {toolkit} is "
                + $"installed. Install {name} {first} or newer; wheels bring their own: "
                + (card.FirstPyTorch is { } least ? $"PyTorch {least} or newer runs." : $"take one built for {name} {first}."));
        return card.LastToolkit is { } last && installed > last
            ? new(GpuWarningKind.ToolkitTooNew, $"The last {name} that compiles for the card is {last}, but {toolkit} is installed. "
                + $"Install {name} {last} beside it and name its folder, or choose a newer card.")
            : null;
    }

    private static string Advice(GpuThrottleReasons reasons)
        => reasons == GpuThrottleReasons.PowerLimit
            ? "This is usual at full load; raise the power limit if the supply allows."
            : "Check fans, air flow and power cables.";
}
