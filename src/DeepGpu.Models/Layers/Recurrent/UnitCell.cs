using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What the cells of SimpleRNN, LSTM and GRU have in common.</summary>
public abstract record UnitCell : RecurrentCell
{
    private protected UnitCell(int units, int gates)
    {
        Gates = gates;
        Units = units;
    }

    /// <summary>How many blocks of <see cref="Units"/> columns the kernels have.</summary>
    internal int Gates { get; }

    /// <summary>The length of output and states, at least 1.</summary>
    public int Units { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Units)); }

    /// <summary>The function of the candidate. Default tanh.</summary>
    public Activation Activation { get; init => field = value.KeepingShape(ClassName, nameof(Activation)); } = Activation.Tanh;

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the input's kernel starts. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the state's kernel starts. Default orthogonal.</summary>
    public Initializer RecurrentInitializer { get; init; } = Initializer.Orthogonal;

    /// <summary>How the bias starts. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the input's kernel; default none.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>A penalty on the state's kernel; default none.</summary>
    public Regularizer? RecurrentRegularizer { get; init; }

    /// <summary>A penalty on the bias; default none.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What the input's kernel is projected onto after each step; default nothing.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>What the state's kernel is projected onto after each step; default nothing.</summary>
    public Constraint? RecurrentConstraint { get; init; }

    /// <summary>What the bias is projected onto after each step; default nothing.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <summary>The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</summary>
    public double Dropout { get; init => field = Require.Fraction(value, ClassName, nameof(Dropout)); }

    /// <summary>The share of states set to 0 while training, the same at every step, in [0, 1).
    /// Gal and Ghahramani, 2015. Default 0.</summary>
    public double RecurrentDropout { get; init => field = Require.Fraction(value, ClassName, nameof(RecurrentDropout)); }

    internal override int StateCount => 1;

    /// <summary>The bias's shape.</summary>
    private protected virtual int[] BiasShape => [Gates * Units];

    /// <summary>How the bias really starts.</summary>
    private protected virtual Initializer BiasStart => BiasInitializer;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> StateShapes(Shape step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return [.. Enumerable.Repeat(new Shape(step[0], Units), StateCount)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> CellWeights(Shape step)
    {
        var kernel = WeightSpec.Of("kernel", [Features(step), Gates * Units], KernelInitializer, KernelRegularizer, KernelConstraint);
        var recurrent = WeightSpec.Of("recurrent_kernel", [Units, Gates * Units], RecurrentInitializer, RecurrentRegularizer,
            RecurrentConstraint);
        return UseBias
            ? [kernel, recurrent, WeightSpec.Of("bias", [.. BiasShape], BiasStart, BiasRegularizer, BiasConstraint)]
            : [kernel, recurrent];
    }

    internal override IEnumerable<(Recurrence Shape, RecurrentCell Cell, Shape Input)> Recurrences(Shape step)
        => [(new(Gates, Units, Features(step), step[0] ?? 1), this, step)];

    internal override double MultiplyAdds(Shape step) => (double)(step[0] ?? 1) * (Features(step) + Units) * Gates * Units;

    private static int Features(Shape step) => step.Rank == 2 && step[1] is { } features
        ? features
        : throw new ShapeException("steps of 2 axes (batch, features), the features known",
            "Give the model an input of shape (time, features), the features a number.");
}
