using System.Collections.Immutable;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>Whole numbers as their places in a vocabulary.</summary>
/// <remarks>Input (batch, ...) of whole numbers, output of the same shape, or rows; see <see cref="Models.OutputMode"/>.
/// Place 0 is the mask token's, if there is one and places are written as numbers; then come the unknown ones, then the vocabulary.
/// Keras: https://keras.io/api/layers/preprocessing_layers/categorical/integer_lookup/</remarks>
public sealed record IntegerLookup : CategoryLayer
{
    private readonly ValueList<long> _vocabulary;

    /// <summary>The known numbers in the order of their places; null until <see cref="Adapt"/> learns them.</summary>
    public ImmutableArray<long>? Vocabulary { get => _vocabulary.Elements; init => _vocabulary = new(Different(value)); }

    /// <summary>The most places, those for masked and unknown numbers included, at least 2; null (the default) for any number.</summary>
    public int? MaxTokens
    {
        get;
        init => field = value is { } given ? Require.AtLeast(given, 2, nameof(IntegerLookup), nameof(MaxTokens)) : null;
    }

    /// <summary>How many places unknown numbers share, at least 1 here: see <see cref="OovMethod"/>. Default 1.</summary>
    public int NumOovIndices { get; init => field = Require.AtLeast(value, 1, nameof(IntegerLookup), nameof(NumOovIndices)); } = 1;

    /// <summary>Which of their places an unknown number takes. Default <see cref="OovMethod.Floormod"/>.</summary>
    public OovMethod OovMethod { get; init; }

    /// <summary>The key of SipHash64, for <see cref="OovMethod.Farmhash"/> only; null (the default) for FarmHash64.</summary>
    public HashSalt? Salt { get; init; }

    /// <summary>The number that means "nothing here": place 0, or left out of rows; null (the default) for none.</summary>
    public long? MaskToken { get; init; }

    /// <summary>How places are written. Default as numbers.</summary>
    public OutputMode OutputMode { get; init => field = Known(value, nameof(IntegerLookup)); }

    /// <summary>Whether rows have <see cref="MaxTokens"/> places even if the vocabulary is smaller. Default false.</summary>
    public bool PadToMaxTokens { get; init; }

    /// <summary>The first place of the vocabulary.</summary>
    internal int FirstPlace => NumOovIndices + (MaskToken is not null && OutputMode == OutputMode.Int ? 1 : 0);

    /// <summary>The number of places.</summary>
    internal int Depth => PadToMaxTokens && MaxTokens is { } most ? most : FirstPlace + (Vocabulary?.Length ?? 0);

    /// <summary>The layer with the vocabulary of some data: the most frequent number first;
    /// equally frequent ones in falling order, as Keras.</summary>
    /// <param name="batches">The data, in one array or several of any shape.</param>
    public IntegerLookup Adapt(params IEnumerable<NDArray> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var counts = new TokenCounts<long>(Comparer<long>.Default);
        foreach (var batch in batches) counts.Add(ElementNumbers.Of(batch).Select(value => (long)value));
        return this with
        {
            Vocabulary = counts.Vocabulary([-1, .. MaskToken is { } mask ? [mask] : Array.Empty<long>()], MaxTokens - FirstPlace).Tokens
        };
    }

    /// <summary>Whether unknown numbers are hashed.</summary>
    internal bool HashesUnknown => OovMethod == OovMethod.Farmhash && NumOovIndices > 1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (Salt is not null && OovMethod != OovMethod.Farmhash)
        {
            throw new ShapeException("no salt, as nothing is hashed", "Set OovMethod to Farmhash, or leave Salt null.");
        }

        return Vocabulary is { } known && (MaxTokens is not { } most || FirstPlace + known.Length <= most)
            ? Encoded(input, OutputMode, Depth)
            : throw new ShapeException("a vocabulary of no more than its maximum", "Set Vocabulary, or call Adapt.");
    }

    private static ImmutableArray<long>? Different(ImmutableArray<long>? vocabulary)
        => vocabulary is { } given && given.Distinct().Count() != given.Length
            ? throw Require.OutOfRange(nameof(IntegerLookup), nameof(Vocabulary), "different numbers", "a number twice")
            : vocabulary;
}
