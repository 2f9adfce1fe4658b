using System.Runtime.CompilerServices;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The facts of a card that a forecast of time and power rests on, in base units.</summary>
internal sealed record CardFigures
{
    /// <summary>What an unknown number of units is taken for.</summary>
    private const double UnknownUnits = 100;

    private const double UnknownBoostHertz = 1.5e9;

    /// <summary>The year that hosts' times are stated for, and the last one that was measured: not extrapolated.</summary>
    private const int StatedYear = 2018, LastYear = 2022;

    /// <summary>Years to the newest computer that was measured.</summary>
    public const double NewestYears = LastYear - StatedYear;

    /// <summary>The figures of cards by number format, kept as long as the card is.</summary>
    private static readonly ConditionalWeakTable<GpuSpec, CardFigures?[]> Known = [];

    public required int Generation { get; init; }

    /// <summary>FLOP/s of the vector units in single precision.</summary>
    public required double Vector { get; init; }

    /// <summary>FLOP/s of the matrix units in half precision, at the sums' fastest width; null without matrix units.</summary>
    public required double? Matrix { get; init; }

    public required bool HasTensorFloat32 { get; init; }

    /// <summary>Bytes a second.</summary>
    public required double Bandwidth { get; init; }

    /// <summary>Streaming multiprocessors or compute units.</summary>
    public required double Units { get; init; }

    public required double BoostHertz { get; init; }

    public required bool IsDesktop { get; init; }

    /// <summary>Years from the one that hosts' times are stated for to that of the card.</summary>
    public required double Years { get; init; }

    /// <summary>Whether the memory is stacked beside the chip (HBM): it draws less than chips on the board.</summary>
    public required bool HasStackedMemory { get; init; }

    /// <summary>The same as <see cref="Of"/>, worked out once for a card.</summary>
    public static CardFigures? KnownOf(GpuSpec card, NumberFormat format)
    {
        var formats = Known.GetValue(card, _ => new CardFigures?[Enum.GetValues<NumberFormat>().Length]);
        return formats[(int)format] ??= Of(card, format);
    }

    /// <summary>The figures of a card; null where its maker states no rate in single precision:
    /// no forecast of time is possible then.</summary>
    /// <param name="card">The card.</param>
    /// <param name="format">The number format of the work: vector units that are slower in half precision are counted with that
    /// rate.</param>
    public static CardFigures? Of(GpuSpec card, NumberFormat format = NumberFormat.Float32)
        => ReachedRates.Default.Of(card, NumberFormat.Float32) is not { } rate ? null : new()
        {
            Generation = Forecasting.Generation.PlaceOf(card),
            Vector = VectorIn(card, format, rate).FlopsPerSecond,
            Matrix = ReachedRates.Default.Matrix(card)?.FlopsPerSecond,
            HasTensorFloat32 = card.TensorFloat32MatrixRate is not null,
            Bandwidth = card.Bandwidth.BytesPerSecond,
            Units = card.ComputeUnits ?? UnknownUnits,
            BoostHertz = card.BoostClock?.Hertz ?? UnknownBoostHertz,
            IsDesktop = card.Segment == GpuSegment.Desktop,
            Years = Math.Min(card.ReleaseDate?.Year ?? StatedYear, LastYear) - StatedYear,
            HasStackedMemory = card.MemoryType?.StartsWith("HBM", StringComparison.Ordinal) == true,
        };

    private static ComputeRate VectorIn(GpuSpec card, NumberFormat format, ComputeRate single)
        => format == NumberFormat.Float16 && ReachedRates.Default.Of(card, format) is { } half && half < single ? half : single;

    /// <summary>The units that products run on in a number format.</summary>
    public ProductUnit UnitFor(NumberFormat format) => format switch
    {
        NumberFormat.Float16 or NumberFormat.BFloat16 when Matrix is not null => ProductUnit.MatrixHalf,
        NumberFormat.TensorFloat32 when Matrix is not null && HasTensorFloat32 => ProductUnit.MatrixTensorFloat32,
        _ => ProductUnit.Vector,
    };

    /// <summary>FLOP/s of those units. TensorFloat32 runs at half of the half-precision rate.</summary>
    public double PeakOf(ProductUnit unit) => unit switch
    {
        ProductUnit.MatrixHalf => Matrix!.Value,
        ProductUnit.MatrixTensorFloat32 => Matrix!.Value / 2,
        _ => Vector,
    };
}

/// <summary>What multiplies.</summary>
internal enum ProductUnit
{
    Vector,
    MatrixTensorFloat32,
    MatrixHalf,
}
