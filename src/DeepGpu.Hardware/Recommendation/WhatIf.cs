namespace DeepGpu.Hardware;

/// <summary>Something asked for otherwise, and the card that would then be the first.</summary>
/// <param name="Change">The change, e.g. "with a 300 W budget".</param>
/// <param name="Card">The card.</param>
public sealed record WhatIf(string Change, GpuSpec Card)
{
    /// <summary>What the card costs to buy; null where no price is known or none was asked for.</summary>
    public GpuPrice? Price { get; init; }

    /// <summary>Change and card, and the price where one is known.</summary>
    public override string ToString()
        => Price is null ? $"{Change}: {Card.Name}" : $"{Change}: {Card.Name}, {Price.TextOn(GpuPriceFile.Today())}";
}
