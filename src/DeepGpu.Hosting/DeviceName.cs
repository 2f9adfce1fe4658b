using System.Globalization;

namespace DeepGpu.Hosting;

/// <summary>Devices as configuration names them.</summary>
internal static class DeviceName
{
    private const string Card = "cuda:";

    public static bool IsKnown(string? name) => name is not null && (Is(name, "best") || Is(name, "cpu") || CardOf(name) is not null);

    /// <summary>The device of a name that is known.</summary>
    public static Device Find(string name) => CardOf(name) is { } index ? Device.Cuda(index) : Is(name, "cpu") ? Device.Cpu : Device.Best();

    private static int? CardOf(string name)
        => Is(name, "cuda") ? 0
            : name.StartsWith(Card, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(name.AsSpan(Card.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
