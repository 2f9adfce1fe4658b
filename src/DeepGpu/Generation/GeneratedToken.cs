namespace DeepGpu;

/// <summary>A word that a model added to one of several prompts.</summary>
/// <param name="Sequence">The prompt's number, from 0 on.</param>
/// <param name="Token">The word's number.</param>
public readonly record struct GeneratedToken(int Sequence, int Token);
