using System.Collections.Immutable;
using System.Text;
using DeepGpu.Data;
using DeepGpu.Numbers;

namespace DeepGpu;

/// <summary>Texts with class numbers, from folders or files: Keras's <c>text_dataset_from_directory</c>.</summary>
/// <param name="Texts">The texts.</param>
/// <param name="Labels">The class number of each.</param>
/// <param name="ClassNames">The classes in the order of their numbers.</param>
public sealed record LabeledTexts(ImmutableArray<string> Texts, ImmutableArray<int> Labels, ImmutableArray<string> ClassNames)
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The number of texts.</summary>
    public int Count => Texts.Length;

    /// <summary>Each text a file (*.txt), in the folder of its class. Classes are numbered in ordinal order.</summary>
    /// <param name="path">The folder of class folders.</param>
    /// <param name="encoding">How the files are written; null (the default) for UTF-8, strictly.</param>
    /// <exception cref="TrainingDataException">The folder or a class is missing or empty, or a file is not written so:
    /// its path is named.</exception>
    public static LabeledTexts FromFolder(string path, Encoding? encoding = null)
    {
        var (names, files) = ClassFolders.Find(path, [], [".txt"], _ => { });
        return new([.. files.Select(file => Read(file.Path, encoding))], [.. files.Select(file => file.Class)], names);
    }

    /// <summary>Each text a line that is not empty, in the file of its class.
    /// Classes are numbered in the order of the files and named after them, without endings.</summary>
    /// <param name="paths">A file for each class.</param>
    /// <param name="encoding">How the files are written; null (the default) for UTF-8, strictly.</param>
    /// <exception cref="TrainingDataException">A file is missing, empty, or not written so: its path is named.</exception>
    public static LabeledTexts FromLines(IReadOnlyList<string> paths, Encoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0) throw DatasetChecks.Empty("there are no files");
        var lines = paths.Select(path => Lines(path, encoding)).ToList();
        return new([.. lines.SelectMany(all => all)], [.. lines.SelectMany((all, i) => Enumerable.Repeat(i, all.Length))],
            [.. paths.Select(path => Path.GetFileNameWithoutExtension(path))]);
    }

    /// <summary>Two parts.</summary>
    /// <param name="fraction">The share of the first, above 0 and below 1; rounded to whole texts.</param>
    /// <param name="seed">Shuffles before the cut: texts lie class by class.</param>
    /// <exception cref="TrainingDataException">One of them would be empty.</exception>
    public (LabeledTexts First, LabeledTexts Second) Split(double fraction, long seed)
    {
        var first = DatasetChecks.SplitAt(Count, fraction);
        var order = new StableRandom(seed).Permutation(Count);
        return (Part(order.Take(first)), Part(order.Skip(first)));
    }

    /// <summary>The texts as arrays.</summary>
    /// <param name="vectorization">How they become numbers. Learn its vocabulary from training texts only.</param>
    /// <returns>Inputs as the vectorization makes them, targets Int32 (texts).</returns>
    public Dataset ToDataset(TextVectorization vectorization)
    {
        ArgumentNullException.ThrowIfNull(vectorization);
        return Dataset.FromArrays(vectorization.Apply(Texts), NDArray.From<int>(Labels.AsSpan(), Count));
    }

    /// <summary>The texts as arrays, by a model's own vocabulary.</summary>
    /// <param name="tokenizer">How they become numbers.</param>
    /// <param name="inputs">Which arrays the model takes. Default the numbers of the tokens.</param>
    /// <returns>Inputs Int32 (texts, length), targets Int32 (texts).</returns>
    public Dataset ToDataset(Tokenizer tokenizer, TokenInputs inputs = TokenInputs.TokenIds)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer.Encode(Texts).ToDataset(Labels, inputs);
    }

    /// <summary>The texts as a stream: each becomes numbers when it is read.</summary>
    /// <param name="tokenizer">How they become numbers. Its options must say <see cref="TokenizerOptions.MaxLength"/>, to which every row
    /// is filled up.</param>
    /// <param name="inputs">Which arrays the model takes. Default the numbers of the tokens.</param>
    /// <returns>Samples of inputs Int32 (length), targets Int32.</returns>
    /// <exception cref="DeepGpuArgumentException">The tokenizer's options say no length.</exception>
    public DataStream ToStream(Tokenizer tokenizer, TokenInputs inputs = TokenInputs.TokenIds)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.Options.MaxLength is null)
            throw Require.OutOfRange(nameof(ToStream), nameof(TokenizerOptions.MaxLength), "a number: samples have one length", null);
        var padded = tokenizer.With(tokenizer.Options with { PadToMaxLength = true });
        return DataStream.FromFunction(Count, i => padded.Encode([Texts[i]]).ToDataset([Labels[i]], inputs).Sample(0));
    }

    private LabeledTexts Part(IEnumerable<int> positions)
    {
        var taken = positions.ToList();
        return new([.. taken.Select(i => Texts[i])], [.. taken.Select(i => Labels[i])], ClassNames);
    }

    private static string[] Lines(string path, Encoding? encoding)
    {
        if (!File.Exists(path))
            throw new TrainingDataException(new("file_missing", "A file of texts must exist,",
                $"but '{path}' {(Directory.Exists(path) ? "is a folder" : "does not")}.", "Check the path."));
        var lines = Read(path, encoding).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 ? lines : throw DatasetChecks.Empty($"'{path}' holds no line");
    }

    private static string Read(string path, Encoding? encoding)
    {
        try
        {
            return RegularFile.ReadAllText(path, encoding ?? StrictUtf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new TrainingDataException(new("not_text", "A file of texts must be valid UTF-8,",
                $"but '{path}' is not, at byte {e.Index}.", "Pass the encoding it is written in."));
        }
    }
}
