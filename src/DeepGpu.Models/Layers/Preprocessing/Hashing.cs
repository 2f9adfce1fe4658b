namespace DeepGpu.Models;

/// <summary>Categories as bins of their hash: no vocabulary to learn, but several may share a bin.</summary>
/// <remarks>In a model: input (batch, ...) of whole numbers, hashed as their decimal text (fractions are cut off first), output of the same
/// shape, or rows; see <see cref="Models.OutputMode"/>. It runs on the processor, whatever the model's device. Texts are hashed outside
/// models by <see cref="Apply"/> and <see cref="ApplyToDocuments"/>. The hash is FarmHash64, with a salt SipHash64, in TensorFlow's form.
/// Keras: https://keras.io/api/layers/preprocessing_layers/categorical/hashing/</remarks>
public sealed record Hashing : CategoryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="numBins">The number of bins, at least 1.</param>
    public Hashing(int numBins) => NumBins = numBins;

    /// <summary>The number of bins, that of <see cref="MaskValue"/> included, at least 1.</summary>
    public int NumBins { get; init => field = Require.AtLeast(value, 1, nameof(Hashing), nameof(NumBins)); }

    /// <summary>The category that means "nothing here": bin 0, which no other has then; null (the default) for none. With one bin it is
    /// not looked for.</summary>
    public CategoryValue? MaskValue { get; init; }

    /// <summary>The key of SipHash64; null (the default) for FarmHash64.</summary>
    public HashSalt? Salt { get; init; }

    /// <summary>How bins are written. Default as numbers.</summary>
    public OutputMode OutputMode { get; init => field = Known(value, nameof(Hashing)); }

    /// <summary>The type of bins written as numbers: Int64 (the default) or Int32. Keras's <c>dtype</c>.</summary>
    public DataType IntegerType { get; init => field = Integer(value, nameof(Hashing)); } = DataType.Int64;

    /// <summary>The bins of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>Whole numbers (texts), or Float32 (texts, bins) for <see cref="OutputMode.OneHot"/>.</returns>
    /// <exception cref="DeepGpuArgumentException">The mode is for documents, or <see cref="MaskValue"/> is a number.</exception>
    public NDArray Apply(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (OutputMode is OutputMode.MultiHot or OutputMode.Count) throw WrongMode("Int or OneHot for single texts");
        long[] bins = [.. texts.Select(BinOf)];
        return OutputMode == OutputMode.Int ? Numbers(bins, IntegerType) : Rows([.. bins.Select(bin => (long[])[bin])]);
    }

    /// <summary>Documents as rows, one place for each bin.</summary>
    /// <param name="documents">Each a list of texts.</param>
    /// <returns>Float32 (documents, bins) for <see cref="OutputMode.MultiHot"/> and <see cref="OutputMode.Count"/>.</returns>
    /// <exception cref="DeepGpuArgumentException">The mode is for single texts, or <see cref="MaskValue"/> is a number.</exception>
    public NDArray ApplyToDocuments(IReadOnlyList<IReadOnlyList<string>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (OutputMode is OutputMode.Int or OutputMode.OneHot) throw WrongMode("MultiHot or Count for documents");
        return Rows([.. documents.Select(document => document.Select(BinOf).ToArray())]);
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
        => MaskValue?.Text is null ? Encoded(input, OutputMode, NumBins) : throw new ShapeException(
            "a whole number as MaskValue, as the tensors of a model hold no texts",
            "Give a number, or hash texts with Apply before the model.");

    /// <summary>The bin of a number that is not the mask's.</summary>
    internal long BinOf(long number) => FirstBin + CategoryHash.Bin(number, NumBins - FirstBin, Salt);

    /// <summary>1 where bin 0 is the mask's.</summary>
    internal int FirstBin => MaskValue is not null && NumBins > 1 ? 1 : 0;

    private long BinOf(string text)
    {
        if (MaskValue is { Text: null }) throw Require.OutOfRange(nameof(Hashing), nameof(MaskValue), "a text for texts", MaskValue);
        return FirstBin == 1 && text == MaskValue?.Text ? 0 : FirstBin + CategoryHash.Bin(text, NumBins - FirstBin, Salt);
    }

    private NDArray Rows(long[][] bins)
    {
        var rows = new float[checked(bins.Length * NumBins)];
        foreach (var (bin, i) in bins.SelectMany((row, i) => row.Select(bin => (bin, i))))
        {
            var place = i * NumBins + bin;
            rows[place] = OutputMode == OutputMode.Count ? rows[place] + 1 : 1;
        }

        return NDArray.From<float>(rows, bins.Length, NumBins);
    }

    private DeepGpuArgumentException WrongMode(string range) => Require.OutOfRange(nameof(Hashing), nameof(OutputMode), range, OutputMode);
}
