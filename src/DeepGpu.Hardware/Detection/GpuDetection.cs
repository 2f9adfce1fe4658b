using System.Text.Json;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Hardware.Detection;

namespace DeepGpu.Hardware;

/// <summary>The GPUs of a machine at one moment, or why there are none.</summary>
public sealed record GpuDetection
{
    /// <summary>The GPUs; empty where there are none.</summary>
    public required IReadOnlyList<GpuDevice> Devices { get; init; }

    /// <summary>What each way to GPUs answered.</summary>
    public required IReadOnlyList<GpuSourceAttempt> Attempts { get; init; }

    /// <summary>The toolkits that are installed on the machine, at most one of each platform.</summary>
    public IReadOnlyList<GpuToolkit> Toolkits { get; init; } = [];

    /// <summary>Why the list is empty, one sentence a source; null where it is not.</summary>
    public string? Reason => Devices.Count > 0 ? null
        : Attempts.Count == 0 ? "No way to a GPU was tried."
        : string.Join(" ", Attempts.Select(attempt => $"{attempt.Source}: {attempt.Reason?.ToString() ?? attempt.Status.ToString()}"));

    /// <summary>The detection as public JSON:
    /// <c>{devices: [...], reason, sources: [{name, status, reason}], toolkits: [{platform, version, place}]}</c>;
    /// units in the names, unknown readings null.</summary>
    public string ToJson() => JsonText.Object(json =>
    {
        json.Objects("devices", Devices, device => GpuDeviceJson.Write(json, device));
        json.WriteString("reason", Reason);
        json.Objects("sources", Attempts, attempt => Write(json, attempt));
        json.Objects("toolkits", Toolkits, toolkit => Write(json, toolkit));
    });

    /// <summary>The devices alone as public JSON: <c>{devices: [...]}</c>.</summary>
    public string DevicesToJson() => JsonText.Object(json => json.Objects("devices", Devices, device => GpuDeviceJson.Write(json, device)));

    private static void Write(Utf8JsonWriter json, GpuToolkit toolkit)
    {
        json.WriteString("platform", toolkit.Platform.ToString().ToLowerInvariant());
        json.WriteString("version", toolkit.Version.ToString());
        json.WriteString("place", toolkit.Place);
    }

    private static void Write(Utf8JsonWriter json, GpuSourceAttempt attempt)
    {
        json.WriteString("name", attempt.Source);
        json.WriteString("status", attempt.Status.ToString());
        json.WriteString("reason", attempt.Reason?.ToString());
    }
}
