using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Prices;

/// <summary>Rent or buy: a run costs its hours times the rent, or its electricity, the loss on the price being paid once.</summary>
public class RentOrBuyTests
{
    private const double OnePercent = 0.01;

    /// <summary>Price, resale share, hours a week, months, rent an hour, hours of the run rented and bought, watts, price of a
    /// kilowatt-hour; then
    /// by hand: runs and months until buying pays, the price's share of an hour, the total cost of ownership.</summary>
    [Theory]
    [InlineData(300, 0, 20, 36, 0.2, 10, 12, 150, 0.3, 205.48, 28.373, 0.09589, 440.79)]
    [InlineData(1500, 0.4, 20, 36, 0.35, 10, 10, 350, 0.3, 367.35, 42.27, 0.28767, 1228.5)]
    [InlineData(2000, 0, 40, 24, 0.69, 5, 5, 450, 0.25, 692.64, 19.925, 0.47945, 2469.3)]
    [InlineData(800, 0.5, 10, 36, 0.22, 8, 8, 320, 0.4, 543.48, 100.06, 0.25571, 600.23)]
    [InlineData(30000, 0.3, 168, 36, 2.5, 100, 100, 700, 0.12, 86.921, 11.907, 0.79909, 23208.0)]
    [InlineData(249, 0, 5, 12, 0.1, 1, 1, 130, 0.35, 4568.8, 210.29, 0.95507, 260.86)]
    [InlineData(549, 0.2, 20, 36, 0.15, 3, 4, 250, 0.28, 2583.5, 118.91, 0.14038, 658.2)]
    [InlineData(1268, 0, 60, 36, 0.45, 20, 22, 360, 0.18, 167.41, 14.126, 0.1351, 1876.2)]
    [InlineData(3200, 0.25, 100, 48, 0.89, 12, 12, 575, 0.22, 261.95, 7.2342, 0.11507, 5038.4)]
    [InlineData(429, 0, 15, 24, 0.12, 6, 9, 180, 0.33, 2313.9, 319.51, 0.27425, 521.92)]
    [InlineData(8565, 0.1, 80, 36, 1.8, 40, 38, 600, 0.15, 112.4, 12.287, 0.61598, 8834.8)]
    [InlineData(219, 0, 20, 36, 0.08, 2, 3, 150, 0.5, double.NaN, double.NaN, 0.07, 453.64)]
    [InlineData(599, 0.35, 35, 30, 0.25, 7, 7, 220, 0.2, 270.01, 12.428, 0.085337, 590.1)]
    [InlineData(999, 0, 1, 36, 0.4, 10, 11, 320, 0.3, 339.33, 859.03, 6.3863, 1014.0)]
    [InlineData(1999, 0.5, 168, 12, 0.6, 24, 24, 575, 0.1, 76.767, 2.5238, 0.1141, 1503.2)]
    [InlineData(350, 0, 20, 36, 0.05, 4, 4, 170, 0.32, double.NaN, double.NaN, 0.11187, 520.19)]
    [InlineData(12000, 0.2, 120, 36, 1.2, 50, 60, 300, 0.14, 167.01, 19.218, 0.51142, 10388.0)]
    [InlineData(250, 0.1, 20, 60, 0.09, 1.5, 2, 150, 0.27, 4166.7, 95.89, 0.043151, 436.18)]
    [InlineData(749, 0, 25, 36, 0.3, 9, 10, 300, 0.0, 277.41, 25.537, 0.19153, 749.0)]
    [InlineData(1600, 0.6, 50, 24, 0.5, 15, 15, 450, 0.24, 108.84, 7.5147, 0.12274, 1203.1)]
    public void Twenty_cases_by_hand(double price, double resale, double hoursPerWeek, int months, double rentPerHour, double rentedHours,
        double ownHours,
        double watts, double kilowattHour, double runs, double untilMonths, double hourShare, double totalCost)
    {
        var ownership = new Ownership { HoursPerWeek = hoursPerWeek, Months = months, ResaleShare = resale };
        var rented = RentOrBuy.CostOf(Exactly(rentedHours), Money.FromDollars(rentPerHour)).Value;
        var energy = Money.FromDollars(ownHours * watts / 1000 * kilowattHour);
        var found = RentOrBuy.RunsUntilBuyingPays(Money.FromDollars(price), ownership, rented, energy);
        if (double.IsNaN(runs)) found.Should().BeNull();
        else
        {
            found.Should().BeApproximately(runs, runs * OnePercent);
            ownership.MonthsFor(found!.Value * ownHours).Should().BeApproximately(untilMonths, untilMonths * OnePercent);
        }

        ownership.HourOf(Money.FromDollars(price)).Dollars.Should().BeApproximately(hourShare, hourShare * OnePercent);
        ownership.TotalCost(Money.FromDollars(price), Power.FromWatts(watts), Money.FromDollars(kilowattHour)).Dollars
            .Should().BeApproximately(totalCost, totalCost * OnePercent);
    }

