namespace DeepGpu.Models;

/// <summary>What happens at the border of a window that moves over its input.</summary>
public enum Padding
{
    /// <summary>The window stays inside: floor((n - k) / stride) + 1 positions.</summary>
    Valid,

    /// <summary>Zeros around, the larger half at the end: ceil(n / stride) positions, TensorFlow's rule.</summary>
    Same,

    /// <summary>Zeros before only, so that no output sees a later input; Conv1D alone. ceil(n / stride) positions.</summary>
    Causal,
}

/// <summary>What layers make of a padding.</summary>
internal static class Paddings
{
    /// <summary>The padding, of a layer that has no causal one.</summary>
    /// <exception cref="DeepGpuArgumentException">It is causal.</exception>
    public static Padding NotCausal(this Padding padding, string owner)
        => padding == Padding.Causal ? throw Require.OutOfRange(owner, nameof(Padding), "valid or same", padding) : padding;
}
