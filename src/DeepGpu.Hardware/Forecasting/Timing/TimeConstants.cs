namespace DeepGpu.Hardware;

/// <summary>The constants of the time of products and passes.</summary>
internal static class TimeConstants
{
    public static readonly ConstantTable Table = new();

    private static readonly int Efficiencies = Table.Definitions.Count;

    /// <summary>Believed shares of the peak by units and class: of convolutions, from those measured on three cards,
    /// before any whole model; of dense products, what libraries are tuned to.</summary>
    private static readonly (ProductUnit Unit, double[] Values)[] EfficiencyPriors =
    [
        (ProductUnit.Vector, [0.7, 1.1, 0.5, 0.3, 0.1, 0.8]),
        (ProductUnit.MatrixTensorFloat32, [0.45, 0.4, 0.3, 0.08, 0.04, 0.8]),
        (ProductUnit.MatrixHalf, [0.35, 0.35, 0.25, 0.08, 0.03, 0.8]),
    ];

    static TimeConstants()
    {
        foreach (var (unit, values) in EfficiencyPriors)
        {
            foreach (var kind in Enum.GetValues<ProductClass>())
                Table.Add($"efficiency.{unit}.{kind}", values[(int)kind], 0.5, "", "Share of the units' peak that a large product of this "
                    + "class reaches; above 1 where the algorithm does fewer operations.");
        }

        HalfRows = Table.Add("half.rows", 20, 0.7, "rows", "Rows at which a product reaches half of its efficiency.");
        HalfDepth = Table.Add("half.depth", 40, 0.7, "elements", "Length summed over at which a product reaches half of its efficiency.");
        HalfTiles = Table.Add("half.tiles", 0.3, 0.7, "tiles a unit",
            "Tiles for each multiprocessor at which the processor is half occupied.");
        Bandwidth = Table.Add("bandwidth", 0.8, 0.1, "", "Share of the memory's peak rate that passes reach.");
        HalfLayout = Table.Add("layout.half", 1.6, 0.3, "",
            "Factor on activations of convolutions on half-precision matrix units in channels-first layout: they are reordered.");
        Pass = Table.Add("pass.flop", 8, 0.6, "FLOP an element", "Vector operations for each element that a pass moves.");
        Launch = Table.Add("launch", 5e-6, 0.5, "s", "What a kernel costs on the processor beside its work.");
        HostInference = Table.Add("host.inference", 35e-6, 0.4, "s", "What the host needs to start one operation without gradients.");
        HostForward = Table.Add("host.forward", 50e-6, 0.4, "s",
            "What the host needs to start one operation of a training step's forward pass.");
        HostBackward = Table.Add("host.backward", 90e-6, 0.4, "s", "What the host needs to start one operation's backward pass.");
        Desktop = Table.Add("desktop", 1.1, 0.08, "", "Desktop cards run above the clock their peak is stated at.");
        Upload = Table.Add("upload", 4e9, 0.3, "B/s", "Rate at which a benchmark without prefetching copies images to the card.");
        Loader = Table.Add("loader", 3017, 0.05, "images/s", "Rate of one benchmark's data loader.");
        Generations = Table.Definitions.Count;
        foreach (var generation in Generation.All)
        {
            Table.Add($"vector.{generation.Name}", 1, 0.2, "", "Factor on efficiencies of the vector units.");
            Table.Add($"matrix.{generation.Name}", 1, 0.2, "", "Factor on efficiencies of the matrix units.");
            Table.Add($"memory.{generation.Name}", 1, 0.12, "", "Factor on the share of the memory's rate.");
        }
    }

    public static int HalfRows { get; }

    public static int HalfDepth { get; }

    public static int HalfTiles { get; }

    public static int Bandwidth { get; }

    public static int HalfLayout { get; }

    public static int Pass { get; }

    public static int Launch { get; }

    public static int HostInference { get; }

    public static int HostForward { get; }

    public static int HostBackward { get; }

    public static int Desktop { get; }

    public static int Upload { get; }

    public static int Loader { get; }

    private static int Generations { get; }

    public static int Efficiency(ProductUnit unit, ProductClass kind) => Efficiencies + (int)unit * 6 + (int)kind;

    /// <summary>The factor of a generation; 1 where the card belongs to none.</summary>
    public static double Factor(double[] constants, int generation, GenerationFactor factor)
        => generation < 0 ? 1 : constants[Generations + 3 * generation + (int)factor];
}

/// <summary>What generations differ in.</summary>
internal enum GenerationFactor
{
    Vector,
    Matrix,
    Memory,
}
