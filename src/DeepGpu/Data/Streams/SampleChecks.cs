namespace DeepGpu.Data;

/// <summary>Checks of what functions of a stream yield.</summary>
internal static class SampleChecks
{
    /// <summary>A sample without a null in it.</summary>
    /// <exception cref="TrainingDataException">It is null, or one of its arrays is.</exception>
    public static Sample Whole(Sample? sample)
    {
        if (sample is null) throw Null("null in its place");
        Check(sample.Inputs, "inputs");
        Check(sample.Targets, "targets");
        Check(sample.Weights, "weights");
        return sample;
    }

    /// <summary>A transform of batches that yields no batch.</summary>
    public static TrainingDataException NoBatch(int number) => Null($"null in place of batch {number + 1}");

    private static void Check(IReadOnlyList<NDArray>? arrays, string kind)
    {
        if (arrays is null || arrays.Any(array => array is null)) throw Null($"a sample whose {kind} are null");
    }

    private static TrainingDataException Null(string received) => new(new(
        "null_sample",
        "The functions of a stream must yield samples with arrays,",
        $"but one yields {received}.",
        "Return a sample each time; files that cannot be read are left out by the source's own option."));
}
