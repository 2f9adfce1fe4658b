namespace DeepGpu.Hardware.Forecasting;

/// <summary>How a step uses a card.</summary>
/// <param name="Busy">Share of the step in which kernels run.</param>
/// <param name="Memory">Share of that time in which the memory would be busy at its peak rate.</param>
/// <param name="Compute">Share of that time in which the units would be busy at their peak rate.</param>
internal readonly record struct CardLoad(double Busy, double Memory, double Compute)
{
    /// <summary>The share of a step that a card may wait for the host and still count as busy.</summary>
    private const double Waiting = 0.2;

    /// <summary>Share of the kernels' time that computing takes rather than moving data: the part that follows the clock.
    /// Where it is not known, as the units' and the memory's shares say.</summary>
    public double Clocked
    {
        get => field > 0 ? field : Compute + Memory > 0 ? Compute / (Compute + Memory) : 1;
        init;
    }

    /// <summary>Whether the card works nearly all the time.</summary>
    public bool IsBusy => Busy >= 1 - Waiting;

    /// <summary>What the host takes of a step: the other part of <see cref="StepTimeModel.Together"/>.</summary>
    public double Host => StepTimeModel.Apart(Busy);
}
