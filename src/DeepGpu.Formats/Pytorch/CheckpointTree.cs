namespace DeepGpu.Formats.Pytorch;

/// <summary>Turns the value of a pickle into a tree of names, whose size and depth are known to be bounded before it is made.</summary>
internal sealed class CheckpointTree
{
    private const int MaxDepth = 64;
    private const long MaxNodes = 500_000;

    /// <summary>How many nodes hang on a container that was counted; null while it is being counted, so that a circle is seen.</summary>
    private readonly Dictionary<object, long?> _counts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Every tensor by its path, in the order of the file.</summary>
    public List<(TensorEntry Entry, PickledTensor Tensor)> Tensors { get; } = [];

    public CheckpointGroup Build(object? root)
    {
        if (Count(root, 0) > MaxNodes)
            throw Refuse("expansion_bomb", $"A checkpoint may hold {MaxNodes} values,", "but holds more, or the same ones over and over.");
        return root switch
        {
            StoragePart or PickledTensor => new([KeyValuePair.Create("tensor", Node("tensor", root))]),
            _ when IsContainer(root) => (CheckpointGroup)Node("", root),
            _ => throw Refuse("not_state_dict", "A PyTorch file must hold tensors by name,", "but holds a single plain value."),
        };
    }

    private static bool IsContainer(object? value) => value is PickleDictionary or PickleList or PickleTuple;

    private long Count(object? value, int depth)
    {
        if (value is null || !IsContainer(value)) return 1;
        if (depth > MaxDepth) throw Refuse("too_deep", $"Values may nest {MaxDepth} levels,", "but nest deeper.");
        if (_counts.TryGetValue(value, out var known))
            return known ?? throw Refuse("pickle_malformed", "A container may not hold itself,", "but one does.");
        _counts[value] = null;
        var total = 1L;
        foreach (var (_, item) in Items(value)) total = Math.Min(MaxNodes + 1, total + Count(item, depth + 1));
        _counts[value] = total;
        return total;
    }

    private CheckpointNode Node(string path, object? value) => value switch
    {
        PickledTensor tensor => Tensor(path, tensor),
        StoragePart { Storage.Element.Type: { } type } part => Tensor(path, new(part, type, 0, [part.Count], [1])),
        StoragePart => throw Refuse("unsupported_dtype",
            "A storage outside a tensor must have a type this library computes with,", "but one has not.", path),
        StorageClass or ElementType or PickleFunction => new CheckpointValue(value is ElementType type ? type.Name : null),
        _ when value is not null && IsContainer(value) => new CheckpointGroup([.. Items(value)
            .Select(item => KeyValuePair.Create(item.Name, Node(path.Length == 0 ? item.Name : $"{path}.{item.Name}", item.Value)))])
        {
            IsList = value is not PickleDictionary
        },
        _ => new CheckpointValue(value),
    };

    private CheckpointTensor Tensor(string path, PickledTensor tensor)
    {
        if (!_names.Add(path)) throw Refuse("duplicate_name", "A tensor's path may appear once,", "but two tensors have it.", path);
        var entry = new TensorEntry(path, tensor.Type, [.. tensor.Shape]);
        Tensors.Add((entry, tensor));
        return new(entry);
    }

    private static IEnumerable<(string Name, object? Value)> Items(object container) => container switch
    {
        PickleDictionary dictionary => dictionary.Items.Select(item => (Name(item.Key), item.Value)),
        PickleList list => list.Items.Select((item, i) => ($"{i}", item)),
        _ => ((PickleTuple)container).Items.Select((item, i) => ($"{i}", item)),
    };

    private static string Name(object? key) => key switch
    {
        string text => text,
        null => "None",
        PickleTuple tuple => $"({string.Join(", ", tuple.Items.Select(item => item is string or long ? $"{item}" : "..."))})",
        _ => FormattableString.Invariant($"{key}"),
    };

    private static ModelFormatException Refuse(string code, string rule, string received, string? entry = null)
        => PthFile.Refusals.Because(code, rule, received, entry);
}
