using System.Collections.Immutable;

namespace DeepGpu.Models.Layers;

/// <summary>How a kernel or a table of embeddings is quantised: along which of its axes scales are shared, and how it is seen as a
/// matrix.</summary>
/// <param name="Name">"kernel" or "embeddings".</param>
/// <param name="Shape">Its shape in full precision.</param>
/// <param name="ScaleShape">The shape of its scales in 8 bits.</param>
/// <param name="ScaleStrides">For each of its axes how far apart neighbours' scales are; 0 on an axis that shares them.</param>
/// <param name="Rows">Rows of the matrix that 4 bits are packed in.</param>
/// <param name="Columns">Its columns, of which two share a byte.</param>
/// <param name="BlocksAlongColumns">Whether blocks run along columns, as in embeddings; else along rows.</param>
internal sealed record MatrixForm(
    string Name,
    ImmutableArray<int> Shape,
    ImmutableArray<int> ScaleShape,
    ImmutableArray<int> ScaleStrides,
    int Rows,
    int Columns,
    bool BlocksAlongColumns = false)
{
    /// <summary>A kernel of some shape, a scale for each place of its last axis.</summary>
    public static MatrixForm OfKernel(ImmutableArray<int> shape)
    {
        var columns = shape[^1];
        return new("kernel", shape, [columns], [.. Enumerable.Repeat(0, shape.Length - 1), 1],
            shape[..^1].Aggregate(1, (product, length) => product * length), columns);
    }

    /// <summary>Values in full precision.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>The length of the axis that blocks cut.</summary>
    private int Blocked => BlocksAlongColumns ? Columns : Rows;

    /// <summary>The shape that holds the values in 4 bits.</summary>
    public ImmutableArray<int> PackedShape => [Rows, (Columns + 1) / 2];

    /// <summary>Blocks along the axis they cut.</summary>
    public int Blocks(int blockSize) => (Blocked + blockSize - 1) / blockSize;

    /// <summary>The shape of the scales in 4 bits.</summary>
    public ImmutableArray<int> PackedScaleShape(int? blockSize) => (blockSize, BlocksAlongColumns) switch
    {
        (null, true) => [Rows],
        (null, false) => [Columns],
        ({ } size, true) => [Rows, Blocks(size)],
        ({ } size, false) => [Blocks(size), Columns],
    };

    /// <summary>Where the scale of a row and column is among those of 4 bits.</summary>
    public int PackedScale(int row, int column, int? blockSize) => (blockSize, BlocksAlongColumns) switch
    {
        (null, true) => row,
        (null, false) => column,
        ({ } size, true) => row * Blocks(size) + column / size,
        ({ } size, false) => row / size * Columns + column,
    };

    /// <summary>The weights that hold the matrix, its scales and what is trained beside it, around a bias.</summary>
    /// <param name="layer">How it is quantised and adapted.</param>
    /// <param name="matrix">The matrix in full precision.</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <exception cref="ShapeException">Options contradict each other.</exception>
    public IReadOnlyList<WeightSpec> Weights(IAdaptable layer, WeightSpec matrix, WeightSpec? bias = null)
    {
        Check(layer, matrix);
        var own = layer.Quantization is { IsWhole: true }
            ? Whole(layer.Quantization is Int4Quantization ? PackedShape : Shape)
            : layer.LoraRank is null ? matrix : matrix.Frozen();
        IEnumerable<WeightSpec> all = bias is null ? [own] : [own, layer is { LoraRank: not null, LoraOnly: true } ? bias.Frozen() : bias];
        return [.. all, .. Quantized(layer.Quantization), .. layer.LoraRank is { } rank ? Beside(rank, matrix.Regularizer) : []];
    }

    /// <summary>The layer is quantised.</summary>
    internal static ModelStateException AlreadyQuantized(Layer layer) => new(new(
        "already_quantized",
        "A layer can be quantised once,",
        $"but '{layer.Name ?? layer.ClassName}' is quantised.",
        "Quantise the model as it was before."));

    private static void Check(IAdaptable layer, WeightSpec matrix)
    {
        if (layer.LoraRank is not null && matrix.Constraint is not null)
            throw new ShapeException($"no constraint on its {matrix.Name} beside LoRA", "Leave the constraint out, or LoRA.");
        if (layer.LoraRank is not null && layer.Quantization is Float8Quantization)
            throw new ShapeException("either float8 or LoRA", "Leave one of them out.");
        if (layer.Quantization is Int4Quantization { BlockSize: not null, ActivationQuantizer: not null })
            throw new ShapeException("inputs in full precision where 4 bits are kept in blocks",
                "Leave out the quantizer of activations, or the block size.");
    }

    private IEnumerable<WeightSpec> Quantized(Quantization? quantization) => quantization switch
    {
        Int8Quantization => [Scale(ScaleShape)],
        Int4Quantization { BlockSize: null } => [Scale(PackedScaleShape(null))],
        Int4Quantization { BlockSize: { } size } =>
        [
            Scale(PackedScaleShape(size)),
            Whole(PackedScaleShape(size)) with { Name = $"{Name}_zero" },
            new("g_idx", [Blocked], new BlockNumbers(size), Trainable: false) { ElementType = DataType.Float32 },
        ],
        Float8Quantization f => Float8("inputs", f).Concat(Float8(Name, f)).Concat(Float8("outputs_grad", f)),
        _ => [],
    };

    private WeightSpec Whole(ImmutableArray<int> shape)
        => new(Name, shape, Initializer.Zeros, Trainable: false) { ElementType = DataType.Int8 };

    private WeightSpec Scale(ImmutableArray<int> shape) => new($"{Name}_scale", shape, Initializer.Ones, Trainable: false);

    private static IEnumerable<WeightSpec> Float8(string name, Float8Quantization options) =>
    [
        new($"{name}_scale", [], Initializer.Ones, Trainable: false) { ElementType = DataType.Float32 },
        new($"{name}_amax_history", [options.AmaxHistoryLength], Initializer.Zeros, Trainable: false) { ElementType = DataType.Float32 },
    ];

    private IEnumerable<WeightSpec> Beside(int rank, Regularizer? regularizer) =>
    [
        new($"lora_{Name}_a", [.. Shape[..^1], rank], new HeUniform()) { Regularizer = regularizer, IsAdapter = true },
        new($"lora_{Name}_b", [rank, Shape[^1]], Initializer.Zeros) { Regularizer = regularizer, IsAdapter = true },
    ];
}

/// <summary>For each place along an axis the number of its block: 0, 0, 1, 1, 2 in blocks of two.</summary>
/// <param name="BlockSize">The length of a block.</param>
internal sealed record BlockNumbers(int BlockSize) : Initializer;
