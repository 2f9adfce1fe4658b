using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>How each requirement is checked.</summary>
internal static class RequirementRules
{
    /// <summary>The share of a supply's rating that may be drawn for long.</summary>
    public const double UsableSupply = 0.8;

    public static Func<Requirements, GpuSpec, RequirementFailure?>[] All { get; } =
    [
        (r, card) => r.Precision is { } format && !card.Supports(format) ? new("precision", format.ToString(), "not supported") : null,
        (r, card) => AtLeast("minimum VRAM", r.MinimumVram, card.Vram),
        (r, card) => AtMost("maximum power", r.MaxPower, card.Tdp),
        (r, card) => AtMost("maximum system power", r.MaxSystemPower, SystemPower(r, card)),
        (r, card) => AtMost("power supply", r.Supply, Needed(r, card)),
        (r, card) => AtMost("slot width", r.MaxSlotWidth, card.SlotWidth, "slots"),
        (r, card) => AtMost("length", r.MaxLengthMillimetres, card.LengthMillimetres, "mm"),
        (r, card) => Same("cooling", r.Cooling, card.Cooling),
        (r, card) => Same("segment", r.Segment, card.Segment),
        (r, card) => Same("vendor", r.Vendor, (GpuVendor?)card.Vendor),
        (r, card) => Same("sold as", r.SoldAs, (GpuSoldAs?)card.SoldAs),
        Software,
        (r, card) => r.CurrentToolkit && card.ToolkitSupport != ToolkitSupport.Current
            ? new("current toolkit", "supported by the newest release", Support(card))
            : null,
        (r, card) => r.Host is not null && card.FormFactor != GpuFormFactor.PcieCard
            ? new("PCIe slot", "a PCI Express card", card.FormFactor?.ToString() ?? RequirementFailure.Unknown)
            : null,
        (r, card) => AtLeast("link to the host", r.MinimumLink, Link(r.Host, card)),
    ];

    /// <summary>The price to buy the card at: of a range, its lower end, for which it was had.</summary>
    public static RequirementFailure? Price(Requirements rules, GpuSpec card, GpuPrices prices)
        => rules.MaxPrice is null ? null : AtMost("maximum price", rules.MaxPrice, prices.ToBuy(card, rules.Used)?.Low);

    /// <summary>What the computer draws with the cards.</summary>
    public static Power? SystemPower(Requirements rules, GpuSpec card)
        => card.Tdp is { } tdp ? tdp * rules.CardCount + rules.RestOfSystem : null;

    /// <summary>The rate of the link that card and slot agree on.</summary>
    private static Bandwidth? Link(PcieHost? host, GpuSpec card) => card is { PcieGeneration: { } generation, PcieLanes: { } lanes }
        ? GpuSpec.PcieRate(Math.Min(generation, host?.Generation ?? generation), Math.Min(lanes, host?.Lanes ?? lanes))
        : null;

    private static Power? Needed(Requirements rules, GpuSpec card) => SystemPower(rules, card) * (1 / UsableSupply);

    private static RequirementFailure? Software(Requirements rules, GpuSpec card)
    {
        if (rules.Software is not { } wanted) return null;
        if (card.Platform != wanted) return new("software", wanted.ToString(), card.Platform?.ToString() ?? RequirementFailure.Unknown);
        var isNamed = card.ToolkitSupport is not null || card.Frameworks.Contains(MachineLearningFramework.PyTorch);
        return wanted is GpuPlatform.Cuda or GpuPlatform.Rocm && !isNamed
            ? new("software", wanted.ToString(), $"no {wanted} release names the card")
            : null;
    }

    private static string Support(GpuSpec card) => card.LastToolkit is { } last ? $"{last} was the last" : RequirementFailure.Unknown;

    private static RequirementFailure? AtLeast<T>(string rule, T? required, T? actual)
        where T : struct, IComparable<T>
        => Limit(rule, required, actual, side: 1);

    private static RequirementFailure? AtMost<T>(string rule, T? required, T? actual)
        where T : struct, IComparable<T>
        => Limit(rule, required, actual, side: -1);

    /// <summary>Fails what does not lie on the side of the limit: 1 above it, -1 below it.</summary>
    private static RequirementFailure? Limit<T>(string rule, T? required, T? actual, int side)
        where T : struct, IComparable<T>
        => required is { } limit && !(actual is { } a && a.CompareTo(limit) * side >= 0)
            ? new(rule, $"{limit}", actual?.ToString() ?? RequirementFailure.Unknown)
            : null;

    private static RequirementFailure? AtMost(string rule, double? required, double? actual, string unit)
        => required is { } r && !(actual <= r) ? new(rule, Text(r, unit), actual is { } a ? Text(a, unit) : RequirementFailure.Unknown) : null;

    private static RequirementFailure? Same<T>(string rule, T? required, T? actual)
        where T : struct, Enum
        => required is { } r && !r.Equals(actual) ? new(rule, r.ToString(), actual?.ToString() ?? RequirementFailure.Unknown) : null;

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}");
}
