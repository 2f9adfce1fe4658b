namespace DeepGpu.Models.Layers;

/// <summary>The rules of the low-rank matrices beside a kernel or embeddings.</summary>
internal static class Lora
{
    /// <summary>A rank of at least 1; null for none.</summary>
    public static int? CheckedRank(int? rank, string owner)
        => rank is { } n ? Require.AtLeast(n, 1, owner, nameof(IAdaptable.LoraRank)) : null;

    /// <summary>A finite factor; null for the rank.</summary>
    public static double? CheckedAlpha(double? alpha, string owner)
        => alpha is { } n ? Require.Finite(n, owner, nameof(IAdaptable.LoraAlpha)) : null;

    /// <summary>The layer has such matrices.</summary>
    public static ModelStateException Twice(Layer layer) => new(new(
        "lora_enabled",
        "LoRA can be enabled once in a layer,",
        $"but '{layer.Name ?? layer.ClassName}' has it.",
        "Set LoraRank instead to change the rank."));
}
