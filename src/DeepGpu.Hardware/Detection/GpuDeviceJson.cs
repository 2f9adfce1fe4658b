using System.Text.Json;
using DeepGpu.Hardware.Catalog;

namespace DeepGpu.Hardware.Detection;

/// <summary>A device as public JSON: units in the names, unknown readings null.</summary>
internal static class GpuDeviceJson
{
    public static void Write(Utf8JsonWriter json, GpuDevice device)
    {
        json.WriteNumber("index", device.Index);
        json.WriteString("name", device.Name);
        json.WriteString("vendor", device.Vendor.ToString());
        json.WriteString("uuid", device.Uuid);
        json.WriteString("pciAddress", device.PciAddress);
        json.WriteString("driverVersion", device.DriverVersion);
        json.WriteString("computeCapability", device.ComputeCapability?.ToString());
        json.WriteString("catalogName", device.Spec?.Name);
        json.Number("memoryTotalMiB", device.TotalMemory?.Mebibytes);
        Write(json, device.Reading);
        json.WriteString("problem", device.Problem?.ToString());
        json.Texts("warnings", device.Warnings.Select(warning => warning.Text));
    }

    private static void Write(Utf8JsonWriter json, GpuReading reading)
    {
        json.Number("memoryUsedMiB", reading.MemoryUsed?.Mebibytes);
        json.Number("memoryFreeMiB", reading.MemoryFree?.Mebibytes);
        json.Number("utilizationPercent", reading.UtilizationPercent);
        json.Number("temperatureCelsius", reading.Temperature?.Celsius);
        json.Number("powerWatts", reading.Power?.Watts);
        json.Number("powerLimitWatts", reading.PowerLimit?.Watts);
        json.Number("clockMHz", reading.Clock?.Megahertz);
        json.Number("memoryClockMHz", reading.MemoryClock?.Megahertz);
        json.WriteString("throttleReasons", reading.ThrottleReasons?.ToString());
        WriteLink(json, "pcie", reading.Link);
        WriteLink(json, "pcieMax", reading.MaximumLink);
    }

    private static void WriteLink(Utf8JsonWriter json, string name, GpuLink? link)
    {
        json.Number($"{name}Generation", link?.Generation);
        json.Number($"{name}Lanes", link?.Lanes);
    }
}
