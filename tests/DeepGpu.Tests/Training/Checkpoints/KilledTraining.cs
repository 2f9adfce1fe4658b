using System.Security.Cryptography;
using DeepGpu.Models;

namespace DeepGpu.Tests.Checkpoints;

/// <summary>A training with everything that has state: dropout, shuffling, batch statistics, a schedule, early stopping.
/// It continues where it was killed.</summary>
internal static class KilledTraining
{
    private const int Epochs = 6;

    private static readonly ModelSpec Network = Sequential.Input(28, 28, 1)
        .Conv2D(4, 5, Activation.Relu, strides: 2).BatchNormalization().MaxPooling2D(2)
        .Flatten().Dropout(0.2).Dense(10, Activation.Softmax)
        .Build("victim");

    /// <summary>Trains to the end and writes what came out.</summary>
    /// <param name="folder">Where checkpoints are kept, one a step.</param>
    /// <param name="result">The file for the outcome, written last.</param>
    public static void Run(string folder, string result)
    {
        var (data, validation) = Datasets.GeneratedDigits(320, 64);
        using var model = Network.ToModel(Device.Cpu, seed: 5);
        model.Compile(Optimizer.Adam(new ExponentialDecay(0.002, decaySteps: 10, decayRate: 0.9)),
            Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        var history = model.Fit(data, new FitOptions
        {
            Epochs = Epochs,
            Validation = validation,
            Callbacks = [new EarlyStopping(patience: 3, restoreBestWeights: true),
                new BackupAndRestore(folder, saveFrequency: 1, deleteCheckpoint: false)],
        });
        File.WriteAllText(result, Outcome(model, history));
    }

    /// <summary>Weights and history, to the last bit.</summary>
    public static string Outcome(Model model, History history)
    {
        var weights = SHA256.HashData(model.Weights.SelectMany(weight => weight.ToArray().Bytes.ToArray()).ToArray());
        var values = history.Names.Order(StringComparer.Ordinal)
            .Select(name => $"{name} {string.Join(' ', history[name].Select(value => Convert.ToHexString(BitConverter.GetBytes(value))))}");
        return string.Join('\n', values.Prepend(Convert.ToHexString(weights)));
    }
}
