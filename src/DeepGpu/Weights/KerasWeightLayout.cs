using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Where Keras 3 keeps each weight: groups addressed by class, "layers/conv2d_1", inner objects by attribute, variables by number.</summary>
internal static class KerasWeightLayout
{
    /// <summary>An object with variables: its group, its name, its weights in order.</summary>
    internal sealed record KerasObject(string Path, string Name, IReadOnlyList<(string Name, WeightSpec Spec)> Weights);

    /// <summary>Matches every weight with its variable; groups the model does not have are left alone.</summary>
    /// <exception cref="ModelFormatException">A group is missing or holds another number of variables.</exception>
    public static IReadOnlyList<WeightMatch> Match(ModelSpec spec, IReadOnlyList<KerasVariables<TensorEntry>> stored)
    {
        var byPath = stored.ToDictionary(item => item.Path, StringComparer.Ordinal);
        return [.. Objects(spec).Where(item => item.Weights.Count > 0).SelectMany(item => Match(item, byPath.GetValueOrDefault(item.Path)))];
    }

    /// <summary>Every object of a model, in order, those without variables too.</summary>
    public static IEnumerable<KerasObject> Objects(ModelSpec spec, string path = "", string prefix = "")
    {
        var classes = new LayerNames([]);
        return [.. spec.Layers.SelectMany(node => Objects(node.Layer, $"{path}layers/{classes.ChooseByClass(node.Layer)}", node.Name, $"{prefix}{node.Name}/", node.Weights))];
    }

    private static IEnumerable<KerasObject> Objects(Layer layer, string path, string name, string prefix, IReadOnlyList<WeightSpec> weights) => layer switch
    {
        NestedModel nested => Objects(nested.Model, path + "/", prefix).Prepend(new(path, name, [])),
        TimeDistributed distributed => Objects(distributed.Layer, path + "/layer", name, prefix + "layer/", Inside(weights, "layer/")).Prepend(new(path, name, [])),
        _ => Groups(path, name, prefix, weights),
    };

    /// <summary>The layer itself, and one object for each directory in its weights' names.</summary>
    private static IEnumerable<KerasObject> Groups(string path, string name, string prefix, IReadOnlyList<WeightSpec> weights)
    {
        var directories = weights.Select(weight => Directory(weight.Name)).Prepend("").Distinct();
        return directories.Select(directory => new KerasObject(
            directory.Length == 0 ? path : $"{path}/{directory}",
            name,
            [.. weights.Where(weight => Directory(weight.Name) == directory).Select(weight => (prefix + weight.Name, weight))]));
    }

    private static string Directory(string name) => name.Contains('/', StringComparison.Ordinal) ? name[..name.LastIndexOf('/')] : "";

    private static List<WeightSpec> Inside(IReadOnlyList<WeightSpec> weights, string prefix) => [.. weights.Select(weight => weight with { Name = weight.Name[prefix.Length..] })];

    private static IEnumerable<WeightMatch> Match(KerasObject item, KerasVariables<TensorEntry>? stored)
    {
        if (stored is null) throw WeightMatch.Missing(item.Weights[0].Name);
        if (stored.Values.Length != item.Weights.Count) throw WeightMatch.Refuse("weight_count", $"'{item.Name}' has {item.Weights.Count} weights in '{item.Path}',", $"but the file holds {stored.Values.Length}.", item.Path);
        return item.Weights.Zip(stored.Values, (weight, tensor) => new WeightMatch(weight.Name, weight.Spec, tensor));
    }
}
