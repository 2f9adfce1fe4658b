using DeepGpu;
using DeepGpu.Models;

namespace RealSequences;

/// <summary>Real sequences, what is to be learned of them, and how well it goes without learning.</summary>
public sealed record SequenceTask
{
    /// <summary>What the listings train: the layers between input and head.</summary>
    public static IReadOnlyList<SequenceLayer> Cores { get; } = [new SimpleRNN(64), new LSTM(64), new GRU(64)];

    /// <summary>The samples to learn from.</summary>
    public required Dataset Train { get; init; }

    /// <summary>The samples to measure on; no choice was made by them.</summary>
    public required Dataset Test { get; init; }

    /// <summary>A core with input and head.</summary>
    public required Func<SequenceLayer, ModelSpec> Describe { get; init; }

    /// <summary>What training makes small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>Passes over the samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>What is reported: "accuracy", or an error with its unit.</summary>
    public string Measure { get; init; } = "accuracy";

    /// <summary>What the baseline reaches on the test samples.</summary>
    public required double Baseline { get; init; }

    /// <summary>The measure, by loss and accuracy on the test samples.</summary>
    public Func<IReadOnlyDictionary<string, double>, double> Score { get; init; } = measured => measured["accuracy"];

    /// <summary>Trains a model around a core and measures it on the test samples.</summary>
    /// <param name="core">A layer from (batch, time, features) to (batch, units).</param>
    /// <param name="device">Where it is trained.</param>
    /// <param name="seed">Decides weights and order.</param>
    public (ModelSpec Spec, double Score) Fit(SequenceLayer core, Device device, int seed)
    {
        using Model model = Describe(core).ToModel(device, seed);
        IReadOnlyList<Metric> metrics = Measure == "accuracy" ? [Metric.Accuracy()] : [];
        model.Compile(Optimizer.Adam(), Loss, metrics);
        model.Fit(Train, Epochs, BatchSize);
        return (model.Spec, Score(model.Evaluate(Test, batchSize: 256)));
    }

    /// <summary>The task to name one of some classes. The baseline always names the class that is the most
    /// frequent to learn from.</summary>
    public static SequenceTask Classify((NDArray Inputs, int[] Classes) train, (NDArray Inputs, int[] Classes) test, int epochs,
        Func<SequenceLayer, ModelSpec> describe)
    {
        var most = train.Classes.CountBy(c => c).MaxBy(c => c.Value).Key;
        return new()
        {
            Train = Labelled(train),
            Test = Labelled(test),
            Describe = describe,
            Loss = Loss.SparseCategoricalCrossentropy(),
            Epochs = epochs,
            Baseline = test.Classes.Count(c => c == most) / (double)test.Classes.Length,
        };
    }

    private static Dataset Labelled((NDArray Inputs, int[] Classes) samples)
        => Dataset.FromArrays(samples.Inputs, NDArray.From<int>(samples.Classes, samples.Classes.Length));
}
