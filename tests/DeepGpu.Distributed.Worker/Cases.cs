using DeepGpu.Models;

namespace DeepGpu.Distributed.Worker;

/// <summary>The trainings whose results must not depend on the number of processes.</summary>
internal static class Cases
{
    private static readonly (string Name, Optimizer Optimizer)[] Optimizers =
    [
        ("sgd", Optimizer.Sgd(0.05, momentum: 0.9)), ("adam", Optimizer.Adam(0.002)), ("adamw", Optimizer.AdamW(0.002)),
    ];

    public static IEnumerable<TrainingCase> All() => [.. Basic(), .. Special()];

    /// <summary>20 steps of batches of 64.</summary>
    private static IEnumerable<TrainingCase> Basic()
    {
        foreach (var (name, optimizer) in Optimizers)
        {
            yield return new($"dense-{name}", Dense(), Table(256), Classes(optimizer));
            yield return new($"conv-{name}", Conv(), Images(256), Classes(optimizer));
            yield return new($"lstm-{name}", Lstm(), Series(256, padded: false), Classes(optimizer));
        }
    }

    private static IEnumerable<TrainingCase> Special()
    {
        var adam = Optimizer.Adam(0.002);
        yield return new("partial-batch", Dense(), Table(201), Classes(adam)) { Validation = Table(77) };
        yield return new("batch-of-one", Dense(), Table(65), Classes(adam)) { Epochs = 10, Validation = Table(33) };
        yield return new("sample-weights", Dense(), Weighted(Table(201)), Classes(adam));
        yield return new("mean-by-weight", Dense(), Weighted(Table(201)), Classes(adam, Reduction.MeanWithSampleWeight))
        {
            Validation = Weighted(Table(65)),
        };
        yield return new("sum", Dense(), Weighted(Table(201)), Classes(Optimizer.Sgd(0.0005), Reduction.Sum));
        yield return new("class-weights", Dense(), Table(201), Classes(adam)) { ClassWeights = new Dictionary<int, double> { [1] = 3 } };
        yield return new("masks", PerStep(), Series(201, padded: true, perStep: true), Regression(adam));
        yield return new("masks-by-weight", PerStep(), Series(201, padded: true, perStep: true),
            Regression(adam, Reduction.MeanWithSampleWeight));
        yield return new("accumulation", Dense(), Table(201), Classes(Optimizer.Adam(0.002, gradientAccumulationSteps: 2)));
        yield return new("clip-norm", Dense(), Table(256), Classes(Optimizer.Adam(0.002, clipNorm: 0.05)));
        yield return new("global-clip-norm", Dense(), Table(256), Classes(Optimizer.Sgd(0.1, globalClipNorm: 0.1)));
        yield return new("loss-scale", Dense(), Table(201), Classes(adam.WithLossScaling()));
        yield return new("embedding", Embedding(), Tokens(201), Classes(adam));
        yield return new("unused-layer", TwoHeads(), TwoTargets(201), Unused());
        yield return new("penalties", Penalized(), Table(201), Classes(adam));
        yield return new("batch-norm-synchronized", BatchNorm(), Table(201), Classes(adam)) { IsSynchronized = true };
        yield return new("batch-norm-images", ConvNorm(), Images(130), Classes(adam)) { IsSynchronized = true };
        yield return new("per-rank-batch-norm", BatchNorm(), Table(201), Classes(adam));
        yield return new("dropout", Dropout(), Table(201), Classes(adam));
    }

    private static ModelSpec Dense() => Sequential.Input(7).Dense(16, Activation.Relu).Dense(3, Activation.Softmax).Build();

    private static ModelSpec Dropout() => Sequential.Input(7).Dense(16, Activation.Relu).Dropout(0.5).Dense(3, Activation.Softmax).Build();

    private static ModelSpec Penalized() => Sequential.Input(7)
        .Dense(16, Activation.Relu, kernelRegularizer: new L2(0.1), activityRegularizer: new L2(0.1))
        .Dense(3, Activation.Softmax).Build();

