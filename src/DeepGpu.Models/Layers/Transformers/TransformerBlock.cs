using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>What the blocks of a transformer have in common: attention, then two dense layers on each step by itself; what goes into
/// each part is added to what comes out of it. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762.</summary>
public abstract record TransformerBlock : Layer, IAdaptableParts
{
    private readonly ValueList<LoraAdapter> _adapters;

    /// <summary>The names of the parts, Keras's attributes.</summary>
    internal const string SelfAttention = "_self_attention_layer", SelfNorm = "_self_attention_layer_norm",
        CrossAttention = "_cross_attention_layer", CrossNorm = "_cross_attention_layer_norm",
        Intermediate = "_feedforward_intermediate_dense", Output = "_feedforward_output_dense", FeedforwardNorm = "_feedforward_layer_norm";

    private protected TransformerBlock(int intermediateDim, int numHeads) => (IntermediateDim, NumHeads) = (intermediateDim, numHeads);

    /// <summary>The length of the vectors between the two dense layers, at least 1.</summary>
    public int IntermediateDim { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(IntermediateDim)); }

    /// <summary>Heads of the attention, at least 1 and at most the length of the input's vectors: each has that length over this number,
    /// rounded down.</summary>
    public int NumHeads { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(NumHeads)); }

    /// <summary>The share of attention scores, and of each part's output, that is set to 0 while training, in [0, 1). Default 0.</summary>
    public double Dropout { get; init => field = Require.Fraction(value, ClassName, nameof(Dropout)); }

    /// <summary>The function between the two dense layers. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>What the normalisations add to the variance, at least 0. Default 1e-5.</summary>
    public double LayerNormEpsilon { get; init => field = Require.AtLeast(value, 0, ClassName, nameof(LayerNormEpsilon)); } = 1e-5;

    /// <summary>How the kernels start. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the biases start. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>Whether each part normalises what goes into it, as in GPT-2; else the sum after it is normalised, as in BERT. Default
    /// false.</summary>
    public bool NormalizeFirst { get; init; }

    /// <summary>Low-rank matrices trained beside frozen kernels, named by the parts, e.g. "_self_attention_layer/query_dense" or
    /// "_feedforward_output_dense"; null for none, the default. Set by <c>EnableLora</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(2)]
    public ImmutableArray<LoraAdapter>? LoraAdapters { get => _adapters.Elements; init => _adapters = new(value); }

    /// <summary>Whether those matrices alone are trained, nothing else of the block. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [OptionOrder(2)]
    public bool LoraOnly { get; init; }

    internal override string Module => KerasModules.Hub;

    /// <summary>The penalties on kernels and biases.</summary>
    private protected virtual (Regularizer? Kernel, Regularizer? Bias) Penalties => default;

    /// <summary>The parts that hold weights, with the shapes of their inputs, in the order Keras creates them.</summary>
    /// <exception cref="ShapeException">The block cannot take these shapes.</exception>
    internal abstract IReadOnlyList<BlockPart> Parts(IReadOnlyList<Shape> inputs);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        Lora.CheckNames(LoraAdapters, ((IAdaptableParts)this).AdaptableParts(inputs).Select(part => part.Name));
        return [.. Parts(inputs).SelectMany(Weights)];
    }

    /// <summary>The operations of a part, of whose weights the matrices alone are trained where the block says so.</summary>
    private IEnumerable<Operation> Operations(string name, BlockPart part)
    {
        var operations = part.Layer.Operations(name, part.Inputs);
        if (!LoraOnly) return operations;
        var trained = Weights(part).Where(weight => weight.Trainable).Sum(weight => weight.Count);
        return operations.Select((operation, i) => operation with { TrainableWeightElements = i == 0 ? trained : 0 });
    }

    private IEnumerable<WeightSpec> Weights(BlockPart part)
        => part.Layer.Weights(part.Inputs).Select(weight => (LoraOnly && !weight.IsAdapter ? weight.Frozen() : weight).Inside(part.Name));

    IEnumerable<AdaptedPart> IAdaptableParts.AdaptableParts(IReadOnlyList<Shape> inputs) => Parts(inputs).SelectMany(Adaptable);

    private IEnumerable<AdaptedPart> Adaptable(BlockPart part) => part.Layer switch
    {
        IAdaptableParts several => several.AdaptableParts(part.Inputs)
            .Select(inner => inner with { Owner = this, Name = $"{part.Name}/{inner.Name}", LoraOnly = LoraOnly }),
        IAdaptable one => [new(this, part.Name, one.Form(part.Inputs[0]), Lora.Of(LoraAdapters, part.Name), LoraOnly)],
        _ => [],
    };

    Layer IAdaptableParts.WithAdapter(LoraAdapter adapter, bool only) => this with
    {
        LoraAdapters = Lora.With(LoraAdapters, adapter),
        LoraOnly = LoraOnly || only || !Trainable,
        Trainable = true,
    };

    Layer IAdaptableParts.WithoutAdapter(string part) => this with
    {
        LoraAdapters = Lora.Without(LoraAdapters, part),
        LoraOnly = LoraOnly && LoraAdapters is { Length: > 1 },
    };

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var x = inputs[0];
        Operation[] dropped = Dropout > 0 ? [Work.Dropout(name, x)] : [];
        Operation[] after = [.. dropped, Work.Sum(name, [x, x], x)];
        List<Operation> operations = [.. Parts(inputs).SelectMany(part => part.Name is SelfAttention or CrossAttention or Output
            ? Operations(name, part).Concat(after) : Operations(name, part))];
        operations[^1] = operations[^1] with { OutputElements = OutputShapes(inputs).Sum(output => output.Elements!.Value) };
        return operations;
    }

    /// <summary>Attention of a sequence to itself or to another one.</summary>
    private protected BlockPart Attention(string name, Shape query, Shape value, bool returnScores = false, bool isCausal = false)
        => new(name, new MultiHeadAttention(NumHeads, Features(query) / NumHeads)
        {
            Dropout = Dropout,
            KernelInitializer = KernelInitializer,
            BiasInitializer = BiasInitializer,
            KernelRegularizer = Penalties.Kernel,
            BiasRegularizer = Penalties.Bias,
            ReturnAttentionScores = returnScores,
            UseCausalMask = isCausal,
            LoraAdapters = Lora.Inside(LoraAdapters, name),
        }, [query, value]);

    /// <summary>A normalisation of each step.</summary>
    private protected BlockPart Norm(string name, Shape x) => new(name, new LayerNormalization { Epsilon = LayerNormEpsilon }, [x]);

    /// <summary>The two dense layers.</summary>
    private protected BlockPart[] Feedforward(Shape x)
    {
        var first = Dense(IntermediateDim, Activation, Intermediate);
        var second = Dense(Features(x), Activation.Linear, Output);
        return [new(Intermediate, first, [x]), new(Output, second, [first.OutputShape(x)])];
    }

    /// <summary>Checks a sequence: 3 axes, vectors of a known length, a feature or more for each head.</summary>
    private protected void Check(Shape sequence)
    {
        if (sequence.Rank != 3 || sequence[^1] is not { } features)
            throw new ShapeException("sequences (batch, steps, features) of vectors of a known length", "Embed the numbers first.");
        if (features < NumHeads)
            throw new ShapeException($"vectors of at least {NumHeads} features, one for each head, not {features}", "Use fewer heads.");
    }

    /// <summary>The names of the parts with a kernel that every block has.</summary>
    private protected static IReadOnlyList<string> PartNames
        => [.. new MultiHeadAttention(1, 1).ProjectionNames.Select(name => $"{SelfAttention}/{name}"), Intermediate, Output];

    private static int Features(Shape sequence) => sequence[^1]!.Value;

    private Dense Dense(int units, Activation activation, string name) => new(units, activation)
    {
        LoraRank = Lora.Of(LoraAdapters, name)?.Rank,
        LoraAlpha = Lora.Of(LoraAdapters, name)?.Alpha,
        KernelInitializer = KernelInitializer,
        BiasInitializer = BiasInitializer,
        KernelRegularizer = Penalties.Kernel,
        BiasRegularizer = Penalties.Bias,
    };
}

/// <summary>A layer that a block is made of.</summary>
/// <param name="Name">What the names of its weights start with.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The shapes of its inputs.</param>
internal sealed record BlockPart(string Name, Layer Layer, Shape[] Inputs);
