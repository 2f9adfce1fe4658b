namespace DeepGpu.Operations;

/// <summary>A part of a row whose numbers lie one after another.</summary>
/// <param name="Offset">Where it begins, in numbers from the row's start.</param>
/// <param name="Length">How many numbers it has.</param>
internal readonly record struct Run(int Offset, int Length);
