namespace DeepGpu.Export;

/// <summary>What all parts of one file share: names that are used, and numbers that are kept once.</summary>
internal sealed class GraphNames(int opset)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);

    /// <summary>The version of the operators.</summary>
    public int Opset { get; } = opset;

    /// <summary>The layer whose nodes are written now.</summary>
    public string Path { get; set; } = "";

    /// <summary>Numbers by name, in the order they came.</summary>
    public Dictionary<string, GraphValue> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>The name of numbers that belong to no layer: the same for the same numbers.</summary>
    public string NameOf(NDArray numbers)
    {
        var key = $"{numbers.Type} {string.Join('x', numbers.Shape)} {Convert.ToHexString(numbers.Bytes.Span)}";
        if (_numbers.TryGetValue(key, out var name)) return name;
        return _numbers[key] = $"constant_{_numbers.Count}";
    }

    /// <summary>A name that nothing has yet: the wanted one, or with a number after it.</summary>
    public string Unique(string wanted)
    {
        if (_used.Add(wanted)) return wanted;
        while (true)
        {
            var count = _counts[wanted] = _counts.GetValueOrDefault(wanted) + 1;
            if (_used.Add($"{wanted}_{count}")) return $"{wanted}_{count}";
        }
    }
}
