namespace DeepGpu.Hardware.Forecasting;

/// <summary>The constants of the time of products and passes.</summary>
internal static class TimeConstants
{
    public static readonly ConstantTable Table = new();

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
        Efficiencies = [.. EfficiencyPriors.Select(row => EfficienciesOf(row.Unit, row.Values))];

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
        HostAutocast = Table
            .Add("host.autocast", 1.3, 0.15, "", "Factor on the host's time in mixed precision: each operation is looked up, "
            + "its inputs are cast.");
        HostYear = Table.Add("host.year", 0.93, 0.06, "", "Factor on the host's time for each year that a card came out after 2018, until "
            + "2022: newer cards stand in newer computers.");
        HostDesktop = Table.Add("host.desktop", 0.9, 0.2, "", "Factor on the host's time of desktop cards: fewer cores of a higher clock.");
        GroupedLayout = Table.Add("layout.grouped", 0.5, 0.5, "", "Factor on the efficiency of grouped and depthwise convolutions on "
            + "half-precision matrix units in channels-first layout.");
        Desktop = Table.Add("desktop", 1.1, 0.08, "", "Desktop cards run above the clock their peak is stated at.");
        Upload = Table.Add("upload", 4e9, 0.3, "B/s", "Rate at which a benchmark without prefetching copies images to the card.");
        Loader = Table.Add("loader", 3017, 0.05, "images/s", "Rate of one benchmark's data loader.");
        Factors = [.. Generation.All.Select(FactorsOf)];
    }

    public static Constant HalfRows { get; }

    public static Constant HalfDepth { get; }

    public static Constant HalfTiles { get; }

    public static Constant Bandwidth { get; }

    public static Constant HalfLayout { get; }

    public static Constant Pass { get; }

    public static Constant Launch { get; }

    public static Constant HostInference { get; }

    public static Constant HostForward { get; }

    public static Constant HostBackward { get; }

    public static Constant HostAutocast { get; }

    public static Constant HostYear { get; }

    public static Constant HostDesktop { get; }

    public static Constant GroupedLayout { get; }

    public static Constant Desktop { get; }

    public static Constant Upload { get; }

    public static Constant Loader { get; }

    /// <summary>By units and class.</summary>
    private static Constant[][] Efficiencies { get; }

    /// <summary>By generation and <see cref="GenerationFactor"/>.</summary>
    private static Constant[][] Factors { get; }

    public static Constant Efficiency(ProductUnit unit, ProductClass kind) => Efficiencies[(int)unit][(int)kind];

    /// <summary>The factor of a generation; 1 where the card belongs to none.</summary>
    public static double Factor(ConstantValues constants, int generation, GenerationFactor factor)
        => generation < 0 ? 1 : constants[Factors[generation][(int)factor]];

    private static Constant[] EfficienciesOf(ProductUnit unit, double[] priors) =>
    [
        .. Enum.GetValues<ProductClass>().Select(kind => Table.Add($"efficiency.{unit}.{kind}", priors[(int)kind], 0.5, "",
            "Share of the units' peak that a large product of this class reaches; above 1 where the algorithm does fewer operations.")),
    ];

    private static Constant[] FactorsOf(Generation generation) =>
    [
        Table.Add($"vector.{generation.Name}", 1, 0.2, "", "Factor on efficiencies of the vector units."),
        Table.Add($"matrix.{generation.Name}", 1, 0.2, "", "Factor on efficiencies of the matrix units."),
        Table.Add($"memory.{generation.Name}", 1, 0.12, "", "Factor on the share of the memory's rate."),
    ];
}

/// <summary>What generations differ in.</summary>
internal enum GenerationFactor
{
    Vector,
    Matrix,
    Memory,
}
