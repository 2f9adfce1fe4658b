namespace DeepGpu.Hardware.Detection;

/// <summary>The oldest branch of NVIDIA's driver that runs programs of a CUDA toolkit.</summary>
/// <remarks>NVIDIA, CUDA Toolkit Release Notes, table "CUDA Toolkit and Corresponding Driver Versions", Linux.</remarks>
internal static class CudaDrivers
{
    private static readonly (Version Toolkit, int Branch)[] Rows =
    [
        (new(13, 0), 580), (new(12, 9), 575), (new(12, 8), 570), (new(12, 6), 560), (new(12, 5), 555), (new(12, 4), 550), (new(12, 3), 545),
        (new(12, 2), 535), (new(12, 1), 530), (new(12, 0), 525), (new(11, 8), 520), (new(11, 7), 515), (new(11, 6), 510), (new(11, 5), 495),
        (new(11, 4), 470), (new(11, 3), 465), (new(11, 2), 460), (new(11, 1), 455), (new(11, 0), 450), (new(10, 2), 440), (new(10, 1), 418),
        (new(10, 0), 410), (new(9, 0), 384), (new(8, 0), 375),
    ];

    /// <summary>The branch that a toolkit needs; null for one older than the table.</summary>
    public static int? For(Version toolkit)
    {
        foreach (var (known, branch) in Rows)
        {
            if (toolkit >= known) return branch;
        }

        return null;
    }
}
