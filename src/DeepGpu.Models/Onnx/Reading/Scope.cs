using DeepGpu.Onnx.Schema;

namespace DeepGpu.Models.Onnx;

/// <summary>What names and attributes mean inside the call of a function.</summary>
/// <param name="prefix">What names made inside start with; "" in the graph itself.</param>
/// <param name="values">The caller's names of the function's inputs and outputs.</param>
/// <param name="given">The attributes of the call.</param>
internal sealed class Scope(string prefix, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, AttributeProto> given)
{
    /// <summary>The graph itself.</summary>
    public static Scope Outermost { get; } = new("", new Dictionary<string, string>(), new Dictionary<string, AttributeProto>());

    /// <summary>What names made inside start with.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>A name as the graph has it.</summary>
    public string Outside(string name) => name.Length == 0 || Prefix.Length == 0 ? name
        : values.GetValueOrDefault(name, $"{Prefix}/{name}");

    /// <summary>A node's attributes, those that stand for the call's replaced by them.</summary>
    public IReadOnlyDictionary<string, AttributeProto> Attributes(NodeProto node)
    {
        var attributes = new Dictionary<string, AttributeProto>(StringComparer.Ordinal);
        foreach (var attribute in node.Attribute)
        {
            if (attribute.RefAttrName.Length == 0) attributes[attribute.Name] = attribute;
            else if (given.TryGetValue(attribute.RefAttrName, out var value)) attributes[attribute.Name] = value;
        }

        return attributes;
    }

    /// <summary>The scope of a function that is called from this one.</summary>
    public Scope Inside(NodeProto call, FunctionProto function, string name)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, input) in function.Input.Index()) names[input] = i < call.Input.Count ? Outside(call.Input[i]) : "";
        foreach (var (output, outer) in function.Output.Zip(call.Output)) if (outer.Length > 0) names[output] = Outside(outer);
        var attributes = new Dictionary<string, AttributeProto>(StringComparer.Ordinal);
        foreach (var value in function.AttributeProto) attributes[value.Name] = value;
        foreach (var (key, value) in Attributes(call)) attributes[key] = value;
        return new(name, names, attributes);
    }
}
