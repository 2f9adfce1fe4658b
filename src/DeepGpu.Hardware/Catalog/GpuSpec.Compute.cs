namespace DeepGpu.Hardware;

public sealed partial record GpuSpec
{
    /// <summary>The manufacturing process in nanometres, as its maker names it.</summary>
    public double? ProcessNanometres { get; init; }

    /// <summary>Streaming multiprocessors (NVIDIA), compute units (AMD), Xe cores (Intel), GPU cores (Apple).</summary>
    public int? ComputeUnits { get; init; }

    /// <summary>CUDA cores, stream processors or ALUs.</summary>
    public int? Cores { get; init; }

    /// <summary>Single-precision operations a core finishes in a clock: 2 for most, 4 on designs that issue two at
    /// once (RDNA 3, CDNA 3).</summary>
    public int? FlopPerCorePerClock { get; init; }

    /// <summary>Tensor cores or matrix cores.</summary>
    public int? MatrixCores { get; init; }

    /// <summary>The highest clock the data sheet promises.</summary>
    public Frequency? BoostClock { get; init; }

    /// <summary>Double precision on the vector units.</summary>
    public ComputeRate? Float64Rate { get; init; }

    /// <summary>Single precision on the vector units. Null for accelerators whose maker states matrix rates only.</summary>
    public ComputeRate? Float32Rate { get; init; }

    /// <summary>TensorFloat-32 on the matrix units.</summary>
    public ComputeRate? TensorFloat32MatrixRate { get; init; }

    /// <summary>Half precision on the matrix units, products added in 32 bits; what training uses. Null without matrix units.</summary>
    public ComputeRate? Float16MatrixRate { get; init; }

    /// <summary>Half precision on the matrix units, products added in 16 bits: twice the rate of
    /// <see cref="Float16MatrixRate"/> on GeForce cards.</summary>
    public ComputeRate? Float16AccumulateMatrixRate { get; init; }

    /// <summary>BFloat16 on the matrix units, products added in 32 bits.</summary>
    public ComputeRate? BFloat16MatrixRate { get; init; }

    /// <summary>The 8-bit floating-point formats on the matrix units, products added in 32 bits.</summary>
    public ComputeRate? Float8MatrixRate { get; init; }

    /// <summary>The 8-bit floating-point formats on the matrix units, products added in 16 bits.</summary>
    public ComputeRate? Float8AccumulateMatrixRate { get; init; }

    /// <summary>8-bit integers, on matrix units where the card has them.</summary>
    public ComputeRate? Int8Rate { get; init; }

    /// <summary>Half precision on the vector units.</summary>
    public ComputeRate? Float16VectorRate { get; init; }

    /// <summary>4-bit floating-point formats on the matrix units.</summary>
    public ComputeRate? Float4MatrixRate { get; init; }

    /// <summary>Single precision that PyTorch reaches in large matrix products, measured; null where nobody published it.</summary>
    public ComputeRate? ReachedFloat32Rate { get; init; }

    /// <summary>Half precision that PyTorch reaches in large matrix products, measured; null where nobody published it.</summary>
    public ComputeRate? ReachedFloat16Rate { get; init; }

    /// <summary>BFloat16 that PyTorch reaches in large matrix products, measured; null where nobody published it.</summary>
    public ComputeRate? ReachedBFloat16Rate { get; init; }

    /// <summary>Whether units of the card work in the format itself, rather than by converting to a wider one.</summary>
    public bool Supports(NumberFormat format) => format switch
    {
        NumberFormat.Float32 => true,
        NumberFormat.Float64 => Float64Rate is not null,
        NumberFormat.TensorFloat32 => TensorFloat32MatrixRate is not null,
        NumberFormat.Float16 => Float16MatrixRate is not null || Float16VectorRate is not null,
        NumberFormat.BFloat16 => BFloat16MatrixRate is not null,
        NumberFormat.Float8 => Float8MatrixRate is not null,
        _ => Int8Rate is not null,
    };

    /// <summary>The rate at which a network in the format computes: the fastest units that keep its accuracy,
    /// a wider format where the card lacks it.
    /// Null where the catalogue states none.</summary>
    public ComputeRate? RateAt(NumberFormat format) => format switch
    {
        NumberFormat.Float64 => Float64Rate,
        NumberFormat.Float32 => Float32Rate ?? CountedRate,
        NumberFormat.TensorFloat32 => TensorFloat32MatrixRate ?? RateAt(NumberFormat.Float32),
        NumberFormat.Float16 => Float16MatrixRate ?? Faster(Float16VectorRate, RateAt(NumberFormat.Float32)) ?? BFloat16MatrixRate,
        NumberFormat.BFloat16 => BFloat16MatrixRate ?? RateAt(NumberFormat.Float32),
        NumberFormat.Float8 => Float8MatrixRate ?? RateAt(NumberFormat.Float16),
        _ => Int8Rate ?? RateAt(NumberFormat.Float16),
    };

    /// <summary>Cores times clock times operations of a core and clock.</summary>
    private ComputeRate? CountedRate => Cores is { } cores && BoostClock is { } clock && FlopPerCorePerClock is { } flop
        ? ComputeRate.FromTeraflops(cores * clock.Hertz * flop / 1e12)
        : null;

    private static ComputeRate? Faster(ComputeRate? first, ComputeRate? second) => second > first ? second : first ?? second;
}
