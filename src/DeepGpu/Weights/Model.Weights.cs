using DeepGpu.Formats;
using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Models.Onnx;
using DeepGpu.Numbers;
using DeepGpu.Runtime;
using DeepGpu.Weights;
using TorchSharp;

namespace DeepGpu;

/// <content>Weights from files and from other models, and which of them training changes.</content>
public sealed partial class Model
{
    /// <summary>Loads weights from a file: safetensors and its index, PyTorch, <c>.keras</c>, <c>.h5</c>, <c>.weights.h5</c>, npz, tfjs,
    /// or this library's own.</summary>
    /// <remarks>All or nothing: names, shapes and element types are compared, and the file is read to its end,
    /// before the first weight changes. It is then
    /// read again into the weights, large tensors in parts: nothing is held twice, and only a file that breaks within
    /// this second reading leaves some
    /// weights new and others old. torch's layouts are converted.
    /// A model made from <see cref="InitialWeights.File"/> reads its file once.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="map">What the file calls otherwise; null for <see cref="WeightMap.Default"/>.</param>
    /// <param name="loading">What file and model may lack of each other. Default nothing.</param>
    /// <returns>What became of every weight and tensor.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, hostile or of another kind.</exception>
    /// <exception cref="WeightMismatchException">File and model do not belong together:
    /// every name and shape without partner is listed.</exception>
    /// <exception cref="ModelStateException">The model is being trained.</exception>
    public WeightReport LoadWeights(string path, WeightMap? map = null, WeightLoading loading = WeightLoading.Strict)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return LoadWeights(path, map ?? WeightMap.Default, loading, (plan, weights, file) => plan.Replace(weights, file, _use.Weights));
    }

    /// <summary>Copies every weight of another model, on any device, into the weights of the same names.</summary>
    /// <param name="source">The other model.</param>
    /// <param name="layer">The model inside this one that the other one became; null where both are alike. Default null.</param>
    /// <param name="sourceLayer">The model inside the other one that this one became, or that <paramref name="layer"/> did: only its
    /// weights are copied. Default null: all.</param>
    /// <exception cref="DeepGpuArgumentException">A weight of the other model is missing here or has another shape, or it has none of that
    /// layer. Nothing was copied.</exception>
    /// <exception cref="ModelStateException">The model is being trained. The other one may be: its weights are read between two
    /// steps.</exception>
    public void CopyWeights(Model source, string? layer = null, string? sourceLayer = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var changing = _use.Begin(ModelCall.Replace);
        using var reading = source._use.Begin(ModelCall.Read);
        var (first, second) = _use.Weights.WriteAndRead(source._use.Weights);
        using var outer = first;
        using var inner = second;
        var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        var (before, after) = (sourceLayer is null ? "" : sourceLayer + "/", layer is null ? "" : layer + "/");
        var pairs = source.Weights.Where(weight => weight.Name.StartsWith(before, StringComparison.Ordinal))
            .Select(weight => (From: weight, To: byName.GetValueOrDefault(after + weight.Name[before.Length..]))).ToList();
        if (pairs.Count == 0 && sourceLayer is not null) throw Require.OutOfRange(nameof(CopyWeights), nameof(sourceLayer),
            $"a layer of '{source.Spec.Name}' with weights", sourceLayer);
        if (pairs.FirstOrDefault(pair
            => pair.To is null
            || !IsAlike(pair.From.Spec, pair.To.Spec)) is { From: { } wrong }) throw Require.OutOfRange(nameof(CopyWeights), nameof(source),
            $"a model whose weights '{Spec.Name}' has too", $"one with '{wrong.Name}'");
        foreach (var (from, to) in pairs) to!.Load(from.ToArray());
    }

    private static bool IsAlike(WeightSpec one, WeightSpec other)
        => one.Shape.SequenceEqual(other.Shape) && one.ElementType == other.ElementType;

    /// <summary>Freezes every layer: training leaves the weights alone, and batch normalisation keeps its statistics.
    /// Compile again afterwards.</summary>
    /// <exception cref="ModelStateException">The model is being trained, or evaluated.</exception>
    public void Freeze() => Change(spec => spec.Freeze(), _ => []);

    /// <summary>Lets training change the last layers again, those with weights counted, the layers of models inside it one by one.
    /// Compile again afterwards, with a small learning rate.</summary>
    /// <param name="last">How many layers, counted from the output, at least 0.</param>
    /// <exception cref="ModelStateException">The model is being trained, or evaluated.</exception>
    public void Unfreeze(int last) => Change(spec => spec.Unfreeze(last), _ => []);

    /// <summary>Loads the first weights of a model that was just made. If that fails, the model is to be thrown away.</summary>
    internal void FillWeights(string path, WeightMap map)
        => LoadWeights(path, map, WeightLoading.AllowUnused, (plan, weights, file) => plan.Fill(weights, file));

    /// <summary>Loads the first weights of a model, or of a part of it, that was read from an ONNX file.</summary>
    internal void FillWeights(OnnxWeights weights, string prefix)
    {
        foreach (var weight in Weights.Where(weight => weight.Name.StartsWith(prefix, StringComparison.Ordinal)))
            weight.Load(weights.Values[weight.Name[prefix.Length..]].ToArray());
    }

    private WeightReport LoadWeights(string path, WeightMap map, WeightLoading loading,
        Action<WeightPlan, IReadOnlyDictionary<string, LiveWeight>, TensorFile> copy)
        => TorchBorder.Run(nameof(LoadWeights), () => ReadWeights(path, map, loading, copy));

    private WeightReport ReadWeights(
        string path,
        WeightMap map,
        WeightLoading loading,
        Action<WeightPlan, IReadOnlyDictionary<string, LiveWeight>, TensorFile> copy)
    {
        using var changing = _use.Begin(ModelCall.Replace);
        using var file = WeightFile.Open(path);
        var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        var plan = WeightPlan.Of(file, Spec, map, byName).Demand(loading, path);
        copy(plan, byName, file);
        return plan.Report;
    }

    /// <summary>Makes the layers of a changed description live, with the weights there are; new ones are drawn.</summary>
    /// <param name="change">Makes the changed description.</param>
    /// <param name="convert">Values of weights that replace others, made before those are gone.</param>
    private void Change(Func<ModelSpec, ModelSpec> change, Func<ModelSpec, IReadOnlyList<(string Name, NDArray Value)>> convert)
    {
        using var changing = _use.Begin(ModelCall.Rebuild);
        using var writing = _use.Weights.Write();
        var spec = change(Spec);
        var values = convert(spec);
        ReleaseTraining();
        Graph.ResetState();
        _weights.Restart();
        (Spec, Graph) = (spec, Drawing(() => TorchBorder.Run("The change of layers", () => LiveGraphOf(spec))));
        Weights = _weights.InOrder(spec);
        _weights.Keep(Weights.ToHashSet());
        var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        foreach (var (name, value) in values) byName[name].Load(value);
    }

    /// <summary>Makes layers whose weights that are not there yet are drawn.</summary>
    private LiveGraph Drawing(Func<LiveGraph> make)
    {
        using var random = new torch.Generator(new StableRandom(_seed, 1).NextBits());
        _weights.Random = random;
        try
        {
            return make();
        }
        finally
        {
            _weights.Random = null;
        }
    }
}
