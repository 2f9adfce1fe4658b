namespace DeepGpu.Hardware.Forecasting;

/// <summary>How much longer a step takes where a power limit lowers the clock.</summary>
/// <remarks>Computing takes 1 / clock as long, moving data less. What kernels add to the draw falls with clock * voltage squared,
/// and the voltage with the clock; the memory draws by the bytes moved in a second. The clock is the one whose draw the limit allows.
/// </remarks>
/// <param name="load">How the step uses the card at its full clock.</param>
/// <param name="tdp">Rated watts.</param>
/// <param name="card">The card.</param>
/// <param name="power">The constants of draw, in the order of <see cref="PowerConstants.Table"/>.</param>
/// <param name="clock">The constants of the clock, in the order of <see cref="ClockConstants.Table"/>.</param>
internal sealed class ClockModel(CardLoad load, double tdp, CardFigures card, ConstantValues power, ConstantValues clock)
{
    /// <summary>The slowest clock that a card is taken to run at, as a share of its full one.</summary>
    private const double Slowest = 0.15;

    private const int Halvings = 40;

    private readonly double _density = PowerModel.DensityOf(tdp, card.Vector, power);
    private readonly double _idle = card.HasStackedMemory ? 1 : clock[ClockConstants.Board];

    /// <summary>Time of a step under a limit over that at the rated power: 1 at a limit that is no lower.</summary>
    public double Slowdown(double limit) => limit >= tdp ? 1 : Step(ClockAt(limit)) / Step(ClockAt(tdp));

    /// <summary>The mean draw under a limit.</summary>
    public double Watts(double limit) => Math.Max(Held(limit), Draw(Slowest));

    /// <summary>Whether the slowest clock draws less than a limit allows.</summary>
    public bool CanHold(double limit) => Draw(Slowest) <= limit;

    private double Held(double limit) => PowerModel.Watts(load, tdp, limit, card.Vector, power, _idle);

    private double ClockAt(double limit)
    {
        var (low, high, target) = (Slowest, 1.0, Held(limit));
        if (Draw(high) <= target) return high;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = Draw(middle) > target ? (low, middle) : (middle, high);
        }

        return low;
    }

    /// <summary>Seconds of a step at a clock, in steps at the full clock.</summary>
    private double Step(double at) => StepTimeModel.Together(Busy(at), load.Host);

    /// <summary>Seconds of its kernels.</summary>
    private double Busy(double at) => load.Busy * Slow(at);

    private double Slow(double at) => load.Clocked / at + (1 - load.Clocked) * Math.Pow(at, -clock[ClockConstants.Memory]);

    private double Draw(double at)
    {
        var (slow, least) = (Slow(at), clock[ClockConstants.Voltage]);
        var square = Math.Pow(least + (1 - least) * at, 2);
        var (kept, moved) = (clock[ClockConstants.Fixed], power[PowerConstants.Memory] * load.Memory / slow);
        var switched = at * square;
        var added = power[PowerConstants.Busy] * (kept + (1 - kept) * switched)
            + power[PowerConstants.Compute] * load.Compute * square / slow + moved;
        return PowerModel.Of(tdp, Math.Min(1, Busy(at) / Step(at)), _density, added, power, _idle);
    }
}
