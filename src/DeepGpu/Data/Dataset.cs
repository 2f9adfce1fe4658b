namespace DeepGpu;

/// <summary>Samples in ordinary memory: inputs and targets with the same first axis.</summary>
public sealed class Dataset : DataSource
{
    private Dataset(NDArray inputs, NDArray targets) => (Inputs, Targets) = (inputs, targets);

    /// <summary>The inputs, the samples on the first axis.</summary>
    public NDArray Inputs { get; }

    /// <summary>The targets, the samples on the first axis.</summary>
    public NDArray Targets { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Inputs.Shape[0];

    /// <summary>A dataset of two arrays.</summary>
    /// <param name="inputs">The inputs, (samples, ...).</param>
    /// <param name="targets">The targets, (samples) or (samples, ...).</param>
    /// <exception cref="TrainingDataException">They hold different numbers of samples, or none.</exception>
    public static Dataset FromArrays(NDArray inputs, NDArray targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Rank == 0 || inputs.Shape[0] == 0) throw new TrainingDataException(new("empty_data", "A dataset needs at least one sample,", $"but the inputs are {inputs}.", "Check where the data comes from."));
        if (targets.Rank == 0 || targets.Shape[0] != inputs.Shape[0]) throw new TrainingDataException(new("sample_count", "Inputs and targets need the same number of samples,", $"but the inputs are {inputs} and the targets {targets}.", "Pass one target for each input."));
        return new(inputs, targets);
    }

    /// <summary>The first samples.</summary>
    /// <param name="count">How many, at least 1; all if there are fewer.</param>
    public Dataset Take(int count)
    {
        var taken = Math.Min(Require.AtLeast(count, 1, nameof(Dataset)), Count);
        return new(Inputs.Slice(0, taken), Targets.Slice(0, taken));
    }

    /// <summary>The same samples with class indices written as one-hot rows.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="TrainingDataException">A target is not a class index below that number.</exception>
    public Dataset OneHot(int classes)
    {
        Crossentropy.CheckClassIndices(Targets, Require.AtLeast(classes, 1, nameof(Dataset)), "one-hot encoding");
        var rows = new float[checked(Count * classes)];
        var indices = Targets.Type switch
        {
            DataType.UInt8 => Array.ConvertAll(Targets.ToArray<byte>(), b => (int)b),
            DataType.Int64 => Array.ConvertAll(Targets.ToArray<long>(), l => (int)l),
            DataType.Float32 => Array.ConvertAll(Targets.ToArray<float>(), f => (int)f),
            _ => Targets.ToArray<int>(),
        };
        for (var i = 0; i < indices.Length; i++) rows[i * classes + indices[i]] = 1;
        return new(Inputs, NDArray.From<float>(rows, Count, classes));
    }

    internal override string Fingerprint => $"{Inputs}; {Targets}";

    internal override void Check(DataRequirements requirements, string name)
    {
        DataChecks.Inputs([Inputs], requirements.Spec, name);
        DataChecks.Targets([Targets], requirements, name);
    }

    internal override BatchSource Open(TorchSharp.torch.Device device, long? shuffleSeed) => new ResidentData([Inputs], [Targets], weights: null, device, shuffleSeed);

    internal override (DataSource First, DataSource Second) Cut(double share)
    {
        var first = (int)(Count * share);
        if (first == 0 || first == Count) throw new TrainingDataException(new("split", "Both parts of a split need at least one sample,", $"but {Count} samples were to be split at {share}.", "Use more samples, or another share."));
        return (Take(first), new Dataset(Inputs.Slice(first, Count - first), Targets.Slice(first, Count - first)));
    }
}
