using DeepGpu.Data;
using DeepGpu.Lowering;
using DeepGpu.Numbers;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <summary>Samples in ordinary memory: arrays with the samples on the first axis. Immutable;
/// training keeps it on the device as a whole.</summary>
/// <remarks>Not for data larger than memory: see <see cref="DataStream"/>.</remarks>
public sealed class Dataset : DataSource
{
    private readonly DataNames? _names;

    private Dataset(IReadOnlyList<NDArray> inputs, IReadOnlyList<NDArray> targets, IReadOnlyList<NDArray> weights, DataNames? names = null)
        => (Inputs, Targets, Weights, _names) = (inputs, targets, weights, names);

    /// <summary>One array for each input of a model: (samples, ...).</summary>
    public IReadOnlyList<NDArray> Inputs { get; }

    /// <summary>One array for each output of a model: (samples) or (samples, ...); empty where there is nothing to learn.</summary>
    public IReadOnlyList<NDArray> Targets { get; }

    /// <summary>How much each sample counts in the loss: empty (all the same), one array (samples) for every target,
    /// or one for each target.</summary>
    public IReadOnlyList<NDArray> Weights { get; }

    /// <summary>The only input.</summary>
    /// <exception cref="TrainingDataException">There are several.</exception>
    public NDArray Input => Only(Inputs, "input", nameof(Inputs));

    /// <summary>The only target.</summary>
    /// <exception cref="TrainingDataException">There are several, or none.</exception>
    public NDArray Target => Only(Targets, "target", nameof(Targets));

    /// <summary>The number of samples, at least 1.</summary>
    public int Count => Inputs[0].Shape[0];

    /// <summary>A dataset of one input and one target.</summary>
    /// <param name="inputs">The inputs, (samples, ...).</param>
    /// <param name="targets">The targets, (samples) or (samples, ...).</param>
    /// <param name="weights">How much each sample counts in the loss, (samples); null for all the same.</param>
    /// <exception cref="TrainingDataException">They hold different numbers of samples, or none.</exception>
    public static Dataset FromArrays(NDArray inputs, NDArray targets, NDArray? weights = null)
        => FromArrays([inputs], [targets], weights is null ? [] : [weights]);

    /// <summary>A dataset of several inputs or targets.</summary>
    /// <param name="inputs">One array for each input of the model, at least one: (samples, ...).</param>
    /// <param name="targets">One array for each output, or none: (samples) or (samples, ...).</param>
    /// <param name="weights">Null or empty for equal weights, one array (samples) for every target, or one for each target.</param>
    /// <exception cref="TrainingDataException">They hold different numbers of samples, or none.</exception>
    public static Dataset FromArrays(IReadOnlyList<NDArray> inputs, IReadOnlyList<NDArray> targets, IReadOnlyList<NDArray>? weights = null)
    {
        DatasetChecks.Arrays(inputs, targets, weights ??= []);
        return new([.. inputs], [.. targets], [.. weights]);
    }

    /// <summary>A dataset of tensors, copied into ordinary memory. The tensors stay the caller's.</summary>
    /// <param name="inputs">The inputs, (samples, ...).</param>
    /// <param name="targets">The targets, (samples) or (samples, ...).</param>
    /// <exception cref="TrainingDataException">They hold different numbers of samples, or none.</exception>
    public static Dataset FromTensors(torch.Tensor inputs, torch.Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        return TorchBorder.Run(nameof(FromTensors), () => FromArrays(Tensors.ToArray(inputs), Tensors.ToArray(targets)));
    }

    /// <summary>A dataset of single samples, whose arrays are put together.</summary>
    /// <param name="samples">The samples, at least one; all of the same shapes.</param>
    /// <exception cref="TrainingDataException">There is none, or their shapes differ: the sample is named.</exception>
    public static Dataset FromSamples(IEnumerable<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var batch = Batch.Of([.. samples]);
        return FromArrays(batch.Inputs, batch.Targets, batch.Weights);
    }

    /// <summary>The same arrays with names: a model takes each by the name of its input or output, whatever the order.</summary>
    /// <param name="inputs">A name for each array of <see cref="Inputs"/>: that of an input of the model.</param>
    /// <param name="targets">A name for each array of <see cref="Targets"/>: that of the layer an output comes from.
    /// Weights go with them.</param>
    /// <exception cref="DeepGpuArgumentException">There are not as many names as arrays, or two are the same.</exception>
    public Dataset WithNames(IReadOnlyList<string> inputs, IReadOnlyList<string> targets)
    {
        var names = new DataNames(inputs, targets);
        names.CheckCounts(Inputs.Count, Targets.Count);
        return new(Inputs, Targets, Weights, names);
    }

    /// <summary>One sample by its position.</summary>
    /// <param name="index">From 0.</param>
    public Sample Sample(int index) => new(Rows(Inputs, index), Rows(Targets, index), Rows(Weights, index));

