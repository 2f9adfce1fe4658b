using System.Globalization;

namespace DeepGpu.Weights;

/// <summary>What the files of published decoders keep otherwise than layers here: experts each by itself, the gates of all experts in one
/// tensor.</summary>
internal static class DecoderParts
{
    private const string Router = ".router", Mixture = ".experts";

    /// <summary>How the projections of an expert are called, by the leaf of the weight that holds all of them.</summary>
    private static readonly Dictionary<string, string[]> Projections = new(StringComparer.Ordinal)
    {
        ["gate_kernel"] = ["gate_proj", "w1"],
        ["intermediate_kernel"] = ["up_proj", "w3"],
        ["output_kernel"] = ["down_proj", "w2"],
    };

    /// <summary>The groups, those of a mixture of experts as the model has them.</summary>
    public static IReadOnlyList<StoredGroup> Experts(IReadOnlyList<StoredGroup> stored, IReadOnlyList<TargetGroup> model)
    {
        var mixtures = model.Where(group => group.Name.EndsWith(Mixture, StringComparison.Ordinal)
            && group.Weights.Any(weight => weight.Leaf == "gate_kernel")).Select(group => group.Name[..^Mixture.Length]).ToHashSet();
        return mixtures.Count == 0 ? stored : [.. stored.GroupBy(group => NameOf(group.Name, mixtures), StringComparer.Ordinal)
            .Select(parts => new StoredGroup(parts.Key, [.. parts.SelectMany(part => Leaves(part, parts.Key))]))
            .Select(group => IsMixture(group.Name, mixtures) ? FusedExperts.Divided(group) : group)];
    }

    /// <summary>The tensors of all experts, a row of the weight each; none where one tensor holds them all.</summary>
    public static IReadOnlyList<WeightSource> Rows(WeightTarget weight, StoredGroup stored)
    {
        if (!Projections.TryGetValue(weight.Leaf, out var names)) return [];
        var byLeaf = stored.Weights.ToLookup(item => item.Leaf, StringComparer.Ordinal);
        var rows = Enumerable.Range(0, weight.Spec.Shape[0]).Select(expert => names
            .SelectMany(name => byLeaf[string.Create(CultureInfo.InvariantCulture, $"{expert}.{name}.weight")])
            .Select(item => new WeightSource(item.Tensor, WeightForm.Torch) { Conversion = item.Conversion, Row = expert })
            .FirstOrDefault()).ToList();
        return rows.Contains(null) ? [] : [.. rows.Select(row => row!)];
    }

    private static bool IsMixture(string name, HashSet<string> mixtures)
        => name.EndsWith(Mixture, StringComparison.Ordinal) && mixtures.Contains(name[..^Mixture.Length]);

    /// <summary>The group of the model that a group of the file belongs to.</summary>
    private static string NameOf(string name, HashSet<string> mixtures)
    {
        if (name.EndsWith(".gate", StringComparison.Ordinal) && mixtures.Contains(name[..^5])) return name[..^5] + Router;
        var at = name.IndexOf(Mixture + ".", StringComparison.Ordinal);
        return at >= 0 && mixtures.Contains(name[..at]) ? name[..at] + Mixture : name;
    }

    private static IEnumerable<StoredWeight> Leaves(StoredGroup part, string name)
    {
        if (part.Name.Length > name.Length && part.Name.StartsWith(name + ".", StringComparison.Ordinal))
            return part.Weights.Select(weight => weight with { Leaf = $"{part.Name[(name.Length + 1)..]}.{weight.Leaf}" });
        return part.Weights.Select(weight => weight.Leaf == "e_score_correction_bias" ? weight with { Leaf = "correction_bias" } : weight);
    }
}
