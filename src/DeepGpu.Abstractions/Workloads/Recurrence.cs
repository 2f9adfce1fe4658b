namespace DeepGpu;

/// <summary>The shape of a recurrent layer: each step multiplies the state by the recurrent weights and adds the step's input.</summary>
/// <param name="Gates">Products a step does at once: 1 of a simple recurrent layer, 3 of a GRU, 4 of an LSTM.</param>
/// <param name="Units">Length of the state.</param>
/// <param name="Features">Length of a step's input.</param>
/// <param name="Rows">Samples that go through time side by side.</param>
public sealed record Recurrence(int Gates, long Units, long Features, long Rows)
{
    /// <summary>Floating-point operations of one step's product with the recurrent weights.</summary>
    public double StepFlops => 2.0 * Gates * Units * Units * Rows;

    /// <summary>Elements of the recurrent weights, read at each step.</summary>
    public double StateWeights => (double)Gates * Units * Units;
}
