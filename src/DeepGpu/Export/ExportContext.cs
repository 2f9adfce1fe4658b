using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Where a layer's rule finds the graph, the layer's weights and its inner layers.</summary>
/// <param name="graph">Takes the nodes.</param>
/// <param name="values">The numbers of a weight by its full name, in Keras's layout.</param>
/// <param name="path">The layer's name, with those of the layers around it.</param>
/// <param name="specs">The layer's weights.</param>
internal sealed class ExportContext(GraphWriter graph, Func<string, NDArray> values, string path, IReadOnlyList<WeightSpec> specs)
{
    public GraphWriter Graph { get; } = graph;

    public string Path { get; } = path;

    /// <summary>The same layer's weights with another graph: that of one step.</summary>
    public ExportContext In(GraphWriter other) => new(other, values, Path, specs);

    public bool Has(string name) => specs.Any(weight => weight.Name == name);

    public WeightNumbers Numbers(string name) => WeightNumbers.Of(values($"{Path}/{name}"));

    public WeightNumbers? OptionalNumbers(string name) => Has(name) ? Numbers(name) : null;

    /// <summary>A weight as numbers of the file, perhaps in another order.</summary>
    public GraphValue Weight(string name, Func<WeightNumbers, WeightNumbers>? change = null)
        => Keep(name, () => change is null ? Numbers(name) : change(Numbers(name)));

    public GraphValue? OptionalWeight(string name, Func<WeightNumbers, WeightNumbers>? change = null)
        => Has(name) ? Weight(name, change) : null;

    /// <summary>Numbers that are made of weights, under a name of the layer's.</summary>
    public GraphValue Keep(string name, Func<WeightNumbers> numbers)
        => Graph.Names.Constants.TryGetValue($"{Path}/{name}", out var kept) ? kept
            : Graph.Constant($"{Path}/{name}", numbers().ToArray());

    /// <summary>The rules of a layer inside this one, whose weights lie under a prefix.</summary>
    public IReadOnlyList<ExportSignal> Run(Layer layer, string prefix, IReadOnlyList<ExportSignal> inputs)
        => ExportTable.Default.Run(layer, Inner(prefix), inputs);

    public GraphValue Run(Layer layer, string prefix, GraphValue input) => Run(layer, prefix, [new(input)])[0].Tensor;

    public ExportContext Inner(string prefix)
    {
        var start = prefix + "/";
        var own = specs.Where(spec => spec.Name.StartsWith(start, StringComparison.Ordinal))
            .Select(spec => spec with { Name = spec.Name[start.Length..] });
        return new(Graph, values, $"{Path}/{prefix}", [.. own]);
    }

    /// <summary>A length that must be known.</summary>
    public static int Known(GraphValue x, int axis, string why) => x.Shape[Axes.Resolve(axis, x.Rank)]
        ?? throw new ExportRefusal($"{why} needs a known length on axis {Axes.Resolve(axis, x.Rank)}, which its input leaves open");
}
