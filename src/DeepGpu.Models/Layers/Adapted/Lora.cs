using System.Collections.Immutable;
using System.IO.Enumeration;

namespace DeepGpu.Models.Layers;

/// <summary>The rules of the low-rank matrices beside a kernel or embeddings.</summary>
internal static class Lora
{
    /// <summary>A rank of at least 1; null for none.</summary>
    public static int? CheckedRank(int? rank, string owner)
        => rank is { } n ? Require.AtLeast(n, 1, owner, nameof(IAdaptable.LoraRank)) : null;

    /// <summary>A finite factor; null for the rank.</summary>
    public static double? CheckedAlpha(double? alpha, string owner)
        => alpha is { } n ? Require.Finite(n, owner, nameof(IAdaptable.LoraAlpha)) : null;

    /// <summary>The matrices beside a kernel of a layer that has several; null for none.</summary>
    public static LoraAdapter? Of(ImmutableArray<LoraAdapter>? adapters, string part)
        => adapters?.FirstOrDefault(adapter => adapter.Layer == part);

    /// <summary>The layer with matrices beside some of its kernels.</summary>
    /// <exception cref="ModelStateException">A kernel has some.</exception>
    public static TLayer Enabled<TLayer>(TLayer layer, int rank, double? alpha, IReadOnlyCollection<string> parts)
        where TLayer : Layer, IAdaptableParts
        => parts.FirstOrDefault(part => Of(layer.LoraAdapters, part) is not null) is { } twice ? throw Twice(layer, twice)
            : parts.Aggregate(layer, (changed, part) => (TLayer)changed.WithAdapter(new(part, rank, alpha ?? rank), only: false));

    /// <summary>The list with matrices added.</summary>
    public static ImmutableArray<LoraAdapter> With(ImmutableArray<LoraAdapter>? adapters, LoraAdapter adapter)
        => [.. adapters ?? [], adapter];

    /// <summary>The list without those of a part; null where none is left.</summary>
    public static ImmutableArray<LoraAdapter>? Without(ImmutableArray<LoraAdapter>? adapters, string part)
        => adapters?.RemoveAll(adapter => adapter.Layer == part) is { Length: > 0 } left ? left : null;

    /// <summary>Those of the parts of a part, by their names in it.</summary>
    public static ImmutableArray<LoraAdapter>? Inside(ImmutableArray<LoraAdapter>? adapters, string part)
    {
        var inside = adapters?.Where(adapter => adapter.Layer.StartsWith(part + "/", StringComparison.Ordinal))
            .Select(adapter => adapter with { Layer = adapter.Layer[(part.Length + 1)..] }).ToImmutableArray();
        return inside is { Length: > 0 } ? inside : null;
    }

    /// <summary>Refuses matrices beside a kernel that a layer has not.</summary>
    /// <exception cref="ShapeException">There is such a name, or one twice.</exception>
    public static void CheckNames(ImmutableArray<LoraAdapter>? adapters, IEnumerable<string> parts)
    {
        if (adapters is not { } all) return;
        var known = parts.ToList();
        if (all.FirstOrDefault(adapter => !known.Contains(adapter.Layer)) is { } unknown)
            throw new ShapeException($"LoraAdapters of its parts ({string.Join(", ", known)}), not of '{unknown.Layer}'",
                "Name one of them.");
        if (all.DistinctBy(adapter => adapter.Layer).Count() < all.Length)
            throw new ShapeException("LoraAdapters with each part once", "Leave the second entry out.");
    }

    /// <summary>The names that a list of names and patterns means, in which * stands for any letters and ? for one.</summary>
    /// <param name="names">The names and patterns.</param>
    /// <param name="possible">The names there are.</param>
    /// <param name="unknown">The first that means none of them; null where each means one.</param>
    public static HashSet<string> Chosen(IEnumerable<string> names, IReadOnlyCollection<string> possible, out string? unknown)
    {
        var found = names.Select(name => (Name: name, Paths: possible.Where(path => Means(name, path)).ToList())).ToList();
        unknown = found.FirstOrDefault(pair => pair.Paths.Count == 0).Name;
        return found.SelectMany(pair => pair.Paths).ToHashSet(StringComparer.Ordinal);
    }

    private static bool Means(string name, string path)
        => name == path || name.AsSpan().ContainsAny('*', '?') && FileSystemName.MatchesSimpleExpression(name, path, ignoreCase: false);

    /// <summary>The layer has such matrices.</summary>
    public static ModelStateException Twice(Layer layer, string? part = null) => new(new(
        "lora_enabled",
        "LoRA can be enabled once in a layer,",
        $"but '{layer.Name ?? layer.ClassName}{(part is null ? "" : "/" + part)}' has it.",
        "Set LoraRank instead to change the rank."));
}
