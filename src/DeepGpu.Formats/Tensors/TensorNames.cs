namespace DeepGpu.Formats;

/// <summary>Names of arrays that are to be written.</summary>
internal static class TensorNames
{
    /// <summary>Makes sure that no name appears twice and that every name can be shown, before a byte is written.</summary>
    public static void Check(IReadOnlyList<KeyValuePair<string, NDArray>> tensors, string writer)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        foreach (var (name, _) in tensors) CheckPrintable(name, writer);
        var twice = tensors.GroupBy(tensor => tensor.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Require.OutOfRange(writer, nameof(tensors), "arrays of different names", $"two of '{twice.Key}'");
    }

    /// <summary>Makes sure that a name has no control or formatting character.</summary>
    public static void CheckPrintable(string name, string writer)
    {
        if (!PrintableText.Is(name))
            throw Require.OutOfRange(writer, nameof(name), "free of control and formatting characters", $"'{StrictJson.Printable(name)}'");
    }
}
