namespace DeepGpu.Hardware;

/// <summary>How easily the card goes into an ordinary computer: 1 for a card of two slots with its own fans, less for what needs more room,
/// moved air or a server board.</summary>
public sealed class FormFactorCriterion : IGpuCriterion
{
    private const double NeedsServerBoard = 0.5;
    private const double NeedsMovedAir = 0.7;
    private const double ThreeSlots = 0.9;

    /// <inheritdoc/>
    public string Name => "form";

    /// <inheritdoc/>
    public string Unit => "of 1";

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => candidate.Card switch
    {
        { FormFactor: null } or { FormFactor: GpuFormFactor.PcieCard, Segment: GpuSegment.DataCenter, Cooling: null } => null,
        { FormFactor: GpuFormFactor.Sxm or GpuFormFactor.Oam } => NeedsServerBoard,
        { FormFactor: GpuFormFactor.PcieCard, Cooling: GpuCooling.Passive } => NeedsMovedAir,
        { FormFactor: GpuFormFactor.PcieCard, SlotWidth: > 2 } => ThreeSlots,
        _ => 1,
    };
}