    private static ModelSpec BatchNorm() => Sequential.Input(7).Dense(16, useBias: false).BatchNormalization().Activate(Activation.Relu)
        .Dense(3, Activation.Softmax).Build();

    private static ModelSpec ConvNorm() => Sequential.Input(9, 8, 2).Conv2D(5, 3, useBias: false).BatchNormalization().Flatten()
        .Dense(3, Activation.Softmax).Build();

    private static ModelSpec Conv() => Sequential.Input(9, 8, 2).Conv2D(5, 3, Activation.Relu).MaxPooling2D(2).Flatten()
        .Dense(3, Activation.Softmax).Build();

    private static ModelSpec Lstm() => Sequential.Input(6, 4).LSTM(8).Dense(3, Activation.Softmax).Build();

    private static ModelSpec PerStep() => Sequential.Input(6, 4).Masking().LSTM(8, returnSequences: true).Dense(1).Build();

    private static ModelSpec Embedding() => Sequential.Input(6).Embedding(30, 5, maskZero: true).GlobalAveragePooling1D()
        .Dense(3, Activation.Softmax).Build();

    private static ModelSpec TwoHeads()
    {
        var x = Functional.Input(7);
        var shared = x.Dense(8, Activation.Relu);
        return Functional.Model([x], [shared.Dense(3, Activation.Softmax, name: "used"), shared.Dense(2, name: "unused")]);
    }

    private static CompileOptions Classes(Optimizer optimizer, Reduction reduction = Reduction.SumOverBatchSize)
        => new(optimizer, [new(Loss.SparseCategoricalCrossentropy(reduction: reduction),
            Metric.Accuracy()) { WeightedMetrics = [Metric.Accuracy()] }]);

    private static CompileOptions Regression(Optimizer optimizer, Reduction reduction = Reduction.SumOverBatchSize)
        => new(optimizer, [new(Loss.MeanSquaredError(reduction), Metric.MeanAbsoluteError(), Metric.R2Score())]);

    private static CompileOptions Unused() => new(Optimizer.AdamW(0.002),
        [new(Loss.SparseCategoricalCrossentropy(), Metric.Accuracy()), new(null)]);

    private static Dataset Table(int samples) => Dataset.FromArrays(Numbers(samples, samples, 7), Targets(samples));

    private static Dataset TwoTargets(int samples)
        => Dataset.FromArrays([Numbers(samples, samples, 7)], [Targets(samples), NDArray.Zeros(DataType.Float32, [samples, 2])]);

    private static Dataset Images(int samples) => Dataset.FromArrays(Numbers(samples, samples, 9, 8, 2), Targets(samples));

    private static Dataset Tokens(int samples)
    {
        var random = new Random(5);
        return Dataset.FromArrays(NDArray.From<int>([.. Enumerable.Range(0, samples * 6).Select(_ => random.Next(30))], samples, 6),
            Targets(samples));
    }

    /// <summary>Padded ones have 0 to 5 steps of zeros at their end, more of them in the first samples.</summary>
    private static Dataset Series(int samples, bool padded, bool perStep = false)
    {
        var values = Numbers(11, samples, 6, 4).ToArray<float>();
        for (var i = 0; padded && i < samples; i++) Array.Clear(values, i * 24 + 4 * (6 - i % 6), 4 * (i % 6));
        return Dataset.FromArrays(NDArray.From<float>(values, samples, 6, 4), perStep ? Numbers(12, samples, 6, 1) : Targets(samples));
    }

    private static Dataset Weighted(Dataset data)
    {
        var random = new Random(3);
        var weights = Enumerable.Range(0, data.Count).Select(_ => random.NextSingle() * 4).ToArray();
        return Dataset.FromArrays(data.Input, data.Target, NDArray.From<float>(weights, data.Count));
    }

    private static NDArray Numbers(int seed, params int[] shape)
    {
        var random = new Random(seed);
        return NDArray.From<float>([.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle() * 2 - 1)],
            shape);
    }

    private static NDArray Targets(int samples)
    {
        var random = new Random(9);
        return NDArray.From<int>([.. Enumerable.Range(0, samples).Select(_ => random.Next(3))], samples);
    }
}
