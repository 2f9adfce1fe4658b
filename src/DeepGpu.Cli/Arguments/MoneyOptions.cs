using System.CommandLine;
using DeepGpu.Hardware;

namespace DeepGpu.Cli;

/// <summary>The options that say how money and time are weighed.</summary>
internal sealed class MoneyOptions
{
    private readonly Option<bool> _rent = new("--rent") { Description = "List cards to rent, by what the run costs." };
    private readonly Option<bool> _buy = new("--buy") { Description = "List cards to buy." };
    private readonly Option<bool> _spot = new("--spot") { Description = "Rent on spot terms: cheaper, and taken away without asking." };
    private readonly Option<double?> _hours = Options.Number("--hours-per-week", "Hours a week that a bought card works. Default 20.");
    private readonly Option<int> _months = Options.Count("--months", "Months that a bought card is kept. Default 36.", 36);
    private readonly Option<double?> _resale = Options.Number("--resale",
        "The share of its price that selling the card brings back, e.g. 0.4. Default 0.");
    private readonly Option<RecommendationAim?> _policy = Options.Word("--policy", "What the first card is the best in. Default value",
        OptionWords.Policies);
    private readonly Option<double?> _waiting = Options.Number("--hour-worth",
        "What an hour of waiting is worth in US dollars. Default 0.20.");
    private readonly Option<double?> _deadline = Options.Number("--deadline-hours", "The longest a run may take.");
    private readonly Option<string?> _cpu = new("--cpu")
    {
        Description = "A processor of the catalogue to compare with. Default: this machine's, measured."
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _rent, _buy, _spot, _hours, _months, _resale, _policy, _waiting, _deadline,
            _cpu }) command.Options.Add(option);
    }

    public ChoiceView View(ParseResult parsed)
        => parsed.GetValue(_rent) ? ChoiceView.Rent : parsed.GetValue(_buy) ? ChoiceView.Buy : ChoiceView.All;

    public RecommendationOptions Of(ParseResult parsed, GpuCatalog catalog)
    {
        var policy = OptionWords.PolicyOf(parsed.GetValue(_policy) ?? RecommendationAim.Cost);
        return new()
        {
            Policy = policy with
            {
                HourOfWaiting = parsed.GetValue(_waiting) is { } worth ? Money.FromDollars(worth) : policy.HourOfWaiting,
                Deadline = parsed.GetValue(_deadline) is { } hours ? TimeSpan.FromHours(hours) : null,
            },
            Ownership = new()
            {
                HoursPerWeek = parsed.GetValue(_hours) ?? new Ownership().HoursPerWeek,
                Months = parsed.GetValue(_months),
                ResaleShare = parsed.GetValue(_resale) ?? 0,
            },
            RentTerms = parsed.GetValue(_spot) ? GpuRentTerms.Spot : GpuRentTerms.OnDemand,
            Processor = parsed.GetValue(_cpu) is { } name ? Processor.From(catalog.FindCpu(name)) : null,
        };
    }
}
