using DeepGpu.Models;

namespace DeepGpu;

/// <content>Weights from files.</content>
public sealed partial class Model
{
    /// <summary>Loads weights from a file: safetensors and its index, PyTorch, <c>.keras</c>, <c>.h5</c>, <c>.weights.h5</c>, npz, tfjs, or this library's own.</summary>
    /// <remarks>Names, shapes and element types are compared before the first value changes: a file that is refused leaves every weight as it was.
    /// torch's layouts are converted. Large tensors are read in parts, and no second copy of the model is made.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="map">What the file calls otherwise; null for <see cref="WeightMap.Default"/>.</param>
    /// <param name="loading">What file and model may lack of each other. Default nothing.</param>
    /// <returns>What became of every weight and tensor.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, hostile or of another kind.</exception>
    /// <exception cref="WeightMismatchException">File and model do not belong together: every name and shape without partner is listed.</exception>
    public WeightReport LoadWeights(string path, WeightMap? map = null, WeightLoading loading = WeightLoading.Strict)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var running = _use.Enter(this);
        using var file = WeightArchive.Open(path);
        var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        var plan = WeightPlan.Of(file.Tensors, Spec, map ?? WeightMap.Default, byName).Demand(loading, path);
        plan.Apply(byName, file.Tensors);
        return plan.Report;
    }
}
