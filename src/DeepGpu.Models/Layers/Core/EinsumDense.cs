using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>A dense layer by Einstein summation: activation(einsum(equation, input, kernel) + bias).</summary>
/// <remarks>E.g. equation "abc,cd->abd". An ellipsis stands for leading axes.
/// Keras: https://keras.io/api/layers/core_layers/einsum_dense/</remarks>
[KerasClass(Sample = "\"a,a->a\", []")]
public sealed record EinsumDense : AdaptableLayer
{
    private readonly ValueList<int?> _outputAxes;

    /// <summary>Creates the layer.</summary>
    /// <param name="equation">The summation: input, kernel -> output, the batch included.</param>
    /// <param name="outputAxes">The output's axes without the batch; null (or, in Keras, None) where the input decides.</param>
    public EinsumDense(string equation, ImmutableArray<int?> outputAxes) => (Equation, OutputAxes) = (equation, outputAxes);

    /// <summary>The summation: input, kernel -> output, the batch included.</summary>
    public string Equation { get; init => field = Checked(value); }

    /// <summary>The output's axes without the batch; null where the input decides.</summary>
    [JsonPropertyName("output_shape")]
    public ImmutableArray<int?> OutputAxes
    {
        get => _outputAxes.Elements ?? [];
        init => _outputAxes = !value.IsDefault && value.Any(length => length < 1)
            ? throw Require.OutOfRange(nameof(EinsumDense), nameof(OutputAxes),
                "at least 1, or null, on every axis", string.Join(", ", value))
            : new(value);
    }

    /// <summary>The letters of output axes that have a bias, e.g. "d"; null for no bias. Default null.</summary>
    public string? BiasAxes { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Activation.OutputShape(Sums(input));

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var (_, kernel, bias) = Einsum.Parse(Equation, input, OutputAxes, BiasAxes);
        var own = KernelAndBias(kernel, bias ?? []);
        return Form(input).Weights(this, own[0], bias is null ? null : own[1]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => Work.Adapted(Work.Dense(name, Einsum.SummedLength(Equation, inputs[0]), inputs, Sums(inputs[0]), UseBias, Activation), this,
            inputs);

    /// <summary>The same layer, its kernel frozen and two matrices of a rank trained beside it: A drawn from He's uniform distribution, B
    /// of zeros.</summary>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1.</exception>
    /// <exception cref="ModelStateException">The layer has such matrices.</exception>
    public EinsumDense EnableLora(int rank, double? loraAlpha = null) => Adapted(this, rank, loraAlpha);

    /// <summary>The same layer with its kernel kept in few bits. Its values start as zeros: <see cref="ModelSpec"/> describes, a live model
    /// converts.</summary>
    /// <param name="quantization">How.</param>
    /// <exception cref="ModelStateException">The layer is quantised.</exception>
    public EinsumDense Quantize(Quantization quantization) => Quantized(this, quantization);

    private protected override MatrixForm Form(Shape input)
    {
        var kernel = Einsum.Parse(Equation, input, OutputAxes, BiasAxes).Kernel;
        return Einsum.Form(Einsum.Letters(Equation, input.Rank), kernel);
    }

    /// <summary>The shape before the activation.</summary>
    private Shape Sums(Shape input) => Einsum.Parse(Equation, input, OutputAxes, BiasAxes).Output;

    private static string Checked(string equation)
    {
        ArgumentNullException.ThrowIfNull(equation);
        return Einsum.IsWellFormed(equation)
            ? equation
            : throw Require.OutOfRange(nameof(EinsumDense), nameof(Equation), "of the form 'input,kernel->output'", equation);
    }
}
