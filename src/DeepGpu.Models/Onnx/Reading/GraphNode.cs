using DeepGpu.Onnx.Schema;

namespace DeepGpu.Models.Onnx;

/// <summary>One use of an operator in an ONNX graph.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Domain">Whose operator it is; "" for ONNX's own.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Version">The version of the domain's operators that the file uses.</param>
/// <param name="Inputs">The names of the values it reads; "" for one that is left out.</param>
/// <param name="Outputs">The names of the values it writes; "" for one that is not wanted.</param>
/// <param name="Attributes">Its options by name.</param>
internal sealed record GraphNode(string Name, string Domain, string Operator, int Version, IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, AttributeProto> Attributes)
{
    /// <summary>The operator with the domain before it, unless it is ONNX's own.</summary>
    public string FullOperator => Domain.Length == 0 ? Operator : $"{Domain}.{Operator}";

    /// <summary>Whether it holds graphs of its own: If, Loop, Scan, SequenceMap.</summary>
    public bool HasGraphs => Attributes.Values.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0);

    public long Int(string name, long otherwise) => Attributes.TryGetValue(name, out var found) ? found.I : otherwise;

    public double Number(string name, double otherwise) => Attributes.TryGetValue(name, out var found) ? found.F : otherwise;

    public string Text(string name, string otherwise)
        => Attributes.TryGetValue(name, out var found) ? found.S.ToStringUtf8() : otherwise;

    public long[]? Ints(string name) => Attributes.TryGetValue(name, out var found) ? [.. found.Ints] : null;

    public string[]? Texts(string name)
        => Attributes.TryGetValue(name, out var found) ? [.. found.Strings.Select(text => text.ToStringUtf8())] : null;
}

/// <summary>A length of an axis: a number, a name, or neither.</summary>
/// <param name="Known">The number; null where it is open.</param>
/// <param name="Symbol">The name that open lengths share.</param>
internal readonly record struct GraphLength(long? Known, string? Symbol);

/// <summary>What a file says of a value.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Type">The number of its element type; 0 for what is no tensor.</param>
/// <param name="Lengths">Its axes; null where their number is not said.</param>
internal sealed record GraphValue(string Name, int Type, IReadOnlyList<GraphLength>? Lengths)
{
    /// <summary>Reads what is said of a value; an open axis without a name gets one of its own.</summary>
    public static GraphValue Of(ValueInfoProto value)
    {
        var tensor = value.Type?.TensorType;
        return new(value.Name, tensor?.ElemType ?? 0,
            tensor?.Shape?.Dim.Select((length, axis) => Length(value.Name, length, axis)).ToList());
    }

    private static GraphLength Length(string name, TensorShapeProto.Types.Dimension length, int axis) => length switch
    {
        { HasDimValue: true, DimValue: > 0 } => new(length.DimValue, null),
        { HasDimParam: true, DimParam.Length: > 0 } => new(null, length.DimParam),
        _ => new(null, $"{name}[{axis}]"),
    };
}
