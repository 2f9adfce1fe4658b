namespace DeepGpu;

/// <summary>A loss or gradient became infinite or not a number.</summary>
public sealed class NonFiniteException(Fault fault) : DeepGpuException(fault)
{
    internal static NonFiniteException At(int epoch, int batch, string where) => new(new(
        "non_finite",
        "Loss and gradients must be finite,",
        $"but in epoch {epoch}, batch {batch} they are not: {where}.",
        "Lower the learning rate, clip gradients, or check the data for NaN; the step was not applied."));
}
