namespace DeepGpu;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Label">The class.</param>
/// <param name="Precision">The share of what was taken for the class that is of it; 0 if nothing was.</param>
/// <param name="Recall">The share of the class that was found; 0 if nothing is of it.</param>
/// <param name="F1">The harmonic mean of precision and recall; 0 if both are.</param>
/// <param name="Support">How many samples are of the class, or their weight.</param>
public sealed record ClassScores(string Label, double Precision, double Recall, double F1, double Support);
