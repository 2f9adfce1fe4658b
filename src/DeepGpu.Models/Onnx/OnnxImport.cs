using DeepGpu.Onnx.Files;
using DeepGpu.Onnx.Schema;

namespace DeepGpu.Models.Onnx;

/// <summary>From a file to a description.</summary>
internal static class OnnxImport
{
    private const int DeepestBranch = 32;

    public static ModelSpec Read(string path, OnnxImportOptions options)
    {
        var program = Program(OnnxFile.Read(path), options);
        var name = GraphNames.Plain(Path.GetFileNameWithoutExtension(path));
        var translated = OnnxTranslation.Of(name, program, options.ChannelsLast);
        return translated.Model ?? OnnxDescription.Of(name, program, translated.Obstacles);
    }

    /// <summary>The graph of a file with the shapes of its values.</summary>
    public static OnnxProgram Program(OnnxFile file, OnnxImportOptions options)
    {
        var graph = WithOptions(GraphReading.Read(file), options).Pruned();
        for (var depth = 0; depth < DeepestBranch; depth++)
        {
            var program = OnnxProgram.Of(WithUsedInputs(graph));
            var chosen = Chosen(program);
            if (chosen.Count == 0) return RequireStraight(program);
            graph = GraphReading.WithBranches(graph, chosen, file.Path).Pruned();
        }

        throw OnnxFault.Because("onnx_too_deep", $"Branches may lie {DeepestBranch} levels deep in each other,", "but lie deeper.");
    }

    /// <summary>The branch of each If whose condition follows from constants and shapes.</summary>
    private static Dictionary<GraphNode, GraphProto> Chosen(OnnxProgram program) => program.Graph.Nodes
        .Where(node => node is { Operator: "If", Domain: "", Inputs: [{ Length: > 0 }] })
        .Select(node => (node, program.Described[node.Inputs[0]].Data is [var condition] ? BranchReading.Of(node, condition != 0) : null))
        .Where(pair => pair.Item2 is not null).ToDictionary(pair => pair.node, pair => pair.Item2!);

    private static OnnxProgram RequireStraight(OnnxProgram program)
        => program.Graph.Nodes.FirstOrDefault(node => node.HasGraphs) is { } found
            ? throw OnnxFault.Because("onnx_control_flow", "A network whose work is the same each time is described,",
                $"but {found.FullOperator} '{StrictJson.Printable(found.Name)}' decides or repeats while it runs.", found.Name,
                "Export it without that part, or, where an input decides (a sample rate), give its value (OnnxImportOptions.Values).")
            : program;

    private static OnnxGraph WithUsedInputs(OnnxGraph graph)
    {
        var read = graph.Nodes.SelectMany(node => node.Inputs.Concat(BranchReading.Outer(node))).Concat(graph.Outputs)
            .ToHashSet(StringComparer.Ordinal);
        return graph with { Inputs = [.. graph.Inputs.Where(input => read.Contains(input.Name))] };
    }

    private static OnnxGraph WithOptions(OnnxGraph graph, OnnxImportOptions options)
    {
        Check(options.Values.Keys, [.. graph.Inputs.Select(input => input.Name)], nameof(options.Values), "an input");
        Check(options.Lengths.Keys, [.. graph.Inputs.SelectMany(Symbols).Distinct()], nameof(options.Lengths), "an open length");
        var constants = graph.Constants.ToDictionary(StringComparer.Ordinal);
        foreach (var input in graph.Inputs.Where(input => options.Values.ContainsKey(input.Name)))
            constants[input.Name] = new(Value(input, options.Values[input.Name]), IsInitializer: false);
        return graph with
        {
            Constants = constants,
            Inputs = [.. graph.Inputs.Where(input => !options.Values.ContainsKey(input.Name)).Select(input => WithLengths(input, options))],
        };
    }

    private static GraphValue WithLengths(GraphValue input, OnnxImportOptions options) => input with
    {
        Lengths = input.Lengths is null ? null : [.. input.Lengths.Select(length => length.Symbol is { } name
            && options.Lengths.TryGetValue(name, out var given)
            ? new GraphLength(Require.AtLeast(given, 1, nameof(OnnxImportOptions), nameof(OnnxImportOptions.Lengths)), null) : length)],
    };

    private static StoredTensorData Value(GraphValue input, long value)
        => StoredTensorData.Of(ConstantTensor.Of(input.Name, value, [.. (input.Lengths ?? []).Select(_ => 1L)],
            input.Type is TensorTypes.Int32 or TensorTypes.Int64 or TensorTypes.Bool ? input.Type
                : throw Require.OutOfRange(nameof(OnnxImportOptions), nameof(OnnxImportOptions.Values), "of inputs of whole numbers",
                    input.Name)), null);

    private static IEnumerable<string> Symbols(GraphValue input) => (input.Lengths ?? []).Select(length => length.Symbol).OfType<string>();

    private static void Check(IEnumerable<string> given, IReadOnlyList<string> known, string option, string what)
    {
        foreach (var name in given.Where(name => !known.Contains(name)))
            throw Require.OutOfRange(nameof(OnnxImportOptions), option, $"{what} of the file ({string.Join(", ", known)})", name);
    }
}
