using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Groups of files whose tensors have one full name each: "conv2d/kernel" as Keras and this library write,
/// "conv1.weight" as torch does.</summary>
internal static class NamedGroups
{
    private static readonly string[] Containers = ["state_dict", "model_state_dict", "model_state", "model", "net", "params"];
    private static readonly string[] Wrappers = ["module.", "_orig_mod."];

    public static WeightGroups Of(TensorFile file, WeightScope scope, WeightMap map, bool mayBeTorchs)
        => Ordered(file, mayBeTorchs && IsTorch(file) ? Torch(file, scope, map) : Keras(file, scope, map));

    /// <summary>The groups in the order that the numbers in their names say, where the file's own is only that of the alphabet.</summary>
    private static WeightGroups Ordered(TensorFile file, WeightGroups groups)
    {
        if (!file.Format.IsSorted || !NaturalOrder.IsAlphabet(file.Tensors)) return groups;
        List<StoredGroup> ordered = [.. groups.File.OrderBy(group => group.Name, NaturalOrder.Comparer)];
        return groups with { File = ordered, HasOrder = NaturalOrder.IsSaid([.. ordered.Select(group => group.Name)]) };
    }

    private static bool IsTorch(TensorFile file)
        => !file.Format.IsOfKeras && file.Tensors.Any(tensor => TorchNames.IsLeaf(Leaf(tensor.Name)))
            && !file.Tensors.Any(tensor => tensor.Name.Contains('/', StringComparison.Ordinal));

    private static WeightGroups Torch(TensorFile file, WeightScope scope, WeightMap map)
    {
        QuantizedFiles.Refuse(file);
        var model = TorchNames.Groups(scope);
        var wanted = model.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        var best = Views(file).SelectMany(PublishedNames.Views)
            .Select(view => Renamed([.. view.Select(item => (TorchParts.Plain(item.Name), item.Tensor))], map))
            .Select(view => Whole(view, wanted)).MaxBy(view => Grouped(view).Count(group => wanted.Contains(group.Name)))!;
        var isIgnored = best.ToLookup(item => TorchNames.IsCounter(Leaf(item.Name)) || ScaledWeights.IsOfInputs(Leaf(item.Name))
            || PublishedNames.IsLeftOut(item.Name, wanted));
        var taken = best.Select(item => item.Tensor).ToHashSet();
        List<StoredGroup> stored = [.. DecoderParts.Experts([.. Grouped(isIgnored[false]).Select(ScaledWeights.Applied)], model)
            .Select(TorchParts.Normalized).SelectMany(TorchParts.Layers)];
        return new(model, PublishedNames.Turned(stored, model), WeightForm.Torch,
            [.. isIgnored[true].Select(item => item.Tensor), .. file.Tensors.Where(tensor => !taken.Contains(tensor))]);
    }

    /// <summary>A parameter that is a layer here, the only weight of a module of its own.</summary>
    private static IReadOnlyList<(string Name, TensorEntry Tensor)> Whole(IReadOnlyList<(string Name, TensorEntry Tensor)> view,
        HashSet<string> wanted) => [.. view.Select(item => wanted.Contains(item.Name) ? (item.Name + ".weight", item.Tensor) : item)];

    /// <summary>The state dict wherever a checkpoint may keep it, without what wraps every name; the whole file last.</summary>
    private static IEnumerable<IReadOnlyList<(string Name, TensorEntry Tensor)>> Views(TensorFile file)
    {
        var whole = file.Tensors.Select(tensor => (tensor.Name, Tensor: tensor)).ToList();
        var inside = Containers.Select(container => whole.Where(item => item.Name.StartsWith(container + ".", StringComparison.Ordinal))
            .Select(item => (item.Name[(container.Length + 1)..], item.Tensor)).ToList());
        return inside.Where(view => view.Count > 0).Append(whole).Select(Unwrapped);
    }

    private static IReadOnlyList<(string Name, TensorEntry Tensor)> Unwrapped(IReadOnlyList<(string Name, TensorEntry Tensor)> view)
    {
        var wrapper = Wrappers.FirstOrDefault(prefix => view.All(item => item.Name.StartsWith(prefix, StringComparison.Ordinal)));
        return wrapper is null ? view : Unwrapped([.. view.Select(item => (item.Name[wrapper.Length..], item.Tensor))]);
    }

    private static WeightGroups Keras(TensorFile file, WeightScope scope, WeightMap map)
    {
        var named = Renamed([.. file.Tensors.Select(tensor => (WithoutNumber(tensor.Name), tensor))], map);
        var model = WeightTarget.Of(scope.Spec).GroupBy(target => target.Group, StringComparer.Ordinal)
            .Select(group => new TargetGroup(group.Key, [.. group])).ToList();
        var stored = Grouped(named);
        var names = stored.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        return model.All(group => names.Contains(group.Name)) ? new(model, stored, WeightForm.Keras, []) : ByLayer(named, scope);
    }

    /// <summary>By the first part of a name that is a layer's: TensorFlow puts the model before it and a cell's name after it.</summary>
    private static WeightGroups ByLayer(IReadOnlyList<(string Name, TensorEntry Tensor)> named, WeightScope scope)
    {
        var model = KerasLegacyLayout.Layers(scope.Spec).Where(layer => layer.Weights.Count > 0).ToList();
        var layers = model.Select(layer => layer.Name).ToHashSet(StringComparer.Ordinal);
        string LayerOf(string name) => name.Split('/').SkipLast(1).FirstOrDefault(layers.Contains) ?? Group(name);
        return new(model,
            [.. named.GroupBy(item => LayerOf(item.Name), StringComparer.Ordinal)
                .Select(group => new StoredGroup(group.Key, [.. group.Select(item => new StoredWeight(Leaf(item.Name), item.Tensor))]))],
            WeightForm.Keras, []);
    }

    private static List<(string Name, TensorEntry Tensor)> Renamed(IReadOnlyList<(string Name, TensorEntry Tensor)> view, WeightMap map)
        => [.. view.Select(item => (map.Apply(item.Name), item.Tensor))];

    private static List<StoredGroup> Grouped(IEnumerable<(string Name, TensorEntry Tensor)> items)
        => [.. items.GroupBy(item => Group(item.Name), StringComparer.Ordinal)
            .Select(group => new StoredGroup(group.Key, [.. group.Select(item => new StoredWeight(Leaf(item.Name), item.Tensor))]))];

    /// <summary>TensorFlow numbers what an operation yields: "kernel:0".</summary>
    private static string WithoutNumber(string name) => name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name;

    private static int LastSeparator(string name) => name.LastIndexOf('/') is >= 0 and var slash ? slash : name.LastIndexOf('.');

    private static string Group(string name) => name[..Math.Max(0, LastSeparator(name))];

    private static string Leaf(string name) => name[(LastSeparator(name) + 1)..];
}
