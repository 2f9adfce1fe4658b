using System.Globalization;

namespace DeepGpu.Models.Onnx;

/// <summary>A graph with the shapes of all its values, for whatever lengths its inputs have.</summary>
internal sealed class OnnxProgram
{
    private const int MostKept = 8;

    private readonly Dictionary<string, IReadOnlyDictionary<string, GraphTensor>> _kept = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private OnnxProgram(OnnxGraph graph, OpenLengths lengths) => (Graph, Lengths) = (graph, lengths);

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>The lengths it leaves open.</summary>
    public OpenLengths Lengths { get; }

    /// <summary>The only batch size that the graph can take; null where it takes any.</summary>
    public long? FixedBatch { get; private init; }

    /// <summary>What is known of every value while all open lengths are open.</summary>
    public required IReadOnlyDictionary<string, GraphTensor> Described { get; init; }

    /// <summary>Works out a graph; a fixed first axis of its inputs is taken as any batch size where the graph can take others.</summary>
    /// <exception cref="ModelFormatException">A node cannot take what reaches it, whatever the lengths.</exception>
    public static OnnxProgram Of(OnnxGraph graph)
    {
        if (new OpenLengths(graph).Batch is not null || FirstLength(graph) is not { } batch) return Describing(graph);
        try
        {
            var opened = Opened(graph, batch);
            var program = Describing(opened);
            if (program.Graph.Nodes.SelectMany(node => node.Outputs).Any(output => output.Length > 0 && program.Described[output].Dims
                is { } dims
                && dims.Contains(-1))) return program;
        }
        catch (ModelFormatException e) when (e.Fault.Code == GraphShapes.MisfitCode)
        {
            // Its first axis is no batch: it stays as the file has it.
        }

        return Describing(graph, batch);
    }

    /// <summary>What is known of every value, given lengths by their names; the others stay open.</summary>
    public IReadOnlyDictionary<string, GraphTensor> At(IReadOnlyDictionary<string, long> given)
    {
        var key = string.Join('|', given.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
        lock (_lock)
        {
            if (_kept.TryGetValue(key, out var known)) return known;
            if (_kept.Count >= MostKept) _kept.Clear();
            return _kept[key] = Merged(Graph, Lengths, given);
        }
    }

    /// <summary>The lengths that shapes of the inputs give to names.</summary>
    /// <param name="shapes">A shape an input.</param>
    public IReadOnlyDictionary<string, long> Named(IReadOnlyList<Shape> shapes)
    {
        var given = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (input, shape) in Graph.Inputs.Zip(shapes).Where(pair => pair.First.Lengths?.Count == pair.Second.Rank))
            foreach (var (length, axis) in input.Lengths!.Zip(shape.Axes).Where(pair => pair.First.Symbol is not null && pair.Second
                is not null))
                given[length.Symbol!] = axis!.Value;
        return given;
    }

    /// <summary>Works out a graph for other lengths of its inputs: null leaves an axis open.</summary>
    public static OnnxProgram With(OnnxGraph graph, IReadOnlyList<Shape> shapes)
    {
        var changed = WithInputs(graph, shapes);
        return Describing(changed, new OpenLengths(changed).Batch is null ? FirstLength(changed) : null);
    }

    private static OnnxGraph WithInputs(OnnxGraph graph, IReadOnlyList<Shape> shapes)
        => graph with
        {
            Inputs = [.. graph.Inputs.Zip(shapes, (input, shape) => input with { Lengths = [.. shape.Axes.Select((length, axis)
            => new GraphLength(length, length is null ? Symbol(input, axis) : null))] })]
        };

    private static string Symbol(GraphValue input, int axis)
        => input.Lengths is { } lengths && axis < lengths.Count && lengths[axis].Symbol is { } name ? name : $"{input.Name}[{axis}]";

    private static OnnxProgram Describing(OnnxGraph graph, long? fixedBatch = null)
    {
        var lengths = new OpenLengths(graph);
        var none = new Dictionary<string, long>();
        return new(graph, lengths) { FixedBatch = fixedBatch, Described = Merged(graph, lengths, none) };
    }

    /// <summary>The graph tried with two sets of lengths: what differs is open.</summary>
    private static IReadOnlyDictionary<string, GraphTensor> Merged(OnnxGraph graph, OpenLengths lengths, IReadOnlyDictionary<string,
        long> given)
    {
        ModelFormatException? first = null;
        foreach (var (one, other) in lengths.Pairs(given))
        {
            try
            {
                var known = GraphShapes.Run(graph, one);
                return one.SequenceEqual(other) ? known : Merged(known, GraphShapes.Run(graph, other));
            }
            catch (ModelFormatException e) when (e.Fault.Code == GraphShapes.MisfitCode)
            {
                first ??= e;
            }
        }

        throw first!;
    }

    private static Dictionary<string, GraphTensor> Merged(IReadOnlyDictionary<string, GraphTensor> one,
        IReadOnlyDictionary<string, GraphTensor> other)
        => one.ToDictionary(pair => pair.Key, pair => Merged(pair.Value, other[pair.Key]), StringComparer.Ordinal);

    private static GraphTensor Merged(GraphTensor one, GraphTensor other) => one with
    {
        Dims = one.Dims is null || other.Dims?.Length != one.Dims.Length ? null
            : [.. one.Dims.Zip(other.Dims, (a, b) => a == b ? a : -1)],
        Data = one.Data is not null && other.Data is not null && one.Data.SequenceEqual(other.Data) ? one.Data : null,
        IsVarying = one.Data is not null && other.Data is not null && !one.Data.SequenceEqual(other.Data),
    };

    private static long? FirstLength(OnnxGraph graph)
        => graph.Inputs.Select(input => input.Lengths is [{ Known: { } length }, ..] ? (long?)length : null).FirstOrDefault();

    private static OnnxGraph Opened(OnnxGraph graph, long batch) => graph with
    {
        Inputs = [.. graph.Inputs.Select(input => input.Lengths is [{ Known: { } length }, ..] lengths && length == batch
            ? input with { Lengths = [new(null, "batch"), .. lengths.Skip(1)] } : input)]
    };
}
