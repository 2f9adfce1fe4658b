using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>A learned vector for each whole number.</summary>
/// <remarks>Input (batch, ...) of numbers in 0..inputDim-1, output (batch, ..., outputDim).
/// Keras: https://keras.io/api/layers/core_layers/embedding/</remarks>
public sealed record Embedding : UnaryLayer, IAdaptable
{
    /// <summary>Creates an embedding.</summary>
    /// <param name="inputDim">How many numbers there are, at least 1.</param>
    /// <param name="outputDim">The length of each vector, at least 1.</param>
    public Embedding(int inputDim, int outputDim) => (InputDim, OutputDim) = (inputDim, outputDim);

    /// <summary>How many numbers there are, at least 1.</summary>
    public int InputDim { get; init => field = Require.AtLeast(value, 1, nameof(Embedding), nameof(InputDim)); }

    /// <summary>The length of each vector, at least 1.</summary>
    public int OutputDim { get; init => field = Require.AtLeast(value, 1, nameof(Embedding), nameof(OutputDim)); }

    /// <summary>Whether 0 marks padding that later layers skip. Default false.</summary>
    public bool MaskZero { get; init; }

    /// <summary>How the vectors start. Default uniform in [-0.05, 0.05).</summary>
    public Initializer EmbeddingsInitializer { get; init; } = new RandomUniform();

    /// <summary>A penalty on the vectors; default none.</summary>
    public Regularizer? EmbeddingsRegularizer { get; init; }

    /// <summary>What the vectors are projected onto after each step; default nothing.</summary>
    public Constraint? EmbeddingsConstraint { get; init; }

    /// <summary>How the vectors are kept in few bits; null keeps them as they are, the default. Set by <see cref="Quantize"/>.</summary>
    [JsonPropertyName("quantization_config")]
    [OptionOrder(1)]
    public Quantization? Quantization
    {
        get;
        init => field = value is Float8Quantization
            ? throw Require.OutOfRange(nameof(Embedding), nameof(Quantization), "int8 or int4", "float8") : value;
    }

    /// <summary>The rank of two trained matrices A and B: the vectors are frozen, and vectors + alpha / rank * (A . B) takes its place;
    /// null for none.</summary>
    /// <remarks>At least 1. Set by <see cref="EnableLora"/>. Hu et al., 2021, https://arxiv.org/abs/2106.09685.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(1)]
    public int? LoraRank { get; init => field = Lora.CheckedRank(value, nameof(Embedding)); }

    /// <summary>How much the product of A and B counts; null for as much as <see cref="LoraRank"/>: a factor of 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [OptionOrder(1)]
    public double? LoraAlpha { get; init => field = Lora.CheckedAlpha(value, nameof(Embedding)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new([.. input.Axes, OutputDim]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var vectors = WeightSpec.Of("embeddings", [InputDim, OutputDim], EmbeddingsInitializer, EmbeddingsRegularizer,
            EmbeddingsConstraint);
        return Form.Weights(this, vectors);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => Work.Adapted([Work.Of(name, OperationKind.Gather, inputs, OutputShapes(inputs)) with { WeightElements = Form.Count }], this,
            inputs);

    /// <summary>The same layer, its vectors frozen and two matrices of a rank trained beside it: A drawn from He's uniform distribution, B
    /// of zeros.</summary>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1.</exception>
    /// <exception cref="ModelStateException">The layer has such matrices.</exception>
    public Embedding EnableLora(int rank, double? loraAlpha = null)
        => LoraRank is null ? this with { LoraRank = rank, LoraAlpha = loraAlpha ?? rank, Trainable = true }
            : throw Lora.Twice(this);

    /// <summary>The same layer with its vectors kept in few bits. Its values start as zeros: <see cref="ModelSpec"/> describes, a live
    /// model converts.</summary>
    /// <param name="quantization">How.</param>
    /// <exception cref="ModelStateException">The layer is quantised.</exception>
    public Embedding Quantize(Quantization quantization)
    {
        ArgumentNullException.ThrowIfNull(quantization);
        return Quantization is null ? this with { Quantization = quantization } : throw MatrixForm.AlreadyQuantized(this);
    }

    Layer IAdaptable.With(Quantization quantization) => Quantize(quantization);

    Layer IAdaptable.WithLora(int rank, double? alpha, bool only) => EnableLora(rank, alpha);

    Layer IAdaptable.WithoutLora() => this with { LoraRank = null, LoraAlpha = null };

    bool IAdaptable.LoraOnly => true;

    bool IAdaptable.Supports(Quantization quantization) => quantization is not Float8Quantization;

    MatrixForm IAdaptable.Form(Shape input) => Form;

    private MatrixForm Form => new("embeddings", [InputDim, OutputDim], [InputDim], [1, 0], InputDim, OutputDim, BlocksAlongColumns: true);
}
