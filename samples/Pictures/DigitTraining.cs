using DeepGpu;
using DeepGpu.Models;
using DeepGpu.Visuals;

namespace Pictures;

/// <summary>Pictures of a small network that learns digits.</summary>
public sealed class DigitTraining : IDisposable
{
    private readonly Dataset _test;
    private readonly Model _model;
    private readonly Lazy<History> _history;

    /// <summary>Makes digits and a network; it is trained when the first picture asks for it.</summary>
    public DigitTraining()
    {
        var (train, test) = Datasets.GeneratedDigits(trainCount: 600, testCount: 500, seed: 3);
        _test = test;
        _model = Digits().ToModel(Device.Cpu, seed: 1);
        _model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        _history = new(() => _model.Fit(train, epochs: 10, batchSize: 64, validation: test));
    }

    /// <summary>Each picture's name, and how it is drawn.</summary>
    public IReadOnlyDictionary<string, Func<Picture>> All => new Dictionary<string, Func<Picture>>
    {
        ["learning-curve"] = () => TrainingCharts.LearningCurve(_history.Value),
        ["accuracy"] = () => TrainingCharts.LearningCurve(_history.Value, "accuracy"),
        ["confusion-matrix"] = () => TrainingCharts.ConfusionMatrix(Trained.ConfusionMatrix(_test)),
        ["roc"] = () => TrainingCharts.Roc(IsThree(), Scores()),
        ["precision-recall"] = () => TrainingCharts.PrecisionRecall(IsThree(), Scores()),
        ["learning-rates"] = () => TrainingCharts.LearningRates(new LearningRateFinder { MinimumRate = 1e-5 }.Find(_model, _test)),
    };

    private Model Trained => _history.Value.Epochs > 0 ? _model : throw new InvalidOperationException("Nothing was trained.");

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static ModelSpec Digits() => Sequential.Input(28, 28, 1)
        .Conv2D(8, 5, Activation.Relu).MaxPooling2D(2)
        .Conv2D(16, 3, Activation.Relu).MaxPooling2D(2)
        .Flatten().Dense(32, Activation.Relu).Dense(10, Activation.Softmax)
        .Build();

    /// <summary>1 for threes, 0 for all others.</summary>
    private NDArray IsThree()
    {
        int[] digits = [.. Enumerable.Range(0, _test.Count).Select(i => _test.Sample(i).Targets[0].AsSpan<int>()[0])];
        return NDArray.From<float>([.. digits.Select(digit => digit == 3 ? 1f : 0f)], digits.Length);
    }

    /// <summary>How likely the network takes each for a three.</summary>
    private NDArray Scores()
    {
        var scores = Trained.Predict(_test.Input);
        return NDArray.From<float>([.. Enumerable.Range(0, _test.Count).Select(i => scores.AsSpan<float>()[i * 10 + 3])], _test.Count);
    }
}
