namespace DeepGpu.Hardware;

/// <summary>What a forecast assumes beside the workload and the card.
/// Nothing is made up: what is not given is left out of the answer.</summary>
public sealed record ForecastOptions
{
    /// <summary>The defaults.</summary>
    public static ForecastOptions Default { get; } = new();

    /// <summary>The power limit set on the card; null for its rated power.</summary>
    public Power? PowerLimit
    {
        get;
        init => field = value is { } limit
            ? Power.FromWatts(Require.Positive(limit.Watts, nameof(ForecastOptions), nameof(PowerLimit)))
            : null;
    }

    /// <summary>Price of a kilowatt-hour; null where energy costs are not asked for.</summary>
    public Money? EnergyPricePerKilowattHour { get; init; }

    /// <summary>Rent of the card for an hour; null where it is not rented.</summary>
    public Money? RentalPricePerHour { get; init; }

    /// <summary>Samples an epoch goes through; null for a forecast of single steps.</summary>
    public long? Samples
    {
        get;
        init => field = value is { } count && count < 1
            ? throw Require.OutOfRange(nameof(ForecastOptions), nameof(Samples), "at least 1", count)
            : value;
    }

    /// <summary>Epochs. Default 1.</summary>
    public int Epochs { get; init => field = Require.AtLeast(value, 1, nameof(ForecastOptions), nameof(Epochs)); } = 1;

    /// <summary>What driver and framework hold before a tensor is made; null for what was measured with PyTorch.</summary>
    public ByteSize? FrameworkContext { get; init; }

    /// <summary>Memory of the card that others use: a display, other programs. Default none.</summary>
    public ByteSize ReservedForOthers { get; init; }

    /// <summary>Whether every card stands in a new desktop computer, as cards that are compared do; else in one as old as the card.
    /// </summary>
    internal bool IsInNewComputer { get; init; }

    /// <summary>Whether convolutions in half precision run in channels-last layout, as cuDNN wants it.
    /// Default false, PyTorch's default layout.</summary>
    public bool ChannelsLast { get; init; }
}
