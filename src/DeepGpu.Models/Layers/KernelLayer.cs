namespace DeepGpu.Models;

/// <summary>What layers with a kernel, a bias and an activation have in common.</summary>
public abstract record KernelLayer : UnaryLayer
{
    /// <summary>The function after the layer. Default linear.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the kernel starts. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the bias starts. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the kernel; default none.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>A penalty on the bias; default none.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What the kernel is projected onto after each step; default nothing.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>What the bias is projected onto after each step; default nothing.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <summary>The kernel of a shape, and a bias of another unless it is switched off.</summary>
    private protected IReadOnlyList<WeightSpec> KernelAndBias(int[] kernel, params int[] bias)
    {
        var matrix = WeightSpec.Of("kernel", [.. kernel], KernelInitializer, KernelRegularizer, KernelConstraint);
        return UseBias ? [matrix, WeightSpec.Of("bias", [.. bias], BiasInitializer, BiasRegularizer, BiasConstraint)] : [matrix];
    }
}
