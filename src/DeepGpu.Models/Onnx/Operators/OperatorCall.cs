using DeepGpu.Onnx.Files;

namespace DeepGpu.Models.Onnx;

/// <summary>A node with what is known of the values it reads.</summary>
/// <param name="Node">The node.</param>
/// <param name="Inputs">The values it reads; null for one that is left out.</param>
internal sealed record OperatorCall(GraphNode Node, IReadOnlyList<GraphTensor?> Inputs)
{
    private static readonly GraphTensor Unknown = new(0, null);

    /// <summary>An input that must be there.</summary>
    public GraphTensor this[int i] => Optional(i) ?? throw Misfit($"input {i}");

    /// <summary>The axes of an input; null where their number is not known.</summary>
    public long[]? Dims(int i) => this[i].Dims;

    public int Type => this[0].Type;

    /// <summary>How many outputs the node names.</summary>
    public int OutputCount => Node.Outputs.Count;

    /// <summary>An input, or null where it is left out.</summary>
    public GraphTensor? Optional(int i) => i >= 0 && i < Inputs.Count ? Inputs[i] : null;

    /// <summary>Whole numbers that are an attribute in older versions and an input in newer ones; null where they are left out.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="input">The input.</param>
    /// <param name="isKnown">Whether they are known, or left out.</param>
    public long[]? Numbers(string name, int input, out bool isKnown)
    {
        var given = Optional(input);
        isKnown = given is null || given.Data is not null;
        return given is null ? Node.Ints(name) : given.Longs;
    }

    /// <summary>An axis counted from 0.</summary>
    public int Axis(long axis, int rank)
        => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis)
            : throw Misfit($"an axis from {-rank} to {rank - 1}, not {axis}");

    /// <summary>Outputs of which nothing is known but the type.</summary>
    public GraphTensor[] Open(int type = 0) => [.. Enumerable.Repeat(type == 0 ? Unknown : new(type, null), OutputCount)];

    /// <summary>One output.</summary>
    public GraphTensor[] One(long[]? dims, int? type = null, double[]? data = null)
        => [new(type ?? Type, dims) { Data = data }, .. Enumerable.Repeat(Unknown, Math.Max(0, OutputCount - 1))];

    /// <summary>What is thrown where a node cannot take what reaches it.</summary>
    public ModelFormatException Misfit(string needs) => OnnxFault.Because(GraphShapes.MisfitCode,
        $"{Node.FullOperator} '{StrictJson.Printable(Node.Name)}' needs {needs},",
        $"but receives {string.Join(" and ", Inputs.Select(input => input?.Shape?.ToString() ?? "(unknown)"))}.", Node.Name,
        "Give input lengths that the network can take, or export it again.");
}
