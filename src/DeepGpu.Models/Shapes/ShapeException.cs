namespace DeepGpu.Models;

/// <summary>A layer cannot take the shape it receives. The model's builder adds the layer's name and place.</summary>
public sealed class ShapeException : DeepGpuException
{
    /// <summary>Creates an exception that a layer throws while its output shape is computed.</summary>
    /// <param name="needs">What the layer needs, as words that follow "needs", e.g. "a flat input".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    public ShapeException(string needs, string remedy)
        : base(new Fault("shape", $"The layer needs {needs}.", "It receives another shape.", remedy)) => Needs = needs;

    /// <summary>What the layer needs.</summary>
    public string Needs { get; }
}
