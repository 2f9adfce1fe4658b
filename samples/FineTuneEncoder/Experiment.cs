using DeepGpu;
using DeepGpu.Models;

namespace FineTuneEncoder;

/// <summary>One way to train.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Run">Trains; gives the number of weights that were trained, and the accuracy on the sentences held back.</param>
public sealed record Stage(string Name, Func<(long Trained, double Accuracy)> Run);

/// <summary>The ways to train, on one split of the sentences.</summary>
public sealed class Experiment
{
    private const int Length = 40, Width = 32, Heads = 2, BatchSize = 64;

    private readonly Dataset _train;
    private readonly Dataset _test;
    private readonly int _epochs;
    private readonly Device _device;
    private readonly int _seed;
    private readonly Lazy<(NDArray[] Values, string[] Names)> _pretrained;

    /// <param name="reviews">The sentences.</param>
    /// <param name="epochs">Passes over them.</param>
    /// <param name="device">Where is trained.</param>
    /// <param name="seed">Decides weights and order.</param>
    public Experiment(Reviews reviews, int epochs, Device device, int seed)
    {
        (_epochs, _device, _seed) = (epochs, device, seed);
        Tokenizer = WordPieces.Learn(reviews.Train.Texts, words: 8000).With(new() { MaxLength = Length, PadToMaxLength = true });
        (_train, _test) = (reviews.Train.ToDataset(Tokenizer), reviews.Test.ToDataset(Tokenizer));
        _pretrained = new(() => Pretrain(reviews.Train.Texts));
    }

    /// <summary>The sentences' own vocabulary.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The ways, in order.</summary>
    public IReadOnlyList<Stage> Stages =>
    [
        new("LSTM", () => Learn(Sequential.Input(Length).Embedding(Tokenizer.VocabularySize, Width, maskZero: true)
            .LSTM(64).Dropout(0.3).Dense(2, Activation.Softmax).Build())),
        new("Encoder from scratch", () => Learn(Classifier)),
        new("Pretrained encoder frozen, head alone", Head),
        new("Pretrained encoder, LoRA of rank 4 and head", () => Tune(model =>
        {
            model.Freeze();
            model.EnableLora(4, layers: ["encoder/*"]);
            model.Unfreeze(last: 1);
        }, 0.002)),
        new("Pretrained encoder, all of it", () => Tune(_ => { }, 0.001)),
    ];

    private ModelSpec Encoder => Sequential.Input(Length)
        .TokenAndPositionEmbedding(Tokenizer.VocabularySize, Length, Width, maskZero: true, name: "tokens")
        .TransformerEncoder(2 * Width, Heads, dropout: 0.1, activation: Activation.Gelu, name: "block_1")
        .TransformerEncoder(2 * Width, Heads, dropout: 0.1, activation: Activation.Gelu, name: "block_2")
        .GlobalAveragePooling1D().Build("encoder");

    private static ModelSpec NewHead => Sequential.Input(Width).Dropout(0.3).Dense(2, Activation.Softmax).Build("head");

    private ModelSpec Classifier => Sequential.Input(Length).Apply(Encoder).Apply(NewHead).Build();

    private (long Trained, double Accuracy) Learn(ModelSpec spec)
    {
        using Model model = spec.ToModel(_device, _seed);
        return Fit(model, _train, _test, 0.001);
    }

    /// <summary>The encoder runs once over the sentences; every epoch is over what it yielded.</summary>
    private (long Trained, double Accuracy) Head()
    {
        using Model encoder = Encoder.ToModel(_device, _seed);
        Fill(encoder, "");
        using Model head = NewHead.ToModel(_device, _seed);
        return Fit(head, encoder.ExtractFeatures(_train), encoder.ExtractFeatures(_test), 0.01);
    }

    private (long Trained, double Accuracy) Tune(Action<Model> prepare, double rate)
    {
        using Model model = Classifier.ToModel(_device, _seed);
        Fill(model, "encoder/");
        prepare(model);
        return Fit(model, _train, _test, rate, new() { Epochs = _epochs, BatchSize = BatchSize, GradientCheckpointing = true });
    }

    private (long Trained, double Accuracy) Fit(Model model, Dataset train, Dataset test, double rate, FitOptions? options = null)
    {
        model.Compile(Optimizer.Adam(rate), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        model.Fit(train, options ?? new() { Epochs = _epochs, BatchSize = BatchSize });
        return (model.Spec.TrainableParameterCount, model.Evaluate(test, batchSize: 256)["accuracy"]);
    }

    /// <summary>Without labels: do two halves belong to one sentence? BERT learns so whether a sentence follows another.</summary>
    private (NDArray[] Values, string[] Names) Pretrain(IReadOnlyList<string> texts)
    {
        var random = new Random(_seed);
        var halves = texts.Select(text => text.Split(' ')).Select(words
            => (First: string.Join(' ', words[..(words.Length / 2)]), Second: string.Join(' ', words[(words.Length / 2)..]))).ToList();
        int[] belongs = [.. halves.Select(_ => random.Next(2))];
        var seconds = halves.Select((half, i) => belongs[i] == 1 ? half.Second : halves[random.Next(halves.Count)].Second).ToList();
        var pairs = Tokenizer.Encode([.. halves.Select(half => half.First)], seconds).ToDataset(belongs);
        using Model model = Classifier.ToModel(_device, _seed);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        model.Fit(pairs, _epochs, BatchSize);
        var weights = model.Weights.Where(weight => weight.Name.StartsWith("encoder/", StringComparison.Ordinal)).ToList();
        return ([.. weights.Select(weight => weight.ToArray())], [.. weights.Select(weight => weight.Name["encoder/".Length..])]);
    }

    private void Fill(Model model, string prefix)
    {
        var byName = model.Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        foreach (var (name, value) in _pretrained.Value.Names.Zip(_pretrained.Value.Values)) byName[prefix + name].Load(value);
    }
}
