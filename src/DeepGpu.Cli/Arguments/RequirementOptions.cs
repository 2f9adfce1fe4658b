using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Arguments;

/// <summary>The options that say what a card must have: one for each property of <see cref="Requirements"/>.</summary>
internal sealed class RequirementOptions
{
    private readonly Option<NumberFormat?> _units = Options.Word("--units", "A number format that the card's units must work in",
        OptionWords.Formats);
    private readonly Option<double?> _minimumVram = Options.Number("--min-vram-gib", "Least memory in GiB.");
    private readonly Option<double?> _maximumWatts = Options.Number("--max-watts", "Most board power in watts.");
    private readonly Option<double?> _maximumSystemWatts = Options.Number("--max-system-watts",
        "Most power of the whole computer in watts.");
    private readonly Option<double?> _supply = Options.Number("--supply-watts", "Rated power of the supply at hand in watts.");
    private readonly Option<double?> _rest = Options.Number("--rest-watts", "What the computer draws without the cards. Default 250.");
    private readonly Option<int> _cards = Options.Count("--cards", "Such cards in the computer. Default 1.", 1);
    private readonly Option<double?> _slots = Options.Number("--max-slots", "Most expansion slots that a card may cover.");
    private readonly Option<double?> _length = Options.Number("--max-length-mm", "Most length in millimetres.");
    private readonly Option<GpuCooling?> _cooling = Options.Word("--cooling", "What carries the heat away", Options.Words<GpuCooling>());
    private readonly Option<GpuSegment?> _segment = Options.Word("--segment", "Where the card is meant to be used",
        Options.Words<GpuSegment>());
    private readonly Option<GpuVendor?> _vendor = Options.Word("--vendor", "Whose card it is", Options.Words<GpuVendor>());
    private readonly Option<GpuPlatform?> _software = Options.Word("--software", "The platform that must support the card",
        Options.Words<GpuPlatform>());
    private readonly Option<bool> _current = new("--current-toolkit")
    {
        Description = "The platform's newest release must support the card."
    };
    private readonly Option<double?> _maximumPrice = Options.Number("--max-price",
        "Most price in US dollars: the newest known to buy it at.");
    private readonly Option<bool> _used = new("--used") { Description = "A used card will do, and its price is that of used ones." };
    private readonly Option<GpuSoldAs?> _soldAs = Options.Word("--sold-as",
        "How the card must be sold. Default: as a card or kit of its own, or as the segment asked for is", Options.Words<GpuSoldAs>());
    private readonly Option<string?> _country = new("--country")
    {
        Description = "Where the card is bought, as China. Default: anywhere, so that cards sold in one country alone are not picked."
    };
    private readonly Option<bool> _all = new("--all")
    {
        Description = "Cards that cannot be bought new by themselves will do as well."
    };
    private readonly Option<PcieHost?> _slot = new("--pcie")
    {
        Description = "The computer's slot: generation x lanes.",
        HelpName = "4x16",
        CustomParser = ParseSlot
    };
    private readonly Option<double?> _link = Options.Number("--min-link-gbs", "Least rate of the link to the host in GB/s, one way.");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _units, _minimumVram, _maximumWatts, _maximumSystemWatts, _supply, _rest, _cards, _slots, _length, _cooling, _segment, _vendor,
                _software,
            _current, _maximumPrice, _used, _soldAs, _country, _all, _slot, _link,
        ];
        foreach (var option in all) command.Options.Add(option);
    }

    public Requirements Of(ParseResult parsed) => new()
    {
        Precision = parsed.GetValue(_units),
        MinimumVram = parsed.GetValue(_minimumVram) is { } gibibytes ? ByteSize.FromGibibytes(gibibytes) : null,
        MaxPower = Watts(parsed, _maximumWatts),
        MaxSystemPower = Watts(parsed, _maximumSystemWatts),
        Supply = Watts(parsed, _supply),
        RestOfSystem = Watts(parsed, _rest) ?? Requirements.None.RestOfSystem,
        CardCount = parsed.GetValue(_cards),
        MaxSlotWidth = parsed.GetValue(_slots),
        MaxLengthMillimetres = parsed.GetValue(_length),
        Cooling = parsed.GetValue(_cooling),
        Segment = parsed.GetValue(_segment),
        Vendor = parsed.GetValue(_vendor),
        Software = parsed.GetValue(_software),
        CurrentToolkit = parsed.GetValue(_current),
        MaxPrice = parsed.GetValue(_maximumPrice) is { } dollars ? Money.FromDollars(dollars) : null,
        Used = parsed.GetValue(_used),
        SoldAs = parsed.GetValue(_soldAs),
        Country = parsed.GetValue(_country),
        AnyAvailability = parsed.GetValue(_all),
        Host = parsed.GetValue(_slot),
        MinimumLink = parsed.GetValue(_link) is { } rate ? Bandwidth.FromGigabytesPerSecond(rate) : null,
    };

    private static Power? Watts(ParseResult parsed, Option<double?> option)
        => parsed.GetValue(option) is { } watts ? Power.FromWatts(watts) : null;

    private static PcieHost? ParseSlot(ArgumentResult argument)
    {
        var parts = argument.Tokens[0].Value.Split('x');
        if (parts.Length == 2 && Whole(parts[0]) is { } generation && Whole(parts[1]) is { } lanes) return new(generation, lanes);
        argument.AddError($"--pcie must be generation x lanes, e.g. 4x16, but is '{argument.Tokens[0].Value}'. Write it like that.");
        return null;
    }

    private static int? Whole(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
