namespace DeepGpu.Models.HuggingFace;

/// <summary>The ends of a transformer's graph.</summary>
/// <param name="Inputs">Where data enters.</param>
/// <param name="States">What the last block, or the normalisation after it, makes of each step: (batch, steps, features).</param>
/// <param name="Outputs">What the model yields as it was published.</param>
internal sealed record TransformerGraph(IReadOnlyList<SymbolicTensor> Inputs, SymbolicTensor States, IReadOnlyList<SymbolicTensor> Outputs)
{
    /// <summary>The model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="includeTop">Whether it yields what it was published with; else the states alone.</param>
    /// <param name="activation">The function after the only output.</param>
    public ModelSpec Model(string name, bool includeTop = true, Activation activation = Activation.Linear)
        => Functional.Model(Inputs, includeTop ? [.. Outputs.Select(output => Activated(output, activation))] : [States], name);

    private static SymbolicTensor Activated(SymbolicTensor output, Activation activation)
        => activation == Activation.Linear ? output : output.Activate(activation);
}
