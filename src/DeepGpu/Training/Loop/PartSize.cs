using DeepGpu.Data;

namespace DeepGpu.Training;

/// <summary>How many samples fit into memory at a time, as far as is known; half as many after each failed attempt.</summary>
internal sealed class PartSize
{
    /// <summary>The most samples of a part.</summary>
    public int Samples { get; set; } = int.MaxValue;

    /// <summary>Where the parts of a batch begin, and how many samples each has.</summary>
    public IEnumerable<(int Start, int Count)> Of(int size)
    {
        for (long start = 0; start < size; start += Samples) yield return ((int)start, (int)Math.Min(Samples, size - start));
    }

    /// <summary>A batch, or its parts as views.</summary>
    public IEnumerable<TensorBatch> Of(TensorBatch batch)
        => batch.Size <= Samples ? [batch] : Of(batch.Size).Select(part => batch.Narrow(part.Start, part.Count));

    /// <summary>Halves the parts after an attempt that did not fit.</summary>
    /// <param name="size">The samples of the batch.</param>
    /// <param name="cause">What the attempt ended with.</param>
    /// <returns>How many samples were tried.</returns>
    /// <exception cref="OutOfGpuMemoryException">One sample was tried.</exception>
    public int Halve(int size, Exception cause)
    {
        var tried = Math.Min(size, Samples);
        Samples = tried > 1 ? tried / 2 + tried % 2 : throw OutOfMemory.AtOneSample(cause);
        return tried;
    }
}
