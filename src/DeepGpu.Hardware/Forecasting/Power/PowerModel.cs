namespace DeepGpu.Hardware;

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
    public static double Watts(CardLoad load, double tdp, double limit, double vector, ConstantValues constants)
    {
        var density = Math.Clamp(vector / tdp / constants[PowerConstants.Dense], LeastDensity, 1);
        var added = constants[PowerConstants.Busy] + constants[PowerConstants.Memory] * load.Memory
            + constants[PowerConstants.Compute] * load.Compute;
        var wanted = tdp * (constants[PowerConstants.Idle] + Math.Pow(load.Busy, constants[PowerConstants.Duty]) * density * added);
        var held = constants[PowerConstants.Limit] * Math.Min(limit, tdp);
        return Math.Pow(Math.Pow(wanted, -Sharpness) + Math.Pow(held, -Sharpness), -1 / Sharpness);
    }
}

/// <summary>How a step uses a card.</summary>
/// <param name="Busy">Share of the step in which kernels run.</param>
/// <param name="Memory">Share of that time in which the memory would be busy at its peak rate.</param>
/// <param name="Compute">Share of that time in which the units would be busy at their peak rate.</param>
internal readonly record struct CardLoad(double Busy, double Memory, double Compute)
{
    /// <summary>The share of a step that a card may wait for the host and still count as busy.</summary>
    private const double Waiting = 0.2;

    /// <summary>Whether the card works nearly all the time.</summary>
    public bool IsBusy => Busy >= 1 - Waiting;
}
