namespace DeepGpu.Hardware;

/// <summary>Pictures that a diffusion model is asked for.</summary>
public sealed record DiffusionRequest
{
    /// <summary>The network that removes noise.</summary>
    public required DiffusionShape Model { get; init; }

    /// <summary>Pixels across. Default 512.</summary>
    public int Width { get; init; } = 512;

    /// <summary>Pixels down. Default 512.</summary>
    public int Height { get; init; } = 512;

    /// <summary>Steps in which noise is removed. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Pictures at once. Default 1.</summary>
    public int Images { get; init; } = 1;

    /// <summary>Whether each step evaluates the network with and without the text (classifier-free guidance). Default yes.</summary>
    public bool Guidance { get; init; } = true;

    /// <summary>What products compute in. Default Float16.</summary>
    public NumberFormat Precision { get; init; } = NumberFormat.Float16;
}
