using System.Text;

namespace DeepGpu.Formats.Hdf5;

/// <summary>A group to be written: what is put in here ends in a file that h5py and Keras read.</summary>
internal sealed class H5Builder
{
    /// <summary>What Keras puts into one attribute at most; longer lists are split over "name0", "name1", ...</summary>
    private const int MaxAttribute = 64512;

    /// <summary>Bytes NumPy takes for a character of a text array: Keras splits by that size.</summary>
    private const int NumpyCharacter = 4;

    /// <summary>The groups inside, by name.</summary>
    public SortedDictionary<string, H5Builder> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>The datasets inside, by name.</summary>
    public SortedDictionary<string, NDArray> Datasets { get; } = new(StringComparer.Ordinal);

    /// <summary>The attributes, in order.</summary>
    public List<(string Name, IReadOnlyList<string> Texts, bool IsScalar)> Attributes { get; } = [];

    /// <summary>The group of a path below this one, made where it is missing.</summary>
    public H5Builder Group(string path) => path.Split('/').Aggregate(this, (group, name) => group.Child(name));

    /// <summary>Sets an attribute to one text.</summary>
    public void Set(string name, string? text)
    {
        if (text is not null) Attributes.Add((name, [text], true));
    }

    /// <summary>Sets an attribute to a list of texts, split the way Keras splits it.</summary>
    public void Set(string name, IReadOnlyList<string> texts)
    {
        var size = NumpyCharacter * texts.Select(text => text.Length).DefaultIfEmpty(0).Max();
        if (size > MaxAttribute)
            throw Require.OutOfRange(nameof(H5Builder), nameof(texts),
                $"texts of at most {MaxAttribute / NumpyCharacter} characters", size / NumpyCharacter);
        var parts = 1;
        while ((texts.Count + parts - 1) / parts * (long)size > MaxAttribute) parts++;
        if (parts == 1) Attributes.Add((name, texts, false));
        else Split(name, texts, parts);
    }

    /// <summary>Adds a dataset at a path below this group.</summary>
    public void Add(string path, NDArray values)
    {
        var slash = path.LastIndexOf('/');
        var group = slash < 0 ? this : Group(path[..slash]);
        var name = path[(slash + 1)..];
        CheckName(name);
        if (group.Groups.ContainsKey(name) || !group.Datasets.TryAdd(name, values))
            throw Require.OutOfRange(nameof(H5Builder), nameof(path), "a path that is not taken", path);
    }

    private H5Builder Child(string name)
    {
        CheckName(name);
        if (Datasets.ContainsKey(name)) throw Require.OutOfRange(nameof(H5Builder), nameof(name), "a name that is no dataset's", name);
        return Groups.TryGetValue(name, out var group) ? group : Groups[name] = new();
    }

    /// <summary>As NumPy's array_split: the first parts are one longer where the count does not divide.</summary>
    private void Split(string name, IReadOnlyList<string> texts, int parts)
    {
        var start = 0;
        for (var part = 0; part < parts; part++)
        {
            var count = texts.Count / parts + (part < texts.Count % parts ? 1 : 0);
            Attributes.Add(($"{name}{part}", [.. texts.Skip(start).Take(count)], false));
            start += count;
        }
    }

    private static void CheckName(string name)
    {
        if (name is "" or "." or ".." || !PrintableText.Is(name) || Encoding.UTF8.GetByteCount(name) > 1024)
            throw Require.OutOfRange(nameof(H5Builder), nameof(name), "a part of a path, free of control and formatting characters", name);
    }
}
