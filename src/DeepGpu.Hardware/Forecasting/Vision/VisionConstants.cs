namespace DeepGpu.Hardware.Forecasting;

/// <summary>The constants of the time of networks for pictures.</summary>
internal static class VisionConstants
{
    public static readonly ConstantTable Table = new();

    private static readonly Constant[,] Shares, Moved;

    private static readonly Constant[] LastShares, LastMoved, CompiledMoved;

    static VisionConstants()
    {
        var families = Enum.GetValues<VisionFamily>();
        (Shares, Moved) = (new Constant[families.Length, 2], new Constant[families.Length, 2]);
        (LastShares, LastMoved, CompiledMoved) = (new Constant[families.Length], new Constant[families.Length],
            new Constant[families.Length]);
        foreach (var family in families)
        {
            foreach (var trains in new[] { false, true })
            {
                var name = $"{family}.{(trains ? "training" : "inference")}";
                Shares[(int)family, trains ? 1 : 0] = Table.Add($"{name}.share", trains ? 0.55 : 0.8, 0.4, "",
                    "Share of the units' rate that products reach.");
                Moved[(int)family, trains ? 1 : 0] = Table.Add($"{name}.moved", trains ? 7 : 8, 0.5, "B",
                    "Bytes moved for each element that products write, of forward or of each of a step's three passes.");
            }

            LastShares[(int)family] = Table.Add($"{family}.last.share", 1.1, 0.3, "", "Factor on the share with channels last.");
            LastMoved[(int)family] = Table.Add($"{family}.last.moved", 0.9, 0.3, "", "Factor on bytes moved with channels last.");
            CompiledMoved[(int)family] = Table.Add($"{family}.compiled.moved", 0.6, 0.3, "", "Factor on bytes moved of a compiled graph.");
        }

        Intensity = Table.Add("intensity", 30, 0.7, "",
            "Operations for each element that products write at which they reach half of their share.");
        Layer = Table.Add("layer", 150, 0.5, "us", "Time in which the host starts a layer, forward.");
        Single = Table.Add("single", 1.1, 0.3, "", "Factor on the share in single precision.");
        Operations = Table.Add("operations", 8, 0.7, "", "Operations of vector units for each byte of activations.");
        Update = Table.Add("update", 30, 0.5, "B", "Bytes that an optimizer moves for each weight.");
        Rates = new(Table);
    }

    public static Constant Intensity { get; }

    public static Constant Layer { get; }

    public static Constant Single { get; }

    public static Constant Operations { get; }

    public static Constant Update { get; }

    public static RateConstants Rates { get; }

    public static double Share(ConstantValues c, VisionRequest r)
        => c[Shares[(int)r.Model.Family, r.Trains ? 1 : 0]] * (r.ChannelsLast ? c[LastShares[(int)r.Model.Family]] : 1);

    public static double BytesMoved(ConstantValues c, VisionRequest r) => c[Moved[(int)r.Model.Family, r.Trains ? 1 : 0]]
        * (r.ChannelsLast ? c[LastMoved[(int)r.Model.Family]] : 1) * (r.Compiled ? c[CompiledMoved[(int)r.Model.Family]] : 1);
}
