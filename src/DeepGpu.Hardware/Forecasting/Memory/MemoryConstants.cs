namespace DeepGpu.Hardware;

/// <summary>The constants of peak memory.</summary>
internal static class MemoryConstants
{
    private const double Mebi = 1 << 20;

    public static readonly ConstantTable Table = new();

    static MemoryConstants()
    {
        Context = Table.Add("context", 1400 * Mebi, 0.2, "B", "What the driver, PyTorch and cuBLAS hold before a tensor is made.");
        ConvolutionContext = Table.Add("context.convolution", 200 * Mebi, 0.7, "B",
            "What cuDNN holds beside it where there are convolutions.");
        Fragments = Table.Add("fragments", 0.04, 1, "",
            "Share of what the allocator reserves that a step with convolutions takes beyond the simulated one.");
        Unfolded = Table.Add("unfolded", 0.35, 0.5, "",
            "Share of the largest unfolded convolution that its algorithm's scratch memory takes.");
    }

    public static Constant Context { get; }

    public static Constant ConvolutionContext { get; }

    public static Constant Fragments { get; }

    public static Constant Unfolded { get; }
}
