using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Threads;

/// <summary>A model whose weights and predictions tell how many steps it took: every step takes the same from every weight, so what holds
/// weights of two steps shows.</summary>
internal static class StepCounter
{
    /// <summary>What a step takes from each weight.</summary>
    public const float Share = 1 / 1024f;

    private const int Branches = 24;
    private const int Width = 96;

    /// <summary>Branches side by side on one input of ones; without steps every output is 0.</summary>
    public static readonly ModelSpec Network = Parallel();

    /// <summary>One sample of ones.</summary>
    public static NDArray Ones { get; } = NDArray.From<float>([.. Enumerable.Repeat(1f, Width)], 1, Width);

    /// <summary>As many samples, with targets nobody reads.</summary>
    public static Dataset Data(int samples) => Dataset.FromArrays(
        NDArray.From<float>([.. Enumerable.Repeat(1f, samples * Width)], samples, Width),
        NDArray.Zeros(DataType.Float32, samples, Branches * Width));

    /// <summary>The model, compiled: the loss is the sum of all weights, so every gradient is 1.</summary>
    public static Model Compiled()
    {
        var model = Network.ToModel(Device.Cpu, seed: 1);
        Compile(model);
        return model;
    }

    public static void Compile(Model model) => Compile(model, Optimizer.Sgd(Share));

    public static void Compile(Model model, Optimizer optimizer)
        => model.Compile(new CompileOptions(optimizer, [.. model.Spec.Outputs.Select(_ => new OutputTraining(null))])
        {
            CustomLoss = step => Sum(model, step),
        });

    /// <summary>The sum of what is trained; the outputs count for nothing.</summary>
    private static torch.Tensor Sum(Model model, TrainingStep step)
        => model.Weights.Where(weight => weight.IsTrainable)
            .Aggregate(step.Forward()[0].sum() * Arithmetic.Number(0), (sum, weight) => sum.Plus(weight.Tensor.sum()));

    /// <summary>The steps that values tell of; null where they do not agree.</summary>
    public static double? Steps(IEnumerable<float> values, float perStep = Share)
    {
        var distinct = values.Distinct().ToList();
        return distinct.Count == 1 && Math.Round(-distinct[0] / perStep) is var steps && steps * -perStep == distinct[0] ? steps : null;
    }

    /// <summary>The steps that a row of predictions tells of; null where its parts do not agree.</summary>
    public static double? StepsOf(NDArray prediction) => Steps(prediction.ToArray<float>(), Share * Width);

    /// <summary>The steps that a model's weights tell of; null where they do not agree.</summary>
    public static double? StepsOf(Model model) => Steps(model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>()));

    private static ModelSpec Parallel()
    {
        var input = Functional.Input(Width);
        var branches = Enumerable.Range(0, Branches)
            .Select(_ => input.Apply(new Dense(Width) { UseBias = false, KernelInitializer = Initializer.Zeros })).ToArray();
        return Functional.Model([input], [branches[0].Concatenate(branches[1..])], "counter");
    }
}
