using DeepGpu.Operations;

namespace DeepGpu.Lowering;

/// <summary>One layer of a <see cref="PredictionPlan"/>: arrays of samples in, an array out, without torch. Sizes are known; weights are
/// read where the model keeps them, so that each call sees them as they are.</summary>
internal abstract unsafe class PlanStep
{
    /// <summary>The kernels of this processor.</summary>
    protected static VectorKernels Kernels => VectorKernels.Best;

    /// <summary>Multiplications of a sample, or what takes as long.</summary>
    public abstract long Work { get; }

    /// <summary>Whether the layer's activation is done in the step.</summary>
    public virtual bool IsActivated => false;

    /// <summary>Numbers that are made of the weights for a call; 0 where the weights serve as they are.</summary>
    /// <param name="batch">Samples of the call.</param>
    public virtual long Packed(int batch) => 0;

    /// <summary>Makes them.</summary>
    public virtual void Pack(float* into)
    {
    }

    /// <summary>Numbers of working memory for some samples.</summary>
    public virtual long Scratch(int samples) => 0;

    /// <summary>Computes the output.</summary>
    public abstract void Run(PlanCall call);
}

/// <summary>What a step works on.</summary>
internal readonly unsafe struct PlanCall
{
    /// <summary>How many samples there are.</summary>
    public int Samples { get; init; }

    /// <summary>The first input, (samples, ...).</summary>
    public float* Input { get; init; }

    /// <summary>The second input of a layer that has two.</summary>
    public float* Other { get; init; }

    /// <summary>The output, (samples, ...).</summary>
    public float* Output { get; init; }

    /// <summary>Working memory.</summary>
    public float* Scratch { get; init; }

    /// <summary>What <see cref="PlanStep.Pack"/> made; null where it was not asked.</summary>
    public float* Packed { get; init; }
}
