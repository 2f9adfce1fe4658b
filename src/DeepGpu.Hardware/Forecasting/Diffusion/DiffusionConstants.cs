namespace DeepGpu.Hardware.Forecasting;

/// <summary>The constants of the time of diffusion models.</summary>
internal static class DiffusionConstants
{
    public static readonly ConstantTable Table = new();

    /// <summary>Architectures of other vendors that were measured, and whose rates no generation has.</summary>
    private static readonly string[] Architectures = ["GCN 5.0", "RDNA 2.0", "RDNA 3.0"];

    private static readonly Constant[] Vendors, Factors;

    static DiffusionConstants()
    {
        Convolutional = new(Table, "unet", 0.5, 3, 700);
        Transformer = new(Table, "transformer", 0.55, 8, 700);
        Scores = Table.Add("scores", 0.5, 0.7, "B", "Bytes moved for each score of attention.");
        Single = Table.Add("single", 1, 0.3, "", "Factor on the share in single precision.");
        Saturation = Table.Add("saturation", 0.05, 0.7, "",
            "Operations of an evaluation, in 10^12 for each 100 units, at which products reach half of their share.");
        Operations = Table.Add("operations", 4, 0.35, "", "Operations of vector units for each byte moved.");
        Fixed = Table.Add("fixed", 0.2, 0.7, "s", "Time beside steps and pictures: the text, the program around it.");
        Vendors = [.. Enum.GetValues<GpuVendor>().Select(vendor => Table.Add($"vendor.{vendor}", vendor == GpuVendor.Nvidia ? 1 : 0.6,
            vendor == GpuVendor.Nvidia ? 0.01 : 0.4, "", "Factor on the rate and on the memory's."))];
        Factors = [.. Architectures.Select(name => Table.Add($"architecture.{name}", 1, 0.4, "",
            "Factor on the rate and on the memory's beside the vendor's."))];
        Rates = new(Table);
    }

    public static DiffusionKind Convolutional { get; }

    public static DiffusionKind Transformer { get; }

    public static Constant Scores { get; }

    public static Constant Single { get; }

    public static Constant Saturation { get; }

    public static Constant Operations { get; }

    public static Constant Fixed { get; }

    public static RateConstants Rates { get; }

    public static DiffusionKind Of(DiffusionShape model)
        => model.Kind.Contains("UNet", StringComparison.Ordinal) ? Convolutional : Transformer;

    public static double VendorFactor(ConstantValues c, GpuSpec card) => c[Vendors[(int)card.Vendor]]
        * (Array.IndexOf(Architectures, card.Architecture) is >= 0 and var place ? c[Factors[place]] : 1);
}

/// <summary>The constants of a kind of network.</summary>
internal sealed class DiffusionKind(ConstantTable table, string name, double share, double moved, double block)
{
    public Constant Share { get; } = table.Add($"{name}.share", share, 0.4, "", "Share of the units' rate that products reach.");

    public Constant Moved { get; } = table.Add($"{name}.moved", moved, 0.6, "", "Times that each element written is read or written.");

    public Constant Block { get; } = table.Add($"{name}.block", block, 0.5, "us", "Time in which the host starts a block.");
}
