namespace DeepGpu.Testing.Numerics;

/// <summary>What a case yields, computed by either side.</summary>
/// <param name="Outputs">Every output.</param>
/// <param name="InputGradients">The gradient of the weighted sum of the outputs by each input; null where there is none.</param>
/// <param name="WeightGradients">The same by each weight; null where training does not change it.</param>
/// <param name="WeightsAfter">Each weight after the pass: moving statistics change.</param>
internal sealed record NumericResult(
    IReadOnlyList<double[]> Outputs,
    IReadOnlyList<double[]?> InputGradients,
    IReadOnlyList<double[]?> WeightGradients,
    IReadOnlyList<double[]> WeightsAfter);

/// <summary>What computes a case: the plain loops, or an engine.</summary>
internal interface INumericEngine
{
    /// <summary>Computes a case.</summary>
    /// <param name="c">The case.</param>
    /// <param name="numbers">Its numbers.</param>
    /// <param name="isTraining">Whether as in training, with gradients; else as in prediction, without.</param>
    NumericResult Run(NumericCase c, CaseNumbers numbers, bool isTraining);
}
