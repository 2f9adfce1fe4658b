using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>A recipe of samples, read again for every epoch: files decoded, windows cut,
/// samples changed while the model trains on others. Immutable.</summary>
/// <remarks>
/// Order and random numbers follow from (seed, epoch) alone: one worker or eight, a first run or one resumed in
/// the middle, they are the same.
/// Steps that are written before <see cref="Cache"/> run once, steps after it every epoch. Nothing runs until batches are asked for.
/// For data that fits into memory a <see cref="Dataset"/> is faster: it lives on the device.
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix",
    Justification = "A stream of samples is what it is called in this field.")]
public sealed partial class DataStream : DataSource
{
    private readonly Recipe<Sample> _recipe;
    private readonly ImmutableList<Func<Batch, Random, Batch>> _transforms;
    private readonly int _workers;
    private readonly int _ahead;
    private readonly DataNames? _names;

    internal DataStream(Recipe<Sample> recipe)
        : this(recipe, [], workers: 1, ahead: 0, seed: null, names: null)
    {
    }

    private DataStream(Recipe<Sample> recipe, ImmutableList<Func<Batch, Random, Batch>> transforms, int workers,
        int ahead, long? seed, DataNames? names)
        => (_recipe, _transforms, _workers, _ahead, Seed, _names) = (recipe, transforms, workers, ahead, seed, names);

    /// <summary>The number of samples of an epoch; null where only reading tells: a generator, or files that may be skipped.</summary>
    public long? Count => _recipe.MayLeaveOut ? null : _recipe.Count;

    /// <summary>Decides order and random numbers of steps that were given no seed;
    /// null (the default) for the model's while it trains, else 0.</summary>
    public long? Seed { get; }

    /// <summary>Whether samples are made on background threads.</summary>
    public bool IsPrefetched => _ahead > 0 || _workers > 1;

    /// <summary>Changes every sample.</summary>
    /// <param name="change">Makes a new sample. Workers call it at the same time, so it must not change what they share.</param>
    public DataStream Map(Func<Sample, Sample> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Map((sample, _) => change(sample));
    }

    /// <summary>Changes every sample at random.</summary>
    /// <param name="change">Makes a new sample. The random numbers are the sample's own: seed,
    /// epoch and its number in the source decide them.</param>
    public DataStream Map(Func<Sample, Random, Sample> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return With(new MapRecipe<Sample, Sample>(_recipe, (sample, random) => SampleChecks.Whole(change(sample, random))));
    }

    /// <summary>Changes every batch at random, after every step that changes samples: <see cref="MixUp"/> and
    /// <see cref="CutMix"/>.</summary>
    /// <param name="change">Makes a new batch. The random numbers are the batch's own: seed, epoch and its number decide them.</param>
    public DataStream MapBatches(Func<Batch, Random, Batch> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(_recipe, _transforms.Add(change), _workers, _ahead, Seed, _names);
    }

    /// <summary>Applies layers to the first input of every batch as if they were in training: augmentation apart from the model,
    /// on the background thread of <see cref="Prefetch"/>.</summary>
    /// <param name="layers">Layers without weights, e.g. <c>new RandomFlip(), new RandomRotation(0.1)</c>.
    /// The stream's seed decides their random numbers.</param>
    public DataStream Apply(params IReadOnlyList<Layer> layers) => Apply(Extensions.None, layers);

    /// <summary>Applies layers as above, some of which are classes of your own.</summary>
    /// <param name="extensions">The classes of your own, with how they run.</param>
    /// <param name="layers">Layers without weights. The stream's seed decides their random numbers.</param>
    public DataStream Apply(Extensions extensions, params IReadOnlyList<Layer> layers)
        => MapBatches(new BatchLayers(layers, extensions).Apply);

    /// <summary>Another order every epoch: one of <paramref name="bufferSize"/> waiting samples follows at random.
    /// Waiting samples are not decoded yet.</summary>
    /// <param name="bufferSize">How many wait, at least 1. As many as there are samples makes every order equally likely.</param>
    /// <param name="seed">Decides the order; null (the default) for the stream's seed.</param>
    public DataStream Shuffle(int bufferSize, long? seed = null)
        => With(new ShuffleRecipe<Sample>(_recipe, Require.AtLeast(bufferSize, 1, nameof(DataStream)), seed));

    /// <summary>Keeps the samples in memory once they were made. The steps before run once, as in the first epoch.</summary>
    public DataStream Cache() => With(new CacheRecipe<Sample>(_recipe));

    /// <summary>The first samples.</summary>
    /// <param name="count">How many, at least 1; all if there are fewer.</param>
    public DataStream Take(int count) => With(new PartRecipe<Sample>(_recipe, 0, Require.AtLeast(count, 1, nameof(DataStream))));

    /// <summary>All but the first samples.</summary>
    /// <param name="count">How many are left out, at least 0.</param>
    public DataStream Skip(int count)
        => With(new PartRecipe<Sample>(_recipe, Require.AtLeast(count, 0, nameof(DataStream)), long.MaxValue));

    /// <summary>These samples, then those of another stream.</summary>
    /// <param name="next">What follows; its own prefetching and batch transforms are not taken over.</param>
    public DataStream Concat(DataStream next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return With(new JoinRecipe<Sample>(_recipe, next._recipe));
    }

    /// <summary>Makes batches on a background thread while earlier ones are used.</summary>
    /// <param name="batches">How many wait at most, at least 1. Default 2.</param>
    /// <param name="workers">How many samples are made at a time, at least 1. Default 1.</param>
    public DataStream Prefetch(int batches = 2, int workers = 1)
        => new(_recipe, _transforms, Require.AtLeast(workers, 1, nameof(DataStream)),
            Require.AtLeast(batches, 1, nameof(DataStream)), Seed, _names);

    /// <summary>The same stream with another seed for steps that were given none.</summary>
    /// <param name="seed">The seed.</param>
    public DataStream WithSeed(long seed) => new(_recipe, _transforms, _workers, _ahead, seed, _names);

    /// <summary>The same stream with names for its arrays: a model takes each by the name of its input or output,
    /// whatever the order.</summary>
    /// <param name="inputs">A name for each input of a sample: that of an input of the model.</param>
    /// <param name="targets">A name for each target: that of the layer an output comes from. Weights go with them.</param>
    public DataStream WithNames(IReadOnlyList<string> inputs, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        return new(_recipe, _transforms, _workers, _ahead, Seed, new(inputs, targets));
    }

    private DataStream With(Recipe<Sample> recipe) => new(recipe, _transforms, _workers, _ahead, Seed, _names);
}
