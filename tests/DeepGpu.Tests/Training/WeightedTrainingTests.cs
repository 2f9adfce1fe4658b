using System.Runtime.InteropServices;
using DeepGpu.Data;
using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Optimizers;
using DeepGpu.Training;
using TorchSharp;

namespace DeepGpu.Tests.Training;

public class WeightedTrainingTests
{
    private static readonly ModelSpec Line = Sequential.Input(2).Dense(1).Build("line");
    private static readonly NDArray Points = NDArray.From<float>([1, 2, 3, 4, -1, 0.5f, 2, -2, 0, 1], 5, 2);
    private static readonly NDArray Heights = NDArray.From<float>([1, 0, 1, 1, 0], 5, 1);
    private static readonly NDArray Weights = NDArray.From<float>([1, 0.5f, 2, 0, 3], 5);

    [Fact]
    public void Class_weights_are_sample_weights_by_class()
    {
        var labels = NDArray.From<int>([0, 1, 2, 1, 0], 5);
        var spec = Sequential.Input(2).Dense(3, Activation.Softmax).Build();
        using var byClass = Compiled(spec, Loss.SparseCategoricalCrossentropy());
        using var bySample = Compiled(spec, Loss.SparseCategoricalCrossentropy());
        using var oneHot = Compiled(spec, Loss.CategoricalCrossentropy());
        var options = new FitOptions { Epochs = 3, Shuffle = false, ClassWeights = new Dictionary<int, double> { [1] = 4, [2] = 0.5 } };
        byClass.Fit(Dataset.FromArrays(Points, labels), options);
        oneHot.Fit(Dataset.FromArrays(Points, labels).OneHot(3), options);
        bySample.Fit(new ArrayData([Points], [labels], NDArray.From<float>([1, 4, 0.5f, 4, 1], 5)), options with { ClassWeights = null });
        Values(byClass).Should().Equal(Values(bySample));
        Values(oneHot).Zip(Values(bySample)).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Fact]
    public void Class_weights_multiply_sample_weights_of_a_binary_output()
    {
        using var both = Compiled(Line, Loss.BinaryCrossentropy(fromLogits: true));
        using var product = Compiled(Line, Loss.BinaryCrossentropy(fromLogits: true));
        var options = new FitOptions { Epochs = 2, Shuffle = false, ClassWeights = new Dictionary<int, double> { [1] = 2 } };
        both.Fit(new ArrayData([Points], [Heights], Weights), options);
        product.Fit(new ArrayData([Points], [Heights], NDArray.From<float>([2, 0.5f, 4, 0, 3], 5)), options with { ClassWeights = null });
        Values(both).Should().Equal(Values(product));
    }

    [Fact]
    public void Class_weights_that_cannot_be_are_refused()
    {
        foreach (var weights in new Dictionary<int, double>[] { [], new() { [-1] = 1 } })
        {
            FluentActions.Invoking(() => new FitOptions { ClassWeights = weights }).Should().Throw<DeepGpuArgumentException>();
        }

        using var model = Compiled(Line, Loss.BinaryCrossentropy(fromLogits: true));
        FluentActions.Invoking(() =>
            model.Fit(Dataset.FromArrays(Points, Heights), new FitOptions { ClassWeights = new Dictionary<int, double> { [2] = 1 } }))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("Fit: classWeights must be for classes from 0 to 1, but is 2.*");
    }

