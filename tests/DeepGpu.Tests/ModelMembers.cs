using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Threads;

/// <summary>What a member does with a model, as the remarks of <see cref="Model"/> sort them.</summary>
public enum MemberKind
{
    /// <summary>Tells of the model and touches no value.</summary>
    Describes,

    /// <summary>Beside everything.</summary>
    Reads,

    /// <summary>One at a time.</summary>
    Trains,

    /// <summary>Alone, in callbacks too.</summary>
    Sets,

    /// <summary>Alone.</summary>
    Changes,

    /// <summary>The values themselves, for code inside a call.</summary>
    Exposes,

    /// <summary>Returns at once, may be called twice.</summary>
    Frees,

    /// <summary>Makes another model.</summary>
    Makes,
}

/// <summary>Every public member of a model and its weights, its kind, and a call of it.</summary>
internal static class ModelMembers
{
    public static readonly Dataset Data = Datasets.GeneratedDigits(8, 1).Train;

    private static readonly CompileOptions Options = new(Optimizer.Sgd(), [new OutputTraining(Loss.SparseCategoricalCrossentropy())]);

    public static readonly IReadOnlyDictionary<string, (MemberKind Kind, Action<Model, string> Call)> All = new Members
    {
        ["Model.Spec"] = (MemberKind.Describes, (model, _) => GC.KeepAlive(model.Spec)),
        ["Model.Device"] = (MemberKind.Describes, (model, _) => GC.KeepAlive(model.Device)),
        ["Model.Extensions"] = (MemberKind.Describes, (model, _) => GC.KeepAlive(model.Extensions)),
        ["Model.Weights"] = (MemberKind.Describes, (model, _) => GC.KeepAlive(model.Weights)),
        ["LiveWeight.Name"] = (MemberKind.Describes, (model, _) => GC.KeepAlive(model.Weights[0].Name)),
        ["LiveWeight.Spec"] = (MemberKind.Describes, (model, _) => GC.KeepAlive(model.Weights[0].Spec)),
        ["LiveWeight.IsTrainable"] = (MemberKind.Describes, (model, _) => GC.KeepAlive(model.Weights[0].IsTrainable)),
        ["Model.Predict(NDArray, Int32, CancellationToken)"] = (MemberKind.Reads, (model, _) => model.Predict(Data.Input)),
        ["Model.Predict(IReadOnlyList`1, Int32, CancellationToken)"] = (MemberKind.Reads, (model, _) => model.Predict([Data.Input])),
        ["Model.PredictAsync(NDArray, Int32, CancellationToken)"]
            = (MemberKind.Reads, (model, _) => model.PredictAsync(Data.Input).GetAwaiter().GetResult()),
        ["Model.PredictAsync(IReadOnlyList`1, Int32, CancellationToken)"]
            = (MemberKind.Reads, (model, _) => model.PredictAsync([Data.Input]).GetAwaiter().GetResult()),
        ["Model.LayerOutputs(IReadOnlyList`1, String)"]
            = (MemberKind.Reads, (model, _) => model.LayerOutputs([Data.Input], model.Spec.Layers[^1].Name)),
        ["Model.GradCam(NDArray, IReadOnlyList`1, String)"] = (MemberKind.Reads, (model, _) => model.GradCam(Data.Input)),
        ["Model.Forward(Tensor)"] = (MemberKind.Reads, (model, _) => Forward(model, input => [model.Forward(input)])),
        ["Model.Forward(IReadOnlyList`1)"] = (MemberKind.Reads, (model, _) => Forward(model, input => model.Forward([input]))),
        ["Model.EvaluateAsync(DataSource, Int32, CancellationToken)"]
            = (MemberKind.Reads, (model, _) => model.EvaluateAsync(Data).GetAwaiter().GetResult()),
        ["Model.SaveAsync(String, CancellationToken)"]
            = (MemberKind.Reads, (model, folder) => model.SaveAsync(Path.Combine(folder, "saved.keras")).GetAwaiter().GetResult()),
        ["Model.PredictOnBatch(NDArray)"] = (MemberKind.Reads, (model, _) => model.PredictOnBatch(Data.Input)),
        ["Model.PredictOnBatch(IReadOnlyList`1)"] = (MemberKind.Reads, (model, _) => model.PredictOnBatch([Data.Input])),
        ["Model.ExtractFeatures(Dataset, Int32)"] = (MemberKind.Reads, (model, _) => model.ExtractFeatures(Data)),
        ["Model.ConfusionMatrix(DataSource, IReadOnlyList`1, Int32, CancellationToken)"]
            = (MemberKind.Reads, (model, _) => model.ConfusionMatrix(Data)),
        ["Model.Evaluate(DataSource, Int32, CancellationToken)"] = (MemberKind.Reads, (model, _) => model.Evaluate(Data)),
        ["Model.Save(String, CancellationToken)"] = (MemberKind.Reads, (model, folder) => model.Save(Path.Combine(folder, "saved.keras"))),
        ["Model.Save(String, OnnxOptions)"]
            = (MemberKind.Reads, (model, folder) => model.Save(Path.Combine(folder, "saved.onnx"), OnnxOptions.Default)),
        ["Model.ToOnnx(OnnxOptions)"] = (MemberKind.Reads, (model, _) => model.ToOnnx()),
        ["LiveWeight.ToArray()"] = (MemberKind.Reads, (model, _) => model.Weights[0].ToArray()),
        ["Model.Fit(DataSource, Int32, Int32, DataSource, Boolean, IReadOnlyList`1, IProgress`1, Verbosity, CancellationToken)"]
            = (MemberKind.Trains, (model, _) => model.Fit(Data)),
        ["Model.Fit(DataSource, FitOptions, CancellationToken)"] = (MemberKind.Trains, (model, _) => model.Fit(Data, new FitOptions())),
        ["Model.FitAsync(DataSource, FitOptions, CancellationToken)"]
            = (MemberKind.Trains, (model, _) => model.FitAsync(Data, new FitOptions()).GetAwaiter().GetResult()),
        ["Model.TrainOnBatch(Dataset, IReadOnlyDictionary`2, Boolean)"] = (MemberKind.Trains, (model, _) => model.TrainOnBatch(Data)),
        ["Model.TestOnBatch(Dataset, Boolean)"] = (MemberKind.Trains, (model, _) => model.TestOnBatch(Data)),
        ["Model.ResetState()"] = (MemberKind.Sets, (model, _) => model.ResetState()),
        ["Model.SwapToEvaluation()"] = (MemberKind.Sets, (model, _) => Averaged(model.SwapToEvaluation)),
        ["Model.SwapToTraining()"] = (MemberKind.Sets, (model, _) => Averaged(model.SwapToTraining)),
        ["LiveWeight.Load(NDArray)"] = (MemberKind.Sets, (model, _) => model.Weights[0].Load(Zeros(model.Weights[0]))),
        ["Model.Compile(CompileOptions)"] = (MemberKind.Changes, (model, _) => model.Compile(Options)),
        ["Model.Compile(Optimizer, Loss, IReadOnlyList`1)"]
            = (MemberKind.Changes, (model, _) => model.Compile(Optimizer.Sgd(), Loss.SparseCategoricalCrossentropy())),
        ["Model.Compile(Optimizer, Loss, IReadOnlyList`1, DataParallel)"]
            = (MemberKind.Changes, (model, _) => model.Compile(Optimizer.Sgd(), Loss.SparseCategoricalCrossentropy(), [],
                new DataParallel(new Alone()))),
        ["Model.LoadWeights(String, WeightMap, WeightLoading)"]
            = (MemberKind.Changes, (model, folder) => model.LoadWeights(Path.Combine(folder, "other.safetensors"))),
        ["Model.CopyWeights(Model, String, String)"] = (MemberKind.Changes, CopyFromAnother),
        ["Model.Quantize(Quantization, IReadOnlyCollection`1)"] = (MemberKind.Changes, (model, _) => model.Quantize(Quantization.Int8)),
        ["Model.EnableLora(Int32, Nullable`1, IReadOnlyCollection`1, Boolean)"] = (MemberKind.Changes, (model, _) => model.EnableLora(1)),
        ["Model.MergeLora()"] = (MemberKind.Changes, (model, _) =>
        {
            if (!model.Spec.Layers.SelectMany(node => node.Weights).Any(weight => weight.IsAdapter)) model.EnableLora(1);
            model.MergeLora();
        }
        ),
        ["Model.Freeze()"] = (MemberKind.Changes, (model, _) => model.Freeze()),
        ["Model.Unfreeze(Int32)"] = (MemberKind.Changes, (model, _) => model.Unfreeze(1)),
        ["LiveWeight.Tensor"] = (MemberKind.Exposes, (model, _) => GC.KeepAlive(model.Weights[0].Tensor)),
        ["LiveWeight.Value"] = (MemberKind.Exposes, (model, _) => GC.KeepAlive(model.Weights[0].Value)),
        ["Model.Dispose()"] = (MemberKind.Frees, (model, _) => model.Dispose()),
        ["LiveWeight.Dispose()"] = (MemberKind.Frees, (model, _) => model.Weights[0].Dispose()),
        ["Model.LoadAsync(String, Device, Extensions, CancellationToken)"]
            = (MemberKind.Makes, (_, folder) => Model.LoadAsync(Path.Combine(folder, "other.keras"), Device.Cpu).GetAwaiter().GetResult()
                .Dispose()),
        ["Model.Load(String, Device, Extensions, CancellationToken)"]
            = (MemberKind.Makes, (_, folder) => Model.Load(Path.Combine(folder, "other.keras"), Device.Cpu).Dispose()),
    };

    public static IEnumerable<string> Of(params MemberKind[] kinds)
        => All.Where(member => kinds.Contains(member.Value.Kind)).Select(member => member.Key);

    /// <summary>Zeros of a weight's shape.</summary>
    public static NDArray Zeros(LiveWeight weight) => NDArray.Zeros(DataType.Float32, [.. weight.Spec.Shape]);

    /// <summary>These models are compiled with an optimizer that keeps no average, which is said last.</summary>
    private static void Averaged(Action swap)
    {
        try
        {
            swap();
        }
        catch (ModelStateException e) when (e.Fault.Code == "no_averages")
        {
        }
    }

    private static void Forward(Model model, Func<torch.Tensor, IReadOnlyList<torch.Tensor>> run)
    {
        using var scope = torch.NewDisposeScope();
        run(torch.tensor(Data.Input.ToArray<float>(), [.. Data.Input.Shape.Select(length => (long)length)])).Should().HaveCount(1);
    }

    private static void CopyFromAnother(Model model, string folder)
    {
        using var other = Cnn.Small.ToModel(Device.Cpu, seed: 2);
        model.CopyWeights(other);
    }

    private sealed class Members : Dictionary<string, (MemberKind Kind, Action<Model, string> Call)>;
}
