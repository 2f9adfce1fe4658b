namespace DeepGpu.Formats;

/// <summary>How many times over the tensors of a file may lie over the same bytes.</summary>
internal static class SharedBytes
{
    /// <summary>What tensors that share bytes may be together, whatever the file's length, and how many times longer than it.</summary>
    private const long FreeTotal = 64 << 20;

    private const long MaxShares = 16;

    /// <summary>Refuses a small file of many tensors over the same bytes. Tied weights share; they do not share sixteenfold.</summary>
    /// <param name="tensors">The tensors that may share bytes.</param>
    /// <param name="fileLength">The file's bytes.</param>
    /// <param name="refusals">Makes the refusal.</param>
    public static void Check(IEnumerable<TensorEntry> tensors, long fileLength, Refusals refusals)
    {
        var total = tensors.Aggregate((Int128)0, (sum, tensor) => sum + tensor.ByteLength);
        if (total > FreeTotal + (Int128)MaxShares * fileLength)
            throw refusals.Because("expansion_bomb", "Tensors may share bytes now and then,",
                $"but {fileLength} bytes are shared out as {total}.");
    }
}
