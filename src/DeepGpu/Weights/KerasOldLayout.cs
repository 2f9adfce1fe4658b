using System.Globalization;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Groups of weights as Keras 2.12 to 2.15 addressed them, told as Keras 3 does.</summary>
/// <remarks>Their list of layers has another name, and names layers with weights twice in some versions, so that their numbers run 0, 2,
/// 4: what
/// counts is the order of a class's layers that have weights. Private attributes keep their underscore.</remarks>
internal static class KerasOldLayout
{
    private const string Layers = "_layer_checkpoint_dependencies";

    /// <summary>The paths as Keras 3 writes them, in the same order.</summary>
    /// <param name="paths">The groups that hold variables.</param>
    /// <param name="spec">The model they belong to.</param>
    public static IReadOnlyList<string> Today(IReadOnlyList<string> paths, ModelSpec spec)
    {
        List<string> today = [.. paths.Select(Public)];
        return paths.Any(path => path.StartsWith(Layers, StringComparison.Ordinal)) ? Numbered(today, spec, "layers/") : today;
    }

    /// <summary>A path without the underscores of private attributes, which some versions of Keras write and others do not.</summary>
    public static string Public(string path)
        => string.Join('/', path.Split('/').Select(part => part == Layers ? "layers" : part.TrimStart('_')));

    private static List<string> Numbered(List<string> paths, ModelSpec spec, string prefix)
    {
        var layers = KerasWeightLayout.Keys(spec).Where(layer => layer.Node.Weights.Count > 0).ToList();
        var names = Names(paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => path[prefix.Length..].Split('/')[0]).Distinct(), [.. layers.Select(layer => layer.Key)]);
        List<string> numbered = [.. paths.Select(path => Renamed(path, prefix, names))];
        return layers.Where(layer => layer.Node.Layer is NestedModel)
            .Aggregate(numbered, (known, layer) => Numbered(known, ((NestedModel)layer.Node.Layer).Model, $"{prefix}{layer.Key}/layers/"));
    }

    /// <summary>For each group the key of the layer it is of: those of a class in order, where there are as many.</summary>
    private static Dictionary<string, string> Names(IEnumerable<string> groups, IReadOnlyList<string> keys)
    {
        var byClass = keys.GroupBy(key => Split(key).Stem)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        return groups.GroupBy(group => Split(group).Stem)
            .Where(group => byClass.TryGetValue(group.Key, out var wanted) && wanted.Count == group.Count())
            .SelectMany(group => group.OrderBy(name => Split(name).Number).Zip(byClass[group.Key]))
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    private static string Renamed(string path, string prefix, Dictionary<string, string> names)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal)) return path;
        var rest = path[prefix.Length..].Split('/');
        return names.TryGetValue(rest[0], out var name) ? prefix + string.Join('/', rest.Skip(1).Prepend(name)) : path;
    }

    private static (string Stem, int Number) Split(string name)
        => name.LastIndexOf('_') is > 0 and var at
            && int.TryParse(name[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (name[..at], number) : (name, 0);
}
