using System.Collections.Frozen;

namespace DeepGpu.Hardware.Detection;

/// <summary>Names as pci.ids, lspci and the free drivers write them: a chip, and in brackets every product with its device number,
/// "Navi 31 [Radeon RX 7900 XT/7900 XTX/7900M]".</summary>
/// <remarks>https://pci-ids.ucw.cz</remarks>
internal static class PciNames
{
    /// <summary>Memory in GiB of products for notebooks, which share numbers with cards and are in no catalogue of cards.</summary>
    /// <remarks>https://www.amd.com/en/products/specifications/graphics.html</remarks>
    private static readonly FrozenDictionary<string, int> Notebooks = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["Radeon RX 5700M"] = 8,
        ["Radeon RX 6600M"] = 8,
        ["Radeon RX 6650M"] = 8,
        ["Radeon RX 6650M XT"] = 8,
        ["Radeon RX 6700M"] = 10,
        ["Radeon RX 6700S"] = 8,
        ["Radeon RX 6800M"] = 12,
        ["Radeon RX 6800S"] = 8,
        ["Radeon RX 6850M XT"] = 12,
        ["Radeon RX 7600M"] = 8,
        ["Radeon RX 7600M XT"] = 8,
        ["Radeon RX 7600S"] = 8,
        ["Radeon RX 7700S"] = 8,
        ["Radeon RX 7900M"] = 16,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The products a name stands for, each written out; none where it has no brackets.</summary>
    public static IReadOnlyList<string> Products(string name)
    {
        var (open, close) = (name.LastIndexOf('['), name.LastIndexOf(']'));
        if (open < 0 || close < open) return [];
        var parts = name[(open + 1)..close].Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return [];
        string[] words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var stem = string.Join(' ', words.TakeWhile(word => !word.Any(char.IsAsciiDigit)));
        return [.. parts.Select(part => part.Split(' ')[0].Any(char.IsAsciiDigit) ? $"{stem} {part}" : part)];
    }

    /// <summary>The memory of a product that no catalogue has; null where unknown.</summary>
    public static ByteSize? MemoryOf(string product)
        => Notebooks.TryGetValue(product, out var gibibytes) ? ByteSize.FromGibibytes(gibibytes) : null;
}