    [Fact]
    public void Weighted_metrics_see_the_weights_and_others_do_not()
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        model.Compile(new CompileOptions(Optimizer.Sgd(),
            [new OutputTraining(Loss.MeanSquaredError(), Metric.MeanSquaredError(), Metric.MeanSquaredError())
            {
                WeightedMetrics = [Metric.MeanSquaredError()]
            }]));
        var errors = Errors(model);
        var logs = model.Evaluate(new ArrayData([Points], [Heights], Weights), batchSize: 2);
        var weights = Weights.ToArray<float>();
        logs.Keys.Should().Equal("loss", "mean_squared_error", "mean_squared_error_1", "weighted_mean_squared_error");
        logs["mean_squared_error"].Should().BeApproximately(errors.Average(), 1e-5);
        logs["weighted_mean_squared_error"].Should().BeApproximately(errors.Zip(weights, (e, w) => e * w).Sum() / weights.Sum(), 1e-5);
        logs["loss"].Should().BeApproximately(errors.Zip(weights, (e, w) => e * w).Sum() / 5, 1e-5);
    }

    [Fact]
    public void Losses_of_several_outputs_are_weighted_and_each_has_its_sample_weights()
    {
        var input = Functional.Input(2);
        var spec = Functional.Model([input], [input.Dense(1, name: "a"), input.Dense(1, name: "b")]);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(Loss.MeanSquaredError()) { LossWeight = 2 },
            new OutputTraining(Loss.MeanAbsoluteError(), Metric.MeanAbsoluteError())]));
        var logs = model.Evaluate(new ArrayData([Points], [Heights, Heights], Weights, NDArray.From<float>([1, 1, 1, 1, 1], 5)),
            batchSize: 5);
        logs.Keys.Should().Equal("loss", "a_loss", "b_loss", "b_mean_absolute_error");
        logs["loss"].Should().BeApproximately(2 * logs["a_loss"] + logs["b_loss"], 1e-5);
        logs["b_loss"].Should().BeApproximately(logs["b_mean_absolute_error"], 1e-6);
    }

    [Fact]
    public void A_mask_reaches_loss_and_metrics()
    {
        var steps = NDArray.From<float>([1, 2, 3, 4, 5, 6, 1, 1, 0, 0, 0, 0], 2, 3, 2);
        var targets = NDArray.From<float>([1, 0, 1, 0, 100, 100], 2, 3, 1);
        using var model = Sequential.Input(3, 2).Masking().Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(new CompileOptions(Optimizer.Sgd(),
            [new OutputTraining(Loss.MeanSquaredError(), Metric.MeanSquaredError(), Metric.R2Score())
            {
                WeightedMetrics = [Metric.MeanAbsoluteError()]
            }]));
        var kept = model.Predict(steps)
            .ToArray<float>().Zip(targets.ToArray<float>(), (output, target) => output - (double)target).Take(4).ToList();
        var logs = model.Evaluate(Dataset.FromArrays(steps, targets));
        logs["loss"].Should().BeApproximately(kept.Average(e => e * e), 1e-4);
        logs["mean_squared_error"].Should().BeApproximately(kept.Average(e => e * e), 1e-4);
        logs["mean_absolute_error"].Should().BeApproximately(kept.Average(Math.Abs), 1e-5);
        logs["r2_score"].Should().BeApproximately(1 - kept.Sum(e => e * e) / 1, 1e-3);
    }

    [Theory]
    [InlineData(Reduction.SumOverBatchSize)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.MeanWithSampleWeight)]
    public void A_batch_in_parts_has_the_loss_and_the_step_of_the_whole(Reduction reduction)
    {
        using var scope = torch.NewDisposeScope();
        var whole = Step(reduction);
        var parts = Step(reduction, new Watching((phase, size) =>
        {
            if (phase == "forward" && size > 2) throw new FakeOutOfMemory();
        }));
        parts.Zip(whole).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }

    /// <summary>The loss of a step and the weights after it.</summary>
    private static List<float> Step(Reduction reduction, StepWatch? watch = null)
    {
        using var model = Line.ToModel(Device.Cpu, seed: 1);
        using var compiled = new Compiled(Line, model.Graph, model.Weights,
            new CompileOptions(Optimizer.Sgd(0.1), [new OutputTraining(Loss.MeanSquaredError(reduction))]), torch.CPU);
        var options = new FitOptions { ClassWeights = new Dictionary<int, double> { [1] = 3 }, Watch = watch ?? StepWatch.None };
        using var runner = new StepRunner(compiled, options, torch.CPU, seed: 1);
        var batch = new TensorBatch([Tensors.From(Points, torch.CPU)], [Tensors.From(Heights, torch.CPU)],
            [Tensors.From(Weights, torch.CPU)]);
        return [runner.Run(batch)![0].item<float>(), .. Values(model)];
    }

    private static Model Compiled(ModelSpec spec, Loss loss)
    {
        var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.1), loss);
        return model;
    }

    private static float[] Values(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];

    private static List<double> Errors(Model model)
        => [.. model.Predict(Points)
            .ToArray<float>().Zip(Heights.ToArray<float>(), (output, target) => ((double)output - target) * ((double)output - target))];

    private sealed class FakeOutOfMemory() : ExternalException("CUDA out of memory");
}
