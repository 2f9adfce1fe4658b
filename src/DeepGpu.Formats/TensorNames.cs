namespace DeepGpu.Formats;

/// <summary>Names of arrays that are to be written.</summary>
internal static class TensorNames
{
    /// <summary>Makes sure that no name appears twice, before a byte is written.</summary>
    public static void CheckUnique(IReadOnlyList<KeyValuePair<string, NDArray>> tensors, string writer)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var twice = tensors.GroupBy(tensor => tensor.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Require.OutOfRange(writer, nameof(tensors), "arrays of different names", $"two of '{twice.Key}'");
    }
}
