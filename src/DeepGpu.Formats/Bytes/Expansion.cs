namespace DeepGpu.Formats;

/// <summary>How far the contents of a file may grow when read. Weights hardly compress; a bomb grows a thousandfold.</summary>
internal static class Expansion
{
    /// <summary>What compressed data may become whatever its length.</summary>
    private const long FreeLength = 8 << 20;

    private const long MaxRatio = 100;

    /// <summary>Refuses a bomb, before anything is inflated.</summary>
    /// <param name="stored">The compressed bytes.</param>
    /// <param name="full">What they are said to become.</param>
    /// <param name="name">The member or dataset.</param>
    /// <param name="refusals">Makes the refusal.</param>
    /// <param name="free">What they may become whatever their length.</param>
    /// <param name="ratio">How many times more they may become beyond that.</param>
    public static void Check(long stored, long full, string name, Refusals refusals, long free = FreeLength, long ratio = MaxRatio)
    {
        if (full > free && full / ratio > stored)
            throw refusals.Because("expansion_bomb", $"Over {free} bytes, compressed data may grow {ratio}-fold,",
                $"but {stored} bytes would become {full}.", name);
    }
}
