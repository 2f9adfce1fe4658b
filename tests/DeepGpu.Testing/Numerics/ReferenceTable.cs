using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>What each layer computes, written in plain loops from its formula: this repository's own statement, independent of the
/// engine.</summary>
internal static class ReferenceTable
{
    private static readonly Dictionary<Type, Func<Layer, Call, IReadOnlyList<Flow>>> Rows = [];
    private static readonly List<(Type Layer, Func<Draw, NumericCase> Draw)> Cases = [];

    static ReferenceTable()
    {
        CoreReferences.Add();
        ActivationReferences.Add();
        ConvolutionReferences.Add();
        PoolingReferences.Add();
        ReshapingReferences.Add();
        NormalizationReferences.Add();
        MergingReferences.Add();
        AttentionReferences.Add();
        PositionReferences.Add();
        TransformerReferences.Add();
        GatedReferences.Add();
        DecoderAttentionReferences.Add();
        RecurrentReferences.Add();
        WrapperReferences.Add();
        PreprocessingReferences.Add();
        RandomReferences.Add();
    }

    /// <summary>The layers without a reference, each with the reason.</summary>
    public static IReadOnlyDictionary<Type, string> Without { get; } = new Dictionary<Type, string>
    {
        [typeof(InputLayer)] = "computes nothing",
        [typeof(OnnxOperation)] = "describes what is not run",
        [typeof(Hashing)] = "computes no real number; published vectors: HashTests",
        [typeof(HashedCrossing)] = "computes no real number; published vectors: HashTests",
        [typeof(STFTSpectrogram)] = "a discrete Fourier transform in plain loops of its own: SpectrogramTests",
        [typeof(MelSpectrogram)] = "a discrete Fourier transform in plain loops of its own: SpectrogramTests",
    };

    /// <summary>The layers that are drawn beside their formula.</summary>
    public static IReadOnlyList<(Type Layer, Func<Draw, NumericCase> Draw)> Drawn => Cases;

    public static bool Contains(Type layer) => Rows.ContainsKey(layer);

    /// <summary>What a layer yields.</summary>
    public static IReadOnlyList<Flow> Run(Layer layer, Call call) => Rows[layer.GetType()](layer, call);

    /// <summary>States what a layer with several outputs computes.</summary>
    internal static void AddMany<TLayer>(Func<TLayer, Call, IReadOnlyList<Flow>> compute)
        where TLayer : Layer => Rows.Add(typeof(TLayer), (layer, call) => compute((TLayer)layer, call));

    /// <summary>States what a layer with one output computes.</summary>
    internal static void Add<TLayer>(Func<TLayer, Call, Values> compute)
        where TLayer : Layer => AddMany<TLayer>((layer, call) => [new(compute(layer, call))]);

    /// <summary>States what a layer with one output computes, and draws its cases: all that a new layer needs of tests. The other lists
    /// of cases take theirs from here.</summary>
    /// <param name="compute">The formula, in plain loops.</param>
    /// <param name="draw">Draws options and the shapes of inputs.</param>
    internal static void Add<TLayer>(Func<TLayer, Call, Values> compute, Func<Draw, NumericCase> draw)
        where TLayer : Layer
    {
        Add(compute);
        Cases.Add((typeof(TLayer), draw));
    }

    /// <summary>The same for a layer whose input's mask holds for its output.</summary>
    /// <inheritdoc cref="Add{TLayer}(Func{TLayer, Call, Values}, Func{Draw, NumericCase})"/>
    internal static void AddMasked<TLayer>(Func<TLayer, Call, Values> compute, Func<Draw, NumericCase> draw)
        where TLayer : Layer
    {
        AddMasked(compute);
        Cases.Add((typeof(TLayer), draw));
    }

    /// <summary>States what a layer with one output computes whose input's mask holds for its output.</summary>
    internal static void AddMasked<TLayer>(Func<TLayer, Call, Values> compute)
        where TLayer : Layer => AddMany<TLayer>((layer, call) => [new(compute(layer, call), call.Mask)]);
}