    /// <summary>The first samples.</summary>
    /// <param name="count">How many, at least 1; all if there are fewer.</param>
    public Dataset Take(int count) => Part(0, Math.Min(Require.AtLeast(count, 1, nameof(Dataset)), Count));

    /// <summary>All but the first samples.</summary>
    /// <param name="count">How many are left out, from 0 to the number of samples less one.</param>
    public Dataset Skip(int count)
        => count >= 0 && count < Count
            ? Part(count, Count - count)
            : throw Require.OutOfRange(nameof(Dataset), nameof(count), $"from 0 to {Count - 1}", count);

    /// <summary>The samples at some positions, in that order.</summary>
    /// <param name="indices">Positions from 0, at least one.</param>
    public Dataset Select(IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Count == 0) throw DatasetChecks.Empty("no position was given");
        foreach (var index in indices)
            if (index < 0 || index >= Count) throw Require.OutOfRange(nameof(Dataset), nameof(indices), $"from 0 to {Count - 1}", index);
        return Map(array => ArrayRows.Gather(array, indices));
    }

    /// <summary>The same samples in another order.</summary>
    /// <param name="seed">The same seed gives the same order on every platform.</param>
    public Dataset Shuffle(long seed) => Select(new StableRandom(seed).Permutation(Count));

    /// <summary>Two datasets, as Keras's <c>split_dataset</c>.</summary>
    /// <param name="fraction">The share of the first, above 0 and below 1; rounded to whole samples.</param>
    /// <param name="seed">Shuffles before the cut; null keeps the order.</param>
    /// <exception cref="TrainingDataException">One of them would be empty.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, long? seed = null)
    {
        var first = DatasetChecks.SplitAt(Count, fraction);
        var source = seed is { } known ? Shuffle(known) : this;
        return (source.Take(first), source.Skip(first));
    }

    /// <summary>The same samples with class numbers written as one-hot rows, as Keras's <c>to_categorical</c>.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="TrainingDataException">A target is not a class number below that, or there are several targets.</exception>
    public Dataset OneHot(int classes)
        => new(Inputs, [Categories.OneHot(Target, Require.AtLeast(classes, 1, nameof(Dataset)))], Weights, _names);

    /// <summary>A dataset whose samples are changed one by one, now.</summary>
    /// <param name="change">Makes a new sample; every result has the same shapes.</param>
    public Dataset Map(Func<Sample, Sample> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return FromSamples(Enumerable.Range(0, Count).Select(i => change(Sample(i))));
    }

    /// <summary>The same samples as a stream: for augmentation, batch transforms, or together with other streams.</summary>
    public DataStream ToStream()
        => _names is null ? DataStream.FromDataset(this) : DataStream.FromDataset(this).WithNames(_names.Inputs, _names.Targets);

    /// <summary>The number of samples and the arrays, e.g. "60000 samples: Float32 (60000, 28, 28, 1) -> UInt8 (60000)".</summary>
    public override string ToString() => $"{Count} samples: {Texts(Inputs)} -> {Texts(Targets)}";

    internal override string Fingerprint => string.Join("; ", Inputs.Concat(Targets).Concat(Weights));

    internal override void Check(DataRequirements requirements, string name)
    {
        var batch = Ordered(requirements);
        DataChecks.Inputs(batch.Inputs, requirements.Spec, name);
        DataChecks.Targets(batch.Targets, requirements, name);
        DataChecks.Weights(batch.Weights, name);
    }

    internal override BatchSource Open(DataRequirements requirements, torch.Device device, long? shuffleSeed)
    {
        var batch = Ordered(requirements);
        MemoryDemand.Data("The data", batch.Inputs.Concat(batch.Targets).Concat(batch.Weights), device);
        return new ResidentData(batch.Inputs, batch.Targets, batch.Weights, device, shuffleSeed);
    }

    internal override (DataSource First, DataSource Second) Cut(double share)
    {
        var first = DatasetChecks.CutAt(Count, share);
        return (Take(first), Skip(first));
    }

    private Batch Ordered(DataRequirements requirements) => DataNames.Order(_names, new(Inputs, Targets, Weights), requirements.Spec);

    private static string Texts(IEnumerable<NDArray> arrays) => string.Join(", ", arrays.Select(array => array.TypeAndShape));

    private static NDArray[] Rows(IReadOnlyList<NDArray> arrays, int index) => [.. arrays.Select(array => ArrayRows.Row(array, index))];

    private static NDArray Only(IReadOnlyList<NDArray> arrays, string kind, string all)
        => arrays.Count == 1 ? arrays[0] : throw new TrainingDataException(new(
            "not_single",
            $"Dataset.{char.ToUpperInvariant(kind[0])}{kind[1..]} needs a dataset of exactly one {kind},",
            $"but this one has {arrays.Count}.",
            $"Use Dataset.{all}."));

    private Dataset Part(int start, int count) => Map(array => array.Slice(start, count));

    private Dataset Map(Func<NDArray, NDArray> change)
        => new([.. Inputs.Select(change)], [.. Targets.Select(change)], [.. Weights.Select(change)], _names);
}
