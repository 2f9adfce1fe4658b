using System.Collections.Immutable;
using DeepGpu.Formats;
using DeepGpu.Lowering;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>Which weight takes which tensors, checked before a value is copied.</summary>
/// <param name="Matches">The weights that fit, with their tensors.</param>
/// <param name="Report">What became of every weight and tensor.</param>
internal sealed record WeightPlan(IReadOnlyList<WeightMatch> Matches, WeightReport Report)
{
    /// <summary>Low-rank matrices that the file holds only added to their kernel, which start from zero.</summary>
    public IReadOnlyList<WeightTarget> Started { get; private init; } = [];

    /// <summary>A group's name where positions decide and the file does not say the order; else null.</summary>
    private string? UnknownOrder { get; init; }

    /// <summary>Compares a file with a model.</summary>
    /// <param name="file">The file.</param>
    /// <param name="spec">The model.</param>
    /// <param name="map">What the file calls otherwise.</param>
    /// <param name="live">The model's weights by name, whose layout torch's tensors must fit;
    /// null where the file is in Keras's layout whatever its names.</param>
    public static WeightPlan Of(TensorFile file, ModelSpec spec, WeightMap map, IReadOnlyDictionary<string, LiveWeight>? live = null)
    {
        var scope = WeightScope.Of(spec, map);
        var groups = WeightGroups.Of(file, scope, map, mayBeTorchs: live is not null);
        var byName = Of(groups, groups.Pairs(map.Matching == WeightMatching.ByOrder), scope, file, live);
        if (map.Matching == WeightMatching.ByOrder && !groups.HasOrder) return byName with { UnknownOrder = groups.File[0].Name };
        if (map.Matching != WeightMatching.Automatic || !groups.HasOrder || byName.Report.IsComplete || groups.AreNamesFixed
            || groups.Model.Count != groups.File.Count)
            return byName;
        var byOrder = Of(groups, groups.Pairs(byOrder: true), scope, file, live);
        return byOrder.Report.IsComplete || byName.Report.Loaded.IsEmpty ? byOrder : byName;
    }

    private static WeightPlan Of(WeightGroups groups, IEnumerable<(TargetGroup Target, StoredGroup? Stored)> pairs, WeightScope scope,
        TensorFile file, IReadOnlyDictionary<string, LiveWeight>? live)
    {
        var found = pairs
            .SelectMany(pair => pair.Target.Weights.Zip(Sources(pair.Target, groups.Converted(pair.Target, pair.Stored), groups.Form)))
            .SelectMany(item => item.Second, (item, source) => (item.First.Name, Source: source))
            .ToLookup(item => item.Name, item => item.Source, StringComparer.Ordinal);
        var matches = WeightTarget.Of(scope.Spec).Select(target
            => new WeightMatch(target with { Name = scope.Prefix + target.Name }, [.. found[target.Name]]));
        return Checked([.. groups.Form == WeightForm.Torch ? FlattenedMaps.Mark(matches, scope) : matches], live, file, groups.Ignored);
    }

