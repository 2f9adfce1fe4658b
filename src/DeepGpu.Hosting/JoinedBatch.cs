namespace DeepGpu.Hosting;

/// <summary>Arrays of several requests as one array, and the answers apart again.</summary>
internal static class JoinedBatch
{
    public static IReadOnlyList<NDArray> Join(IReadOnlyList<NDArray[]> requests) => requests.Count == 1 ? requests[0]
        : [.. requests[0].Select((_, input) => Join([.. requests.Select(arrays => arrays[input])]))];

    /// <summary>Each request's rows, copied, so that none keeps the others' in memory; null where the first axis is not the
    /// samples.</summary>
    public static IReadOnlyList<IReadOnlyList<NDArray>>? Split(IReadOnlyList<NDArray> outputs, IReadOnlyList<int> samples)
    {
        if (samples.Count == 1) return [outputs];
        var total = samples.Sum();
        if (outputs.Any(output => output.Rank == 0 || output.Shape[0] != total)) return null;
        var parts = new IReadOnlyList<NDArray>[samples.Count];
        for (var (i, start) = (0, 0); i < parts.Length; start += samples[i++]) parts[i] = Rows(outputs, start, samples[i]);
        return parts;
    }

    private static NDArray[] Rows(IReadOnlyList<NDArray> outputs, int start, int count) => [.. outputs.Select(output =>
    {
        var rows = output.Slice(start, count);
        return new NDArray(rows.Type, [.. rows.Shape], rows.Bytes.ToArray());
    })];

    private static NDArray Join(NDArray[] parts)
    {
        var bytes = new byte[parts.Sum(part => part.Bytes.Length)];
        var start = 0;
        foreach (var part in parts)
        {
            part.Bytes.Span.CopyTo(bytes.AsSpan(start));
            start += part.Bytes.Length;
        }

        return new(parts[0].Type, [parts.Sum(part => part.Shape[0]), .. parts[0].Shape.Skip(1)], bytes);
    }
}
