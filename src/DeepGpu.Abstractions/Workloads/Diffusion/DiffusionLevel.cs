namespace DeepGpu;

/// <summary>What a diffusion model's network computes at one resolution.</summary>
/// <param name="Divisor">Latent pixels for each cell, along each side.</param>
/// <param name="FlopsPerCell">Operations of products, a multiply-add being two.</param>
/// <param name="FlopsPerPair">Operations of attention for each pair of cells.</param>
/// <param name="ElementsPerCell">Elements written.</param>
/// <param name="ScoresPerPair">Scores of attention for each pair of cells: one a head and layer.</param>
public sealed record DiffusionLevel(int Divisor, double FlopsPerCell, double FlopsPerPair, double ElementsPerCell, double ScoresPerPair);
