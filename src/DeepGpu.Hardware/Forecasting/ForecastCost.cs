namespace DeepGpu.Hardware.Forecasting;

/// <summary>What all epochs cost, from prices that were given: rent where the card is rented, else energy. A renter pays no
/// electricity.</summary>
internal static class ForecastCost
{
    public static Estimate<Money>? Of(GpuForecast forecast)
    {
        var (options, time, energy) = (forecast.Options, forecast.TotalTime, forecast.TotalEnergy);
        if (time is not { } t || (options.EnergyPricePerKilowattHour is null && options.RentalPricePerHour is null)) return null;
        if (options.RentalPricePerHour is null && energy is null) return null;
        return new(
            Sum(t.Value, energy?.Value, options),
            Sum(t.Low, energy?.Low, options),
            Sum(t.High, energy?.High, options),
            $"Prices as given. {t.Basis}");
    }

    private static Money Sum(TimeSpan time, Energy? energy, ForecastOptions options)
        => options.RentalPricePerHour is { } rent ? rent * time.TotalHours
            : options.EnergyPricePerKilowattHour!.Value * energy!.Value.KilowattHours;
}
