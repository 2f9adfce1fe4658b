namespace DeepGpu.Hardware;

/// <summary>What carries a card's heat away.</summary>
public enum GpuCooling
{
    /// <summary>Fans of its own.</summary>
    Active,

    /// <summary>No fan of its own: the chassis must move the air (or the liquid).</summary>
    Passive,

    /// <summary>A liquid loop of its own.</summary>
    Liquid,
}
