using DeepGpu.Onnx.Schema;

namespace DeepGpu.Models.Onnx;

/// <summary>Names of nodes that can be names of layers: unique, printable, no paths.</summary>
internal sealed class GraphNames
{
    private const int Longest = 200;

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>A node's name, "/" as "."; the operator and a number where it has none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="prefix">The call of the function it is in; "" for none.</param>
    public string Of(NodeProto node, string prefix)
        => Unique(Plain(node.Name.Length > 0 ? node.Name : node.OpType.ToLowerInvariant(), prefix));

    /// <summary>The name itself, or with a number after it where it is taken.</summary>
    public string Unique(string name)
    {
        if (_used.Add(name)) return name;
        string numbered;
        do
        {
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            numbered = $"{name}_{_counts[name]}";
        }
        while (!_used.Add(numbered));
        return numbered;
    }

    /// <summary>A name without what a layer's name may not hold.</summary>
    public static string Plain(string name, string prefix = "")
    {
        var dotted = name.Trim('/').Replace('/', '.').Replace('\\', '.');
        var whole = PrintableText.Of(prefix.Length == 0 ? dotted : $"{prefix}.{dotted}").Replace('\\', '.');
        var cut = whole.Length <= Longest ? whole : whole[^Longest..].TrimStart('.');
        return cut.Trim('.') is { Length: > 0 } && PrintableText.Is(cut) ? cut : "node";
    }
}
