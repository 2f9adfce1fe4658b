using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>How weights are changed from their gradients, as plain data. Keras: https://keras.io/api/optimizers/</summary>
/// <remarks>A step divides the gradients by the loss scale, accumulates and clips them, takes the weight decay off the weights,
/// then applies the rule of the optimizer. Frozen weights are left alone and have no state.</remarks>
public abstract partial record Optimizer
{
    private readonly ValueList<string> _excluded = new([]);
    private readonly ValueList<LayerRate> _layerRates = new([]);

    /// <summary>The step size: a number above 0, or a schedule over the steps.</summary>
    /// <exception cref="DeepGpuArgumentException">The number is not finite and above 0.</exception>
    [OptionOrder(-1)]
    public virtual LearningRateSchedule LearningRate
    {
        get;
        init => field = (value ?? throw new ArgumentNullException(nameof(value))).CheckedFor(GetType().Name, nameof(LearningRate));
    }

    = new ConstantRate(0.001);

    /// <summary>Takes weightDecay * rate * weight off each weight before a step, apart from the gradient;
    /// null for none. Default null.</summary>
    public double? WeightDecay { get; init => field = value is { } v ? Require.AtLeast(v, 0, GetType().Name, nameof(WeightDecay)) : null; }

    /// <summary>Which weights the decay leaves alone: those in whose name, "layer/weight", one of these texts appears, e.g.
    /// "bias". Default none.</summary>
    [JsonIgnore]
    public ImmutableArray<string> ExcludeFromWeightDecay { get => _excluded.Elements!.Value; init => _excluded = new(Texts(value)); }

    /// <summary>The largest Euclidean norm of each weight's gradient; a longer one is shortened. Null for no limit. Default null.</summary>
    [JsonPropertyName("clipnorm")]
    public double? ClipNorm { get; init => field = Clip(value, nameof(ClipNorm), ClipValue ?? GlobalClipNorm); }

    /// <summary>The largest Euclidean norm of all gradients together; longer ones are shortened alike.
    /// Null for no limit. Default null.</summary>
    [JsonPropertyName("global_clipnorm")]
    public double? GlobalClipNorm { get; init => field = Clip(value, nameof(GlobalClipNorm), ClipNorm ?? ClipValue); }

    /// <summary>The largest absolute value of each element of a gradient. Null for no limit. Default null.</summary>
    [JsonPropertyName("clipvalue")]
    public double? ClipValue { get; init => field = Clip(value, nameof(ClipValue), ClipNorm ?? GlobalClipNorm); }

    /// <summary>Whether a moving average of the weights is kept. Default false.</summary>
    /// <remarks>The averages become the weights when training ends, and may stand in for them while measuring.</remarks>
    public bool UseEma { get; init; }

    /// <summary>The share of the old average that a step keeps, from 0 to 1. Default 0.99.</summary>
    public double EmaMomentum { get; init => field = Require.InRange(value, 0, 1, GetType().Name, nameof(EmaMomentum)); } = 0.99;

    /// <summary>After how many steps the averages overwrite the weights, at least 1;
    /// null for never during training. Default null.</summary>
    public int? EmaOverwriteFrequency
    {
        get;
        init => field = value is { } v ? Require.AtLeast(v, 1, GetType().Name, nameof(EmaOverwriteFrequency)) : null;
    }

    /// <summary>A fixed factor of the loss, taken out of the gradients again, that keeps small gradients in a short number format;
    /// null for none. Default null.</summary>
    /// <remarks><see cref="LossScaleOptimizer"/> finds a factor by itself.</remarks>
    public double? LossScaleFactor
    {
        get;
        init => field = value is { } v ? Require.Positive(v, GetType().Name, nameof(LossScaleFactor)) : null;
    }

    /// <summary>Over how many steps gradients are averaged before the weights change, at least 2;
    /// null for a change each step. Default null.</summary>
    /// <remarks>A schedule counts every step, the optimizer's own count only the changes, as in Keras.</remarks>
    public int? GradientAccumulationSteps
    {
        get;
        init => field = value is { } v ? Require.AtLeast(v, 2, GetType().Name, nameof(GradientAccumulationSteps)) : null;
    }

    /// <summary>Factors of the learning rate for the weights of single layers, e.g.
    /// small ones for what was trained before. Default none.</summary>
    /// <remarks>The longest name that fits a weight wins. Not in Keras.</remarks>
    [JsonIgnore]
    public ImmutableArray<LayerRate> LayerRates { get => _layerRates.Elements!.Value; init => _layerRates = new(Distinct(value)); }

    /// <summary>Bytes the optimizer keeps for each trainable weight held in single precision,
    /// averages and accumulated gradients included.</summary>
    [JsonIgnore]
    public virtual int StateBytesPerParameter => 4 * (SlotCount + (UseEma ? 1 : 0) + (GradientAccumulationSteps is null ? 0 : 1));

    /// <summary>Floating-point operations of a step for each trainable weight: 2 of plain descent, 4 with one slot,
    /// 12 of Adam and its like.</summary>
    internal int FlopsPerParameter => StateBytesPerParameter switch { 0 => 2, 4 => 4, _ => 12 };

    /// <summary>Bytes kept for each trainable weight of a model, on average and rounded up.</summary>
    internal virtual int StateBytesIn(ModelSpec model) => StateBytesPerParameter;

    /// <summary>Floating-point operations of a step for each trainable weight of a model, on average.</summary>
    internal virtual int FlopsIn(ModelSpec model) => FlopsPerParameter;

    /// <summary>How many tensors of a weight's size the rule itself keeps for it: forecasts of memory count them.</summary>
    protected abstract int SlotCount { get; }

    /// <summary>The same, for the engine.</summary>
    internal int Slots => SlotCount;

    /// <summary>This optimizer behind a loss scale that adapts, as half precision (float16) needs it; itself if it has one.</summary>
    public LossScaleOptimizer WithLossScaling() => this as LossScaleOptimizer ?? new(this);

    private double? Clip(double? value, string name, double? other) => (value, other) switch
    {
        (null, _) => null,
        ({ } limit, null) => Require.Positive(limit, GetType().Name, name),
        _ => throw new DeepGpuArgumentException(
            new("clip_options", $"{GetType().Name}: only one of clipNorm, globalClipNorm and clipValue may be set,", "but a second one is.",
                "Set one, and leave the others null."),
            char.ToLowerInvariant(name[0]) + name[1..]),
    };

    private ImmutableArray<string> Texts(ImmutableArray<string> texts)
        => texts.IsDefault || !texts.Any(string.IsNullOrEmpty)
            ? texts
            : throw Require.OutOfRange(GetType().Name, nameof(ExcludeFromWeightDecay), "texts of at least one character", "empty");

    private ImmutableArray<LayerRate> Distinct(ImmutableArray<LayerRate> rates)
    {
        if (rates.IsDefault) return [];
        var twice = rates.GroupBy(rate => rate.Layer, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? rates
            : throw Require.OutOfRange(GetType().Name, nameof(LayerRates), "one factor a layer", $"two for '{twice}'");
    }
}
