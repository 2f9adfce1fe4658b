using DeepGpu.Workloads;

namespace DeepGpu;

/// <summary>How the weights of a transformer are stored, with the scales of quantised blocks counted.</summary>
/// <remarks>Only the products of layers are quantised by AWQ, GPTQ, NF4, LLM.int8 and FP8; tables, the output's product and
/// normalisations stay in half precision. The mixes of GGUF store all of it in blocks, each kind of tensor in its own.</remarks>
public sealed partial record WeightFormat
{
    /// <summary>The name, e.g. "Q4_K_M".</summary>
    public required string Name { get; init; }

    /// <summary>Bits a weight of the layers' products, scales counted; of a mix those of most tensors.</summary>
    public required double Bits { get; init; }

    /// <summary>Bits a weight of the table of tokens.</summary>
    public required double TableBits { get; init; }

    /// <summary>Bits a weight of the output's product, where it is not the table.</summary>
    public required double OutputBits { get; init; }

    /// <summary>What the products compute in.</summary>
    public required NumberFormat Arithmetic { get; init; }

    /// <summary>Whether only weights are short, and are made longer before they are multiplied.</summary>
    public bool IsWeightOnly { get; init; }

    /// <summary>The mix of GGUF; null for the others.</summary>
    internal GgufMix? Mix { get; init; }

    /// <summary>Whether it is a file format of llama.cpp's.</summary>
    public bool IsGguf => Mix is not null;

    /// <summary>Bits a weight of the layers' products of a model.</summary>
    /// <param name="shape">The model: a mix stores some tensors of some layers in longer blocks.</param>
    public double LayerBits(TransformerShape shape) => Mix?.LayerBits(shape) ?? (OnlyExperts ? ExpertBits(shape) : Bits);

    /// <summary>Whether only experts are stored so, all else in half precision: MXFP4 as gpt-oss has it.</summary>
    public bool OnlyExperts { get; init; }

    /// <summary>Bits a weight of the output's product of a model: of a tied table the table's.</summary>
    /// <param name="shape">The model.</param>
    public double ProductBits(TransformerShape shape) => shape.HasTiedEmbeddings ? Mix is null ? TableBits : OutputBits : OutputBits;

    /// <summary>All weights.</summary>
    /// <param name="shape">The model.</param>
    public ByteSize Size(TransformerShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var products = shape.LayerProductParameters(shape.Experts?.Count ?? 0);
        var rest = shape.ParameterCount - products - shape.EmbeddingParameters - shape.OutputParameters;
        return ByteSize.FromBytes((long)((products * LayerBits(shape) + shape.EmbeddingParameters * TiedTableBits(shape)
            + shape.OutputParameters * OutputBits + rest * Math.Max(16, Bits)) / 8));
    }

    /// <summary>The weights that a step of decoding reads.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="sequences">Sequences that each get a token.</param>
    public double DecodeBytes(TransformerShape shape, double sequences = 1)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return (shape.DecodeLayerParameters(sequences) * LayerBits(shape) + shape.OutputProductParameters * ProductBits(shape)) / 8;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private double TiedTableBits(TransformerShape shape) => shape.HasTiedEmbeddings && shape.IsGenerative && IsGguf ? OutputBits
        : TableBits;

    private static double ExpertBits(TransformerShape shape)
    {
        if (shape.Experts is not { } experts) return Half;
        var all = shape.LayerProductParameters(experts.Count);
        var share = (double)shape.ExpertParameters * experts.Count * shape.MixtureLayers / all;
        return share * MicroScaled + (1 - share) * Half;
    }
}
