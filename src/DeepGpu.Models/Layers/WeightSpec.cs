using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>One weight of a layer: its name and shape as Keras lays it out, how it starts, what training may do to it.</summary>
/// <param name="Name">The name inside the layer, a path for inner layers, e.g. "kernel" or "cell/recurrent_kernel".</param>
/// <param name="Shape">The shape in Keras's layout, e.g. (height, width, input channels, filters).</param>
/// <param name="Initializer">How it starts.</param>
/// <param name="Trainable">Whether an optimizer may change it; false for moving statistics.</param>
public sealed record WeightSpec(string Name, ImmutableArray<int> Shape, Initializer Initializer, bool Trainable = true)
{
    /// <summary>The penalty on its values that is added to the loss; null for none.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>What its values are projected onto after each step; null for nothing.</summary>
    public Constraint? Constraint { get; init; }

    /// <summary>The format it is kept in whatever the policy; null for the policy's. Int8 for quantised weights.</summary>
    public DataType? ElementType { get; init; }

    /// <summary>Whether it is one of two matrices trained beside a kernel (LoRA), which Keras's files add to the kernel.</summary>
    public bool IsAdapter { get; init; }

    /// <summary>Whether nothing changes it in training: no optimizer, nor a pass as it does statistics.</summary>
    internal bool IsFrozen { get; init; }

    /// <summary>Whether passes of training change it, and no optimizer does: statistics, states, counters.</summary>
    internal bool IsChangedByTraining => !Trainable && !IsFrozen;

    /// <summary>The number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>A weight with what its layer's options say of it.</summary>
    internal static WeightSpec Of(string name, ImmutableArray<int> shape, Initializer initializer, Regularizer? regularizer,
        Constraint? constraint)
        => new(name, shape, initializer) { Regularizer = regularizer, Constraint = constraint };

    /// <summary>The same weight, left alone by training.</summary>
    internal WeightSpec Frozen() => this with { Trainable = false, IsFrozen = IsFrozen || Trainable };

    /// <summary>The same weight as part of an inner layer.</summary>
    /// <param name="prefix">The inner layer's name.</param>
    /// <param name="trainable">Whether the inner layer may be trained.</param>
    internal WeightSpec Inside(string prefix, bool trainable = true)
        => this with { Name = $"{prefix}/{Name}", Trainable = Trainable && trainable };
}
