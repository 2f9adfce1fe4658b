using DeepGpu.Models;

namespace DeepGpu;

/// <summary>The losses a config may name.</summary>
internal static partial class LossTypes
{
    private static LossJsonContext Json => LossJsonContext.Default;

    /// <summary>Every class.</summary>
    public static KerasTypes All { get; } = new(LossRows(), KerasName.Plain);

    /// <summary>A loss by its class, function or short name in Keras; null for one this library does not know.</summary>
    public static KerasType? Find(string name) => All.Find(name);

    /// <summary>The class of a loss; null for one that is not Keras's.</summary>
    public static KerasType? Of(Loss loss) => All.Of(loss);
}
