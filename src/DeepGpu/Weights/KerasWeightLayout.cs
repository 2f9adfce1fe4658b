using System.Globalization;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Weights;

/// <summary>Where Keras 3 keeps each weight: groups addressed by class, "layers/conv2d_1", inner objects by attribute,
/// variables by number.</summary>
internal static class KerasWeightLayout
{
    /// <summary>An object with variables: its group, its name, its weights in order.</summary>
    internal sealed record KerasObject(string Path, string Name, IReadOnlyList<WeightTarget> Weights);

    /// <summary>The objects of a model and of a file. Optimizers, metrics and seeds are no weights of layers.</summary>
    public static WeightGroups Groups(IReadOnlyList<KerasVariables<TensorEntry>> stored, TensorFile file, WeightScope scope, WeightMap map)
    {
        List<KerasVariables<TensorEntry>> weights = [.. stored.Where(item => !IsState(item.Path))];
        var paths = KerasOldLayout.Today([.. weights.Select(item => item.Path)], scope.Spec);
        var objects = weights.Zip(paths, (item, path) => new StoredGroup(map.Apply(path),
            [.. item.Values.Select((tensor, i) => new StoredWeight(i.ToString(CultureInfo.InvariantCulture), tensor))])).ToList();
        var layers = Objects(scope.Spec).Where(item => item.Weights.Count > 0).Select(item
            => new TargetGroup(KerasOldLayout.Public(item.Path), item.Weights));
        return new([.. layers], objects, WeightForm.Keras,
            [.. stored.Where(item => IsState(item.Path)).SelectMany(item => item.Values)], AreNamesFixed: true);
    }

    /// <summary>Every object of a model, in order, those without variables too.</summary>
    public static IEnumerable<KerasObject> Objects(ModelSpec spec, string path = "", string prefix = "")
        => [.. Keys(spec).SelectMany(layer
            => Objects(layer.Node.Layer, $"{path}layers/{layer.Key}", layer.Node.Name, $"{prefix}{layer.Node.Name}/", layer.Node.Weights))];

    /// <summary>Every layer with its key: its class, numbered. Functions of tensors are no layers to Keras.</summary>
    public static IEnumerable<(ModelNode Node, string Key)> Keys(ModelSpec spec)
    {
        var classes = new LayerNames([]);
        return [.. spec.Layers.Where(node => node.Layer is not (TensorFunction or NotEqual or Any))
            .Select(node => (node, classes.ChooseByClass(node.Layer)))];
    }

    private static IEnumerable<KerasObject> Objects(
        Layer layer, string path, string name, string prefix, IReadOnlyList<WeightSpec> weights)
        => layer switch
        {
            NestedModel nested => Objects(nested.Model, path + "/", prefix).Prepend(new(path, name, [])),
            TimeDistributed distributed => Objects(distributed.Layer, path + "/layer", name, prefix + "layer/", Inside(weights, "layer/"))
                .Prepend(new(path, name, [])),
            SpectralNormalization => WithOuterKernel(Groups(path, name, prefix, weights)),
            _ => Groups(path, name, prefix, weights),
        };

    /// <summary>Keras's wrapper holds the kernel of the layer inside beside its own vector, and writes it a second time.</summary>
    private static IEnumerable<KerasObject> WithOuterKernel(IEnumerable<KerasObject> objects)
    {
        var (wrapper, inner) = (objects.First(), objects.Skip(1).ToList());
        var kernel = inner.SelectMany(item => item.Weights).First(weight => weight.Leaf is "kernel" or "embeddings");
        return [wrapper with { Weights = [kernel, .. wrapper.Weights] }, .. inner];
    }

    /// <summary>The layer itself, and one object for each directory in its weights' names. Low-rank matrices are part of their kernel
    /// there.</summary>
    private static IEnumerable<KerasObject> Groups(string path, string name, string prefix, IReadOnlyList<WeightSpec> all)
    {
        var weights = all.Where(weight => !weight.IsAdapter).ToList();
        var directories = weights.Select(weight => Directory(weight.Name)).Prepend("").Distinct();
        return directories.Select(directory => new KerasObject(
            directory.Length == 0 ? path : $"{path}/{directory}",
            name,
            [.. weights.Where(weight => Directory(weight.Name) == directory)
                .Select(weight => new WeightTarget(prefix + weight.Name, weight))]));
    }

    private static string Directory(string name) => name.Contains('/', StringComparison.Ordinal) ? name[..name.LastIndexOf('/')] : "";

    private static List<WeightSpec> Inside(IReadOnlyList<WeightSpec> weights, string prefix)
        => [.. weights.Select(weight => weight with { Name = weight.Name[prefix.Length..] })];

    private static bool IsState(string path)
        => path.Split('/') is var parts && (parts[0] is "optimizer" or "metrics" or "_metrics"
            || parts[^1].StartsWith("seed_generator", StringComparison.Ordinal) || parts[0].EndsWith("_tracker", StringComparison.Ordinal));
}
