using System.Globalization;
using DeepGpu.Hardware.Advice;

namespace DeepGpu.Hardware;

/// <summary>Whether a computer can hold, feed and cool some cards.</summary>
public static class SystemCheck
{
    /// <summary>More cards than this with open fans side by side warm each other.</summary>
    private const double MostOpenFanCards = 2;

    private static readonly int[] Widths = [16, 8, 4, 2, 1];

    /// <summary>Checks supply, connectors, slots, PCI Express lanes and cooling for several equal cards.</summary>
    /// <param name="card">The card.</param>
    /// <param name="count">How many.</param>
    /// <param name="computer">The computer.</param>
    public static IReadOnlyList<SystemFinding> Check(GpuSpec card, int count, Computer computer)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(computer);
        Require.AtLeast(count, 1, "SystemCheck");
        return [Supply(card, count, computer), Form(card), Slots(card, count, computer), Lanes(card, count, computer),
            .. Cooling(card, count, computer)];
    }

    private static SystemFinding Supply(GpuSpec card, int count, Computer computer)
    {
        if (card.Tdp is not { } tdp)
            return new("supply", SystemFindingLevel.Unknown, $"{computer.Supply}", "unknown",
                $"The power of {card.Name} is not known: measure it.");
        var needed = (tdp * count + computer.RestOfSystem) * (1 / RequirementRules.UsableSupply);
        var level = needed <= computer.Supply ? SystemFindingLevel.Ok
            : tdp * count + computer.RestOfSystem <= computer.Supply ? SystemFindingLevel.Warning
            : SystemFindingLevel.Problem;
        return new("supply", level, $"{needed}", $"{computer.Supply}", SupplyAdvice(level));
    }

    private static string SupplyAdvice(SystemFindingLevel level) => level switch
    {
        SystemFindingLevel.Ok => "The supply suffices with a fifth in reserve.",
        SystemFindingLevel.Warning =>
            "The supply suffices on paper, without reserve for peaks: lower the power limit or choose a larger supply.",
        _ => "The supply is too small: choose a larger one or fewer cards.",
    };

    private static SystemFinding Form(GpuSpec card) => card.FormFactor switch
    {
        GpuFormFactor.PcieCard =>
            new("form factor", SystemFindingLevel.Ok, "a PCI Express card", "a PCI Express card", "It goes into a slot."),
        null => new("form factor", SystemFindingLevel.Unknown, "a PCI Express card", "unknown", "Check the data sheet."),
        { } form => new("form factor", SystemFindingLevel.Problem, "a PCI Express card", form.ToString(),
            "It needs a board made for it; it does not go into a slot."),
    };

    private static SystemFinding Slots(GpuSpec card, int count, Computer computer)
    {
        if (card.SlotWidth is not { } width)
            return new("slots", SystemFindingLevel.Unknown, Number(computer.ExpansionSlots), "unknown",
                "Check the width in the data sheet.");
        var needed = width * count;
        return needed <= computer.ExpansionSlots
            ? new("slots", SystemFindingLevel.Ok, Number(needed), Number(computer.ExpansionSlots), "The cards fit side by side.")
            : new("slots", SystemFindingLevel.Problem, Number(needed), Number(computer.ExpansionSlots),
                "The cards do not fit side by side: choose narrower ones or another case.");
    }

    private static SystemFinding Lanes(GpuSpec card, int count, Computer computer)
    {
        if (card.PcieBandwidth is not { } own)
            return new("PCIe", SystemFindingLevel.Unknown, "unknown", $"{computer.PcieLanes} lanes", "The link of the card is not known.");
        var lanes = LargestLink(Math.Min(card.PcieLanes!.Value, computer.PcieLanes / count));
        var link = GpuSpec.PcieRate(Math.Min(card.PcieGeneration!.Value, computer.PcieGeneration), lanes)
            ?? Bandwidth.FromGigabytesPerSecond(0);
        var text = $"{link} each (PCIe {Math.Min(card.PcieGeneration.Value, computer.PcieGeneration)}.0 x{lanes})";
        return link >= own ? new("PCIe", SystemFindingLevel.Ok, $"{own}", text, "Every card has its full link.")
            : lanes == 0 ? new("PCIe", SystemFindingLevel.Problem, $"{own}", text, "There are fewer lanes than cards.")
            : new("PCIe", SystemFindingLevel.Warning, $"{own}", text,
                "The link is slower than the card's: loading data and exchanging gradients take longer; work on the card does not.");
    }

    private static IEnumerable<SystemFinding> Cooling(GpuSpec card, int count, Computer computer)
    {
        if (card.Cooling is null)
            yield return new("cooling", SystemFindingLevel.Unknown, "known cooling", "unknown",
                "Check the data sheet: a card without fans needs moved air, cards with open fans side by side a free slot between them.");
        if (card.Cooling == GpuCooling.Passive && !computer.HasServerAirflow)
            yield return new("cooling", SystemFindingLevel.Problem, "fans that push air through the card", "an ordinary case",
                "A passive card overheats within minutes: use a server chassis or a duct with a strong fan.");
        else if (card.Cooling == GpuCooling.Active && count > MostOpenFanCards && !computer.HasServerAirflow)
            yield return new("cooling", SystemFindingLevel.Warning, "a free slot between cards", $"{count} cards", "Cards with open fans "
                + "side by side breathe each other's heat and throttle: leave a slot free, use blower cards or lower the power limit.");
        else if (card.Cooling is not null)
            yield return new("cooling", SystemFindingLevel.Ok, $"{card.Cooling}", $"{card.Cooling}", "The heat is carried away.");
        if (card.Tdp * count is { Watts: > 1500 } heat)
            yield return new("room", SystemFindingLevel.Warning, "a room that carries the heat away", $"{heat}",
                "All of it ends as heat in the room; one household circuit bears little more.");
    }

    /// <summary>A link has 1, 2, 4, 8 or 16 lanes.</summary>
    private static int LargestLink(int lanes) => Widths.FirstOrDefault(width => width <= lanes);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>A computer that cards go into.</summary>
public sealed record Computer
{
    /// <summary>Rated power of its supply.</summary>
    public required Power Supply { get; init; }

    /// <summary>What it draws without the cards. Default 250 W.</summary>
    public Power RestOfSystem { get; init; } = Power.FromWatts(250);

    /// <summary>Expansion slots of the case. Default 7, a full tower.</summary>
    public int ExpansionSlots { get; init; } = 7;

    /// <summary>Generation of its PCI Express slots. Default 4.</summary>
    public int PcieGeneration { get; init; } = 4;

    /// <summary>Lanes that all cards share. Default 16, a desktop processor; servers have 128.</summary>
    public int PcieLanes { get; init; } = 16;

    /// <summary>Whether the chassis pushes air through the cards, as servers do. Default false.</summary>
    public bool HasServerAirflow { get; init; }
}

/// <summary>One thing a system check looked at.</summary>
/// <param name="Rule">What it looked at, e.g. "supply".</param>
/// <param name="Level">How it is.</param>
/// <param name="Needed">What the cards need.</param>
/// <param name="Available">What the computer has.</param>
/// <param name="Advice">What it means, and what to do.</param>
public sealed record SystemFinding(string Rule, SystemFindingLevel Level, string Needed, string Available, string Advice)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString() => $"{Rule}: {Level} (needed {Needed}, available {Available}). {Advice}";
}

/// <summary>How one thing of a system check is.</summary>
public enum SystemFindingLevel
{
    /// <summary>It suffices.</summary>
    Ok,

    /// <summary>The catalogue does not say enough.</summary>
    Unknown,

    /// <summary>It works with a drawback.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Problem,
}
