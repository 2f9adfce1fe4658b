using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Onnx;

/// <summary>Which axes of an input of a graph are the batch, and which are other open lengths.</summary>
/// <param name="lengths">The axes as the file names them.</param>
/// <param name="open">The lengths that the graph leaves open.</param>
internal sealed class OnnxInputLengths(IReadOnlyList<GraphLength> lengths, OpenLengths open) : IInputLengths
{
    /// <inheritdoc/>
    public Shape At(Shape declared, int batch, int? steps)
        => new(declared.Axes.Select((length, axis) => length ?? Length(lengths[axis].Symbol, axis, batch, steps)));

    /// <summary>Steps are the length of the only other name; where there are several, of those on the axis after the batch.</summary>
    private int? Length(string? name, int axis, int batch, int? steps)
        => name == open.Batch ? batch : open.Others.Count() == 1 || axis == 1 ? steps : null;
}
