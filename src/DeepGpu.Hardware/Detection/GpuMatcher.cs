namespace DeepGpu.Hardware.Detection;

/// <summary>Finds the catalogue's entry of a device: by its driver's name, and by its memory where cards of
/// one name differ in it.</summary>
internal static class GpuMatcher
{
    /// <summary>A driver reports a few per cent less than the data sheet: page tables and ECC.</summary>
    private const double MemoryTolerance = 0.1;

    public static GpuSpec? Match(GpuDevice device, GpuCatalog catalog)
        => PciNames.Products(device.Name) is { Count: > 0 } products ? OneOf(products, device, catalog) : ByName(device, catalog);

    /// <summary>The one product that the memory leaves; null where another might have it too.</summary>
    private static GpuSpec? OneOf(IReadOnlyList<string> products, GpuDevice device, GpuCatalog catalog)
    {
        var cards = products.Select(product => (Product: product,
            Cards: catalog.Match(product).Where(card => card.Vendor == device.Vendor).ToList())).ToList();
        var left = cards.SelectMany(pair => pair.Cards).Where(card => HasMemory(card, device.TotalMemory)).Distinct().ToList();
        var isOnlyOne = cards.Where(pair => pair.Cards.Count == 0).All(pair => device.TotalMemory is { } memory
            && PciNames.MemoryOf(pair.Product) is { } other && !IsAbout(memory, other));
        return left.Count == 1 && isOnlyOne ? left[0] : null;
    }

    private static GpuSpec? ByName(GpuDevice device, GpuCatalog catalog)
    {
        var matches = catalog.Match(device.Name).Where(card => card.Vendor == device.Vendor).ToList();
        var exact = matches.Where(card => HasMemory(card, device.TotalMemory)).ToList();
        return exact.Count == 1 ? exact[0]
            : exact.Count == 0 && matches.Count == 1 && device.TotalMemory is null ? matches[0]
            : SameNameOtherMemory(device, catalog);
    }

    /// <summary>"GeForce RTX 3080" with 12 GiB is the entry "GeForce RTX 3080 12GB".</summary>
    private static GpuSpec? SameNameOtherMemory(GpuDevice device, GpuCatalog catalog)
    {
        if (device.TotalMemory is not { } memory) return null;
        var sized = catalog.Match($"{device.Name} {Math.Round(memory.Gibibytes):0}GB")
            .Where(card => card.Vendor == device.Vendor && HasMemory(card, memory)).ToList();
        return sized.Count == 1 ? sized[0] : null;
    }

    private static bool HasMemory(GpuSpec card, ByteSize? memory)
        => memory is not { } m || IsAbout(m, card.Vram)
            || (card.IsMemoryUnified && m.Gibibytes <= card.Vram.Gibibytes);

    private static bool IsAbout(ByteSize read, ByteSize memory)
        => Math.Abs(read.Gibibytes - memory.Gibibytes) <= MemoryTolerance * memory.Gibibytes;
}
