namespace DeepGpu.Models.Shapes;

/// <summary>What is said of a layer that cannot take the shapes that reach it.</summary>
internal static class ShapeFaults
{
    /// <summary>The layer, what it needs and what it receives.</summary>
    /// <param name="type">Keras's name of the layer's class.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="sources">The names of the layers its inputs come from.</param>
    /// <param name="inputs">The shapes of its inputs.</param>
    /// <param name="misfit">What the layer says.</param>
    public static Fault Misfit(string type, string name, IReadOnlyList<string> sources, IReadOnlyList<Shape> inputs, ShapeException misfit)
    {
        var received = string.Join(" and ", inputs);
        return new("shape", $"{type} '{name}'{After(sources)} needs {misfit.Needs}", $"but receives {received}.", misfit.Fault.Remedy);
    }

    private static string After(IReadOnlyList<string> sources)
        => sources.Count == 0 ? "" : $" after {string.Join(" and ", sources.Select(source => $"'{source}'"))}";
}
