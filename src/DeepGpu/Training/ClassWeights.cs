using System.Globalization;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Weights of samples by the class of their target. Keras: https://keras.io/api/models/model_training_apis/</summary>
internal sealed class ClassWeights : IDisposable
{
    private readonly torch.Tensor _table;
    private readonly TargetForm _form;

    /// <summary>Brings weights to a device.</summary>
    /// <param name="weights">The weight of each class; others weigh 1.</param>
    /// <param name="form">The shape of the targets.</param>
    /// <param name="device">Where they are.</param>
    public ClassWeights(IReadOnlyDictionary<int, double> weights, TargetForm form, torch.Device device)
    {
        _form = form;
        var table = Enumerable.Range(0, weights.Keys.Max() + 2).Select(index => (float)weights.GetValueOrDefault(index, 1)).ToArray();
        _table = torch.tensor(table, device: device).DetachFromDisposeScope();
    }

    /// <summary>Whether there is a weight, each for a class from 0 and finite in single precision, in which it counts.</summary>
    public static bool AreUsable(IReadOnlyDictionary<int, double> weights)
        => weights.Count > 0 && weights.All(pair => pair.Key >= 0 && float.IsFinite((float)pair.Value));

    /// <summary>What is said of weights that are not usable.</summary>
    public static DeepGpuArgumentException Unusable(IReadOnlyDictionary<int, double> weights)
        => Require.OutOfRange("Fit", nameof(FitOptions.ClassWeights),
            "a weight, finite in single precision, for one or more classes from 0",
            string.Create(CultureInfo.InvariantCulture, $"[{string.Join(", ", weights)}]"));

    /// <summary>Checks weights against the model they are for.</summary>
    /// <exception cref="DeepGpuArgumentException">The model has several outputs, or not so many classes.</exception>
    public static void Check(IReadOnlyDictionary<int, double>? weights, ModelSpec spec)
    {
        if (weights is null) return;
        if (!AreUsable(weights)) throw Unusable(weights);
        if (spec.Outputs.Count > 1)
            throw Require.OutOfRange("Fit", nameof(FitOptions.ClassWeights),
                "null for a model with several outputs, whose classes they cannot tell apart", $"given for {spec.Outputs.Count} outputs");
        if (spec.Outputs[0].Shape[^1] is not { } units) return;
        var classes = Math.Max(units, 2);
        if (weights.Keys.Max() >= classes)
            throw Require.OutOfRange("Fit", nameof(FitOptions.ClassWeights), $"for classes from 0 to {classes - 1}", weights.Keys.Max());
    }

    /// <summary>The batch with each sample's weight times that of its class. Does not wait for the device.</summary>
    public TensorBatch Apply(TensorBatch batch)
    {
        var classes = ClassesOf(batch.Targets[0]);
        var others = _table.NumberOfElements - 1;
        var known = classes.masked_fill(classes.lt(Number(0)).logical_or(classes.gt(Number(others))), Number(others));
        var own = _table.index_select(0, known.reshape(-1)).reshape(known.shape);
        return batch with { Weights = [SampleWeights.Combined(batch.WeightsOf(0), own)!] };
    }

    public void Dispose() => _table.Dispose();

    private torch.Tensor ClassesOf(torch.Tensor target)
    {
        var hasRows = target.dim() > 1 && target.size(-1) > 1;
        if (_form == TargetForm.OneHot || hasRows && _form != TargetForm.ClassIndex) return target.argmax(-1);
        var indices = target.is_floating_point() ? target.round() : target;
        return (indices.dim() > 1 && indices.size(-1) == 1 ? indices.squeeze(-1) : indices).to(torch.ScalarType.Int64);
    }
}
