// Written by eng/Generate from the classes' declarations: change those, then run it.
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <content>The options of <see cref="UnitCell"/>.</content>
public abstract partial record RecurrentLayer
{
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

    /// <summary>An object of the other class with these options.</summary>
    private protected TOther WithOptions<TOther>(TOther other)
        where TOther : UnitCell => other with
        {
            Units = Units,
            Activation = Activation,
            UseBias = UseBias,
            KernelInitializer = KernelInitializer,
            RecurrentInitializer = RecurrentInitializer,
            BiasInitializer = BiasInitializer,
            KernelRegularizer = KernelRegularizer,
            RecurrentRegularizer = RecurrentRegularizer,
            BiasRegularizer = BiasRegularizer,
            KernelConstraint = KernelConstraint,
            RecurrentConstraint = RecurrentConstraint,
            BiasConstraint = BiasConstraint,
            Dropout = Dropout,
            RecurrentDropout = RecurrentDropout,
        };
}
