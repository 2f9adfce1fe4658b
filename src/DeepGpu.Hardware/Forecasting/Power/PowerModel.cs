namespace DeepGpu.Hardware.Forecasting;

/// <summary>Mean draw in watts: idle, plus what running kernels, moving data and computing add, under the power limit.</summary>
internal static class PowerModel
{
    private const double Sharpness = 8;

    /// <summary>The least share that a low rate for each watt leaves: what the oldest measured card shows. Not extrapolated.</summary>
    private const double LeastDensity = 0.6;

    /// <summary>The mean draw.</summary>
    /// <param name="load">How the step uses the card.</param>
    /// <param name="tdp">Rated watts.</param>
    /// <param name="limit">The power limit in watts.</param>
    /// <param name="vector">FLOP/s in single precision.</param>
    /// <param name="constants">The constants, in the order of <see cref="PowerConstants.Table"/>.</param>
    /// <param name="idle">The factor on what an idle card draws.</param>
    public static double Watts(CardLoad load, double tdp, double limit, double vector, ConstantValues constants, double idle = 1)
    {
        var added = constants[PowerConstants.Busy] + constants[PowerConstants.Memory] * load.Memory
            + constants[PowerConstants.Compute] * load.Compute;
        var wanted = Of(tdp, load.Busy, DensityOf(tdp, vector, constants), added, constants, idle);
        var held = constants[PowerConstants.Limit] * Math.Min(limit, tdp);
        return Math.Pow(Math.Pow(wanted, -Sharpness) + Math.Pow(held, -Sharpness), -1 / Sharpness);
    }

    /// <summary>The draw without a limit, of the shares that kernels add while they run.</summary>
    public static double Of(double tdp, double busy, double density, double added, ConstantValues constants, double idle)
        => tdp * (idle * constants[PowerConstants.Idle] + Math.Pow(busy, constants[PowerConstants.Duty]) * density * added);

    /// <summary>The share of its rated power that a card's parts can use.</summary>
    public static double DensityOf(double tdp, double vector, ConstantValues constants)
        => Math.Clamp(vector / tdp / constants[PowerConstants.Dense], LeastDensity, 1);
}
