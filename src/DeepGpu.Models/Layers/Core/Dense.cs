using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>A fully connected layer on the last axis: activation(input . kernel + bias).</summary>
/// <remarks>Input (batch, ..., features), output (batch, ..., units). Keras: https://keras.io/api/layers/core_layers/dense/</remarks>
public sealed record Dense : AdaptableLayer
{
    /// <summary>Creates a dense layer.</summary>
    /// <param name="units">The length of the output's last axis, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Dense(int units, Activation activation = Activation.Linear) => (Units, Activation) = (units, activation);

    /// <summary>The length of the output's last axis, at least 1.</summary>
    public int Units { get; init => field = Require.AtLeast(value, 1, nameof(Dense), nameof(Units)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        LastAxis.Of(input);
        return Activation.OutputShape(input.With(^1, Units));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var own = KernelAndBias([LastAxis.Of(input), Units], Units);
        return Form(input).Weights(this, own[0], own.ElementAtOrDefault(1));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => Work.Adapted(Work.Dense(name, LastAxis.Of(inputs[0]), inputs, inputs[0].With(^1, Units), UseBias, Activation), this, inputs);

    /// <summary>The same layer, its kernel frozen and two matrices of a rank trained beside it: A drawn from He's uniform distribution, B
    /// of zeros.</summary>
    /// <param name="rank">The rank, at least 1.</param>
    /// <param name="loraAlpha">How much their product counts: the factor is this over the rank. Default the rank.</param>
    /// <exception cref="DeepGpuArgumentException">The rank is below 1.</exception>
    /// <exception cref="ModelStateException">The layer has such matrices.</exception>
    public Dense EnableLora(int rank, double? loraAlpha = null) => Adapted(this, rank, loraAlpha);

    /// <summary>The same layer with its kernel kept in few bits. Its values start as zeros: <see cref="ModelSpec"/> describes, a live model
    /// converts.</summary>
    /// <param name="quantization">How.</param>
    /// <exception cref="ModelStateException">The layer is quantised.</exception>
    public Dense Quantize(Quantization quantization) => Quantized(this, quantization);

    private protected override MatrixForm Form(Shape input)
        => new("kernel", [LastAxis.Of(input), Units], [Units], [0, 1], LastAxis.Of(input), Units);
}
