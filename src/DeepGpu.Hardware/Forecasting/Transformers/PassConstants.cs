namespace DeepGpu.Hardware.Forecasting;

/// <summary>The constants of passes over a transformer's layers in one kind of software.</summary>
internal sealed class PassConstants
{
    /// <summary>Adds them to a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">The kind of software.</param>
    /// <param name="priors">Share of the rate in half and in single precision, in 8 bits and in TensorFloat32; tiles of a unit at half
    /// rate; microseconds of a layer; passes over activations.</param>
    public PassConstants(ConstantTable table, string name, double[] priors)
    {
        Constant Share(string format, int place)
            => table.Add($"{name}.{format}", priors[place], 0.3, "", "Share of the units' rate that products reach.");
        (Half, Single, Eight, TensorFloat) = (Share("half", 0), Share("single", 1), Share("eight", 2), Share("tensorfloat", 3));
        Tiles = table.Add($"{name}.tiles", priors[4], 0.6, "",
            "Tiles of 128 x 128 results a unit at which products reach half of their rate.");
        Layer = table.Add($"{name}.layer", priors[5], 0.6, "us", "Time in which the host starts a layer's work.");
        Passes = table.Add($"{name}.passes", priors[6], 0.5, "",
            "How often activations are read and written, relative to kernels of one operation each.");
    }

    public Constant Half { get; }

    public Constant Single { get; }

    public Constant Eight { get; }

    public Constant TensorFloat { get; }

    public Constant Tiles { get; }

    public Constant Layer { get; }

    public Constant Passes { get; }

    /// <summary>The share in a number format: TensorFloat32 is single precision on cards that lack it.</summary>
    public Constant Share(NumberFormat format, GpuSpec card) => format switch
    {
        NumberFormat.Float8 or NumberFormat.Int8 => Eight,
        NumberFormat.Float16 or NumberFormat.BFloat16 => Half,
        NumberFormat.TensorFloat32 when card.TensorFloat32MatrixRate is not null => TensorFloat,
        _ => Single,
    };
}
