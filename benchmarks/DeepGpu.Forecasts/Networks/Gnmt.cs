using DeepGpu.Models;

namespace DeepGpu.Forecasts;

/// <summary>Translation by stacks of LSTMs: GNMT v2 as NVIDIA publishes it, 4 layers each way. Wu et al., 2016;
/// DeepLearningExamples, PyTorch/Translation/GNMT.</summary>
internal static class Gnmt
{
    /// <summary>Tokens of a pair of sentences, source and target together: the published hours of 6 epochs times
    /// tokens a second (824.4 minutes
    /// at 21,346) over 6 epochs and 3.5 million pairs; the number of pairs of WMT16 that are no longer than 50 tokens is assumed,
    /// not published with them.</summary>
    public const int TokensAPair = 50;

    /// <summary>Steps of a padded sentence, assumed: 25 tokens on average, batched by lengths of up to 10, 20, 30,
    /// 40 and 50 and padded to the longest of a batch.</summary>
    public const int Steps = 32;

    private const int Units = 1024;
    private const int Vocabulary = 32_320;
    private const int Layers = 4;
    private const double Dropout = 0.2;

    public static ModelSpec Build()
    {
        var embedding = new Embedding(Vocabulary, Units) { Name = "embedding" };
        var (source, target) = (Functional.Input(Steps), Functional.Input(Steps));
        var words = Decoded(target.Apply(embedding), Encoded(source.Apply(embedding)));
        return Functional.Model([source, target], [words.Dense(Vocabulary, Activation.Softmax)], "gnmt");
    }

    /// <summary>The first layer reads both ways; sums go round the layers from the third on.</summary>
    private static SymbolicTensor Encoded(SymbolicTensor x)
    {
        x = x.Dropout(Dropout).Bidirectional(Lstm());
        x = x.Dropout(Dropout).Apply(Lstm());
        for (var layer = 2; layer < Layers; layer++) x = x.Dropout(Dropout).Apply(Lstm()).Add(x);
        return x;
    }

    /// <summary>What the first layer's output attends to is joined to the input of every later layer.</summary>
    private static SymbolicTensor Decoded(SymbolicTensor x, SymbolicTensor encoded)
    {
        x = x.Dropout(Dropout).Apply(Lstm());
        var read = x.Dense(Units, useBias: false).AdditiveAttention(encoded, encoded.Dense(Units, useBias: false));
        x = x.Dropout(Dropout).Concatenate(read).Apply(Lstm());
        for (var layer = 2; layer < Layers; layer++) x = x.Dropout(Dropout).Concatenate(read).Apply(Lstm()).Add(x);
        return x;
    }

    private static LSTM Lstm() => new(Units) { ReturnSequences = true };
}
