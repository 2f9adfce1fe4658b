using DeepGpu.Optimizers;

namespace DeepGpu;

/// <summary>How <c>Fit</c> runs. Keras: https://keras.io/api/models/model_training_apis/</summary>
public sealed record FitOptions
{
    private const string Owner = "Fit";

    /// <summary>Leaves room to count on.</summary>
    private const int MostPassedOver = 1_000_000_000;

    /// <summary>Passes over the data, at least 1. Default 1.</summary>
    public int Epochs { get; init => field = Require.AtLeast(value, 1, Owner, nameof(Epochs)); } = 1;

    /// <summary>Epochs taken as done already: their numbers are passed over. From 0 to <see cref="Epochs"/>, which leaves none to train.
    /// Default 0.</summary>
    public int InitialEpoch
    {
        get;
        init => field = value is >= 0 and <= MostPassedOver ? value : throw Require.OutOfRange(Owner, nameof(InitialEpoch),
            $"from 0 to {MostPassedOver}", value);
    }

    /// <summary>Samples a step, at least 1. Default 32.</summary>
    public int BatchSize { get; init => field = Require.AtLeast(value, 1, Owner, nameof(BatchSize)); } = 32;

    /// <summary>Steps an epoch, the epoch's first ones; null for all. Default null.</summary>
    public int? StepsPerEpoch { get; init => field = value is { } n ? Require.AtLeast(n, 1, Owner, nameof(StepsPerEpoch)) : null; }

    /// <summary>Whether each epoch has an order of its own. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Samples measured after each epoch, not learned from; null for none.</summary>
    public DataSource? Validation { get; init; }

    /// <summary>The share at the end of the data that is measured instead of learned from, in [0, 1). Default 0.</summary>
    public double ValidationSplit { get; init => field = Require.Fraction(value, Owner, nameof(ValidationSplit)); }

    /// <summary>Measures after every so many epochs, at least 1. Default 1.</summary>
    public int ValidationFrequency { get; init => field = Require.AtLeast(value, 1, Owner, nameof(ValidationFrequency)); } = 1;

    /// <summary>How much a sample of each class counts in the loss and in weighted metrics while training, times its own weight;
    /// classes not named count 1. Default null: all alike.</summary>
    /// <remarks>Finite in single precision; negative ones weigh as in Keras. For a model with one output. The class is a target's index, or
    /// the place of its largest number.</remarks>
    public IReadOnlyDictionary<int, double>? ClassWeights
    {
        get;
        init => field = value is null || Training.ClassWeights.AreUsable(value) ? value : throw Training.ClassWeights.Unusable(value);
    }

    /// <summary>What is called at the turns of training: none of them null, and none that another training has at the same time. The list
    /// is copied.</summary>
    public IReadOnlyList<Callback> Callbacks
    {
        get;
        init => field = value is not null && value.All(callback => callback is not null)
            ? [.. value]
            : throw Require.OutOfRange(Owner, nameof(Callbacks), "a list without nulls", value is null ? null : "a list with a null");
    } = [];

    /// <summary>Told a few times a second and at each epoch's end; null for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>What is written to the console. Default <see cref="Verbosity.Auto"/>: the progress, unless <see cref="Progress"/> is
    /// told.</summary>
    public Verbosity Verbosity { get; init; }

    /// <summary>What is done about a loss or gradient that is not finite. Default nothing, as in Keras.</summary>
    public NonFinitePolicy NonFinite { get; init; }

    /// <summary>Whether a step that does not fit into memory is tried again in parts of half the size. Default true.</summary>
    /// <remarks>No step counts twice: memory that runs out when the optimizer may have changed weights already ends training,
    /// as it does with stateful recurrent layers, which need whole batches.</remarks>
    public bool SplitsOnOutOfMemory { get; init; } = true;

    /// <summary>Whether activations are not kept for the backward pass but made again in it, segment by segment. Default false.</summary>
    /// <remarks>A step takes less memory and about a third more time; weights, statistics and logs are the same to the last bit, but for
    /// sums over gradients of outputs that lie permuted in memory (transposed convolutions, batch normalisation of another axis than the
    /// last), whose last bits may differ. Segments are cut where the least memory is needed (a transformer's block is one call); what later
    /// segments read is kept, and so are layers whose call changes what it reads: stateful recurrent ones, spectral normalisation, batch
    /// renormalisation, float8. Random layers draw the same numbers again. Not with
    /// <see cref="CompileOptions.CustomLoss"/>, which may ask for gradients itself. Chen et al., 2016,
    /// https://arxiv.org/abs/1604.06174; Keras calls it rematerialization:
    /// https://keras.io/api/utils/rematerialization/</remarks>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Who is told before each part of a step that takes memory.</summary>
    internal StepWatch Watch { get; init; } = StepWatch.None;
}

/// <summary>What is done about a step whose loss or gradient is not finite.</summary>
public enum NonFinitePolicy
{
    /// <summary>Nothing: it shows in the logs. Costs nothing.</summary>
    Ignore,

    /// <summary>The step is not applied, and training stops.</summary>
    Stop,

    /// <summary>The step is not applied, and a <see cref="NonFiniteException"/> names the batch and the first layer concerned.</summary>
    Throw,

    /// <summary>The step is not applied, and training continues with the next batch.</summary>
    SkipBatch,
}