    [Fact]
    public void A_recommendation_uses_the_same_sums()
    {
        var answer = GpuAdvisor.Default.Recommend(Applications.Find("torchvision/resnet50").Build(new()).Training(64), options: new()
        {
            Forecast = new() { Samples = 1_281_167, Epochs = 90, EnergyPricePerKilowattHour = Money.FromDollars(0.3) },
            Ownership = new() { HoursPerWeek = 40, Months = 24, ResaleShare = 0.25 },
            Processor = new("p", ComputeRate.FromTeraflops(1), Bandwidth.FromGigabytesPerSecond(50), "A test."),
            Today = new(2026, 11, 30),
        });
        var (best, offer) = (answer.Best!, answer.RentOrBuy!);
        var hours = best.RunTime.Value.TotalHours;
        var kilowatts = best.Forecast.AveragePower!.Value.Value.Watts / 1000;
        var useful = 40 * (365.0 / 7) * 2;
        var perHour = best.Price!.Middle.Dollars * 0.75 / useful + kilowatts * 0.3;
        best.BoughtRun!.Value.Value.Dollars.Should().BeApproximately(hours * perHour, hours * perHour * OnePercent);
        offer.RentedRun.Value.Dollars.Should().BeApproximately(offer.RentedTime.Value.TotalHours * offer.Rent.OnDemand!.Value.Dollars,
            1e-6);
        offer.EnergyOfRun!.Value.Dollars.Should().BeApproximately(hours * kilowatts * 0.3, 1e-6);
        var runs = best.Price.Middle.Dollars * 0.75 / (offer.RentedRun.Value.Dollars - offer.EnergyOfRun.Value.Dollars);
        offer.BreakEvenRuns.Should().BeApproximately(runs, runs * OnePercent);
        answer.Rentable.Select(card => card.RentedRun!.Value.Value.Dollars).Should().BeInAscendingOrder();
    }

    [Fact]
    public void A_renter_pays_no_electricity()
    {
        var card = GpuCatalog.Default.Find("RTX 4090");
        var work = Applications.VGG16().Training(32);
        var plain = new ForecastOptions { Samples = 100_000, RentalPricePerHour = Money.FromDollars(0.5) };
        var both = plain with { EnergyPricePerKilowattHour = Money.FromDollars(0.4) };
        GpuForecaster.Default.Forecast(work, card, both).TotalCost.Should().Be(GpuForecaster.Default.Forecast(work, card, plain).TotalCost);
        GpuForecaster.Default.Forecast(work, card, both with { RentalPricePerHour = null }).TotalCost!.Value.Value.Dollars.Should()
            .BePositive();
    }

    [Fact]
    public void An_instance_of_eight_cards_costs_what_eight_cost()
    {
        var rent = new GpuRent
        {
            Provider = "p",
            Instance = "8x",
            Gpu = "H100 SXM5 80GB",
            Count = 8,
            OnDemand = Money.FromDollars(24),
            Date = new(2026, 1, 1),
            Source = "s"
        };
        RentOrBuy.CostOf(Exactly(2), rent.PerHour(GpuRentTerms.OnDemand)!.Value).Value.Dollars.Should().Be(48);
        rent.PerHour(GpuRentTerms.Spot).Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(169)]
    [InlineData(double.NaN)]
    public void Hours_a_week_that_no_week_has_are_refused(double hours)
        => FluentActions.Invoking(() => new Ownership { HoursPerWeek = hours }).Should().Throw<DeepGpuArgumentException>()
            .Where(e => e.Fault.Code == "argument_out_of_range");

    private static Estimate<TimeSpan> Exactly(double hours)
        => new(TimeSpan.FromHours(hours), TimeSpan.FromHours(hours), TimeSpan.FromHours(hours), "By hand.");
}