    /// <summary>Reads every tensor straight into its weight, for a model that nobody has yet:
    /// it is thrown away if the file breaks on the way.</summary>
    public void Fill(IReadOnlyDictionary<string, LiveWeight> weights, TensorFile file, CancellationToken cancellation = default)
    {
        foreach (var match in Matches)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var source in match.Sources) WeightCopy.Copy(file, source, weights[match.Target.Name]);
        }

        foreach (var target in Started) weights[target.Name].Load(AdaptedValues.Start(target.Name, target.Spec));
    }

    /// <summary>Reads every tensor once to the end, then again into its weight: a file that breaks on the way leaves the weights as they
    /// were, and nothing is held twice.</summary>
    /// <param name="weights">The weights by name.</param>
    /// <param name="file">The file.</param>
    /// <param name="gate">Keeps out who reads the weights while they change; null for nobody.</param>
    public void Replace(IReadOnlyDictionary<string, LiveWeight> weights, TensorFile file, WeightGate? gate = null)
    {
        foreach (var tensor in Matches.SelectMany(match => match.Sources).SelectMany(source => source.Tensors).Distinct())
            WeightCopy.ReadThrough(file, tensor);
        using var writing = gate?.Write() ?? default;
        Fill(weights, file);
    }

    /// <summary>Refuses what the mode does not allow.</summary>
    /// <exception cref="WeightMismatchException">File and model do not belong together as the mode asks.</exception>
    public WeightPlan Demand(WeightLoading loading, string? file)
    {
        if (loading == WeightLoading.Strict && UnknownOrder is { } first) throw NoOrder(first, file);
        var isAllowed = loading switch
        {
            WeightLoading.Strict => Report.IsComplete,
            WeightLoading.AllowUnused => Report.Missing.IsEmpty && Report.Unfit.IsEmpty,
            _ => !Report.Loaded.IsEmpty || (Report.Missing.IsEmpty && Report.Unfit.IsEmpty),
        };
        return isAllowed ? this : throw new WeightMismatchException(Report, unused: loading == WeightLoading.Strict, file);
    }

    private static ModelFormatException NoOrder(string name, string? file) => new(new Fault(
        "no_order",
        "Weights are matched by order only where the file or the numbers in its names say it,",
        $"but this file lists its names alphabetically, and '{StrictJson.Printable(name)}' and the others have no number in common.",
        "Name the layers with WeightMap.Rename, or save the weights as a state dict (.pth), which keeps the order."), file);

    /// <summary>For each weight of a layer the tensors it takes.</summary>
    private static IEnumerable<IReadOnlyList<WeightSource>> Sources(TargetGroup target, StoredGroup? stored, WeightForm form)
    {
        if (stored is null) return target.Weights.Select(_ => (IReadOnlyList<WeightSource>)[]);
        return form == WeightForm.Torch
            ? target.Weights.Select(weight => TorchSources(weight, target, stored))
            : KerasSources(target, stored);
    }

    private static IReadOnlyList<WeightSource> TorchSources(WeightTarget weight, TargetGroup target, StoredGroup stored)
    {
        if (DecoderParts.Rows(weight, stored) is { Count: > 0 } rows) return rows;
        var tensors = TorchNames.Of(weight, target).Select(spellings =>
            stored.Weights.Where(item => spellings.Contains(item.Leaf)).Select(item => (StoredWeight?)item).FirstOrDefault()).ToList();
        if (tensors.Contains(null)) return [];
        var isRows = tensors.Count > 1 && weight.Spec.Shape.Length == 2;
        return [.. tensors.Select((tensor, i) =>
            new WeightSource(tensor!.Value.Tensor, tensor.Value.Form ?? WeightForm.Torch)
            { Conversion = tensor.Value.Conversion, Row = isRows ? i : null,
                IsAdded = i > 0 && !isRows })];
    }

    /// <summary>What Keras 2 puts before the name of a depthwise layer's kernel.</summary>
    private const string Depthwise = "depthwise_";

    /// <summary>By the last part of their names where all are found, else by order.</summary>
    private static IEnumerable<IReadOnlyList<WeightSource>> KerasSources(TargetGroup target, StoredGroup stored)
    {
        var byLeaf = stored.Weights.ToLookup(item => item.Leaf);
        var isNamed = target.Weights.Select(weight => weight.Leaf).Distinct().Count() == target.Weights.Count
            && target.Weights.Any(weight => byLeaf.Contains(weight.Leaf));
        return target.Weights.Select((weight, i) => isNamed
            ? byLeaf[weight.Leaf].Concat(byLeaf[Depthwise + weight.Leaf]).Take(1) : stored.Weights.Skip(i).Take(1))
            .Select(found => (IReadOnlyList<WeightSource>)[.. found.Select(item
                => new WeightSource(item.Tensor) { Conversion = item.Conversion })]);
    }

    private static WeightPlan Checked(IReadOnlyList<WeightMatch> matches, IReadOnlyDictionary<string, LiveWeight>? live, TensorFile file,
        IReadOnlyList<TensorEntry> ignored)
    {
        var unfit = matches.Select(match => WeightFit.Fault(match, live))
            .OfType<UnfitWeight>().ToDictionary(fault => fault.Weight, StringComparer.Ordinal);
        var fitting = matches.Where(match => match.Sources.Length > 0 && !unfit.ContainsKey(match.Target.Name)).ToList();
        var layers = fitting.Select(match => match.Target.Group).ToHashSet(StringComparer.Ordinal);
        var absent = matches.Where(match => match.Sources.IsEmpty).ToLookup(match => match.Target.Spec.IsAdapter);
        var taken = matches.SelectMany(match => match.Sources).SelectMany(source => source.Tensors);
        return new(
            fitting,
            new(
                [.. fitting.Select(match => new LoadedWeight(match.Target.Name,
                    [.. match.Sources.SelectMany(source => source.Tensors).Select(tensor => tensor.Name)]))],
                [.. absent[false].Select(match => new MissingWeight(match.Target.Name, match.Target.Spec.Shape))],
                [.. unfit.Values],
                [.. file.Tensors.Except(taken).Except(ignored)],
                [.. ignored]))
        {
            Started = [.. absent[true].Select(match => match.Target).Where(target => layers.Contains(target.Group))],
        };
    }
}
