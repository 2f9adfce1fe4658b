using DeepGpu.Onnx.Files;
using DeepGpu.Onnx.Schema;

namespace DeepGpu.Models.Onnx;

/// <summary>Takes the messages of a file apart into a graph.</summary>
internal sealed class GraphReading
{
    /// <summary>The oldest version of ONNX's operators that is read (December 2018).</summary>
    public const int OldestVersion = 7;

    private const int MostNodes = 500_000;
    private const int DeepestFunction = 16;

    private readonly string? _path;
    private readonly Dictionary<(string Domain, string Name), FunctionProto> _functions = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphConstant> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphValue> _known = new(StringComparer.Ordinal);
    private readonly GraphNames _names = new();

    private GraphReading(string? path) => _path = path;

    /// <summary>Reads a file's graph.</summary>
    /// <exception cref="ModelFormatException">It is damaged, or of a version that is not read.</exception>
    public static OnnxGraph Read(OnnxFile file) => new GraphReading(file.Path).Read(file.Model);

    /// <summary>The graph with the chosen branches of its Ifs in their places.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="chosen">The branch of each If whose condition is known.</param>
    /// <param name="path">The file, beside which weights may lie.</param>
    public static OnnxGraph WithBranches(OnnxGraph graph, IReadOnlyDictionary<GraphNode, GraphProto> chosen, string? path)
    {
        var reading = new GraphReading(path);
        foreach (var (name, constant) in graph.Constants) reading._constants[name] = constant;
        foreach (var (name, known) in graph.Known) reading._known[name] = known;
        foreach (var input in graph.Inputs) reading._written.Add(input.Name);
        foreach (var node in graph.Nodes)
        {
            if (chosen.TryGetValue(node, out var branch)) reading.AddBranch(node, branch);
            else reading.Add(node);
        }

        return graph with { Nodes = reading._nodes, Constants = reading._constants, Known = reading._known };
    }

    private OnnxGraph Read(ModelProto model)
    {
        foreach (var function in model.Functions) _functions[(Own(function.Domain), function.Name)] = function;
        var versions = Versions(model.OpsetImport);
        AddConstants(model.Graph);
        var inputs = model.Graph.Input.Where(input => !_constants.ContainsKey(input.Name)).Select(GraphValue.Of).ToList();
        foreach (var input in inputs) if (!_written.Add(input.Name)) throw Twice(input.Name);
        foreach (var value in model.Graph.ValueInfo.Concat(model.Graph.Output)) _known[value.Name] = GraphValue.Of(value);
        foreach (var node in model.Graph.Node) Add(node, versions, Scope.Outermost, 0);
        foreach (var output in model.Graph.Output) CheckRead(output.Name, "the graph");
        return new()
        {
            Name = model.Graph.Name.Length > 0 ? model.Graph.Name : "onnx",
            Inputs = inputs,
            Outputs = [.. model.Graph.Output.Select(output => output.Name)],
            Nodes = _nodes,
            Constants = _constants,
            Known = _known,
        };
    }

    private void Add(NodeProto node, IReadOnlyDictionary<string, int> versions, Scope scope, int depth)
    {
        var domain = Own(node.Domain);
        if (_functions.TryGetValue((domain, node.OpType), out var function))
        {
            AddFunction(node, function, versions, scope, depth);
            return;
        }

        Add(new GraphNode(_names.Of(node, scope.Prefix), domain, node.OpType, versions.GetValueOrDefault(domain, 1),
            [.. node.Input.Select(scope.Outside)], [.. node.Output.Select(scope.Outside)], scope.Attributes(node)));
    }

    private void Add(GraphNode node)
    {
        if (_nodes.Count >= MostNodes)
            throw OnnxFault.Because("onnx_too_many", $"A graph may have {MostNodes:N0} nodes,",
                "but has more, with those of its functions.");
        foreach (var input in node.Inputs) CheckRead(input, node.Name);
        foreach (var output in node.Outputs)
            if (output.Length > 0 && (_constants.ContainsKey(output) || !_written.Add(output))) throw Twice(output);
        if (node is { Operator: "Constant", Domain: "" } && ConstantTensor.Of(node) is { } tensor)
            _constants[node.Outputs[0]] = new(StoredTensorData.Of(tensor, _path), IsInitializer: false);
        else
            _nodes.Add(node);
    }

    /// <summary>A function of the file in place of its call: names inside get the call's name before them.</summary>
    private void AddFunction(NodeProto node, FunctionProto function, IReadOnlyDictionary<string, int> versions, Scope scope, int depth)
    {
        if (depth >= DeepestFunction)
            throw OnnxFault.Because("onnx_too_deep", $"Functions of a file may call each other {DeepestFunction} levels deep,",
                $"but '{function.Name}' is called deeper.", node.Name);
        var inner = scope.Inside(node, function, _names.Of(node, scope.Prefix));
        var own = function.OpsetImport.Count == 0 ? versions : Versions(function.OpsetImport, versions);
        foreach (var part in function.Node) Add(part, own, inner, depth + 1);
    }

    /// <summary>A branch in place of its If: its results get the names of the If's.</summary>
    private void AddBranch(GraphNode node, GraphProto branch)
    {
        AddConstants(branch);
        foreach (var value in branch.ValueInfo) _known[value.Name] = GraphValue.Of(value);
        var versions = new Dictionary<string, int> { [""] = node.Version };
        foreach (var part in branch.Node) Add(part, versions, Scope.Outermost, 0);
        foreach (var (inner, outer) in branch.Output.Select(output => output.Name).Zip(node.Outputs).Where(pair => pair.Second.Length > 0))
            Add(new GraphNode($"{node.Name}.{outer}", "", "Identity", node.Version, [inner], [outer], new Dictionary<string,
                AttributeProto>()));
    }

    private void AddConstants(GraphProto graph)
    {
        if (graph.SparseInitializer.Count > 0)
            throw OnnxFault.Because("onnx_sparse", "Weights must be written in full,", "but this graph has sparse ones.",
                help: "Export the network with dense weights.");
        foreach (var tensor in graph.Initializer)
            if (!_constants.TryAdd(tensor.Name, new(StoredTensorData.Of(tensor, _path), IsInitializer: true))) throw Twice(tensor.Name);
    }

    private void CheckRead(string name, string reader)
    {
        if (name.Length > 0 && !_written.Contains(name) && !_constants.ContainsKey(name))
            throw OnnxFault.Because("onnx_no_such_value", "A node reads inputs, constants and results of nodes before it,",
                $"but '{StrictJson.Printable(reader)}' reads '{StrictJson.Printable(name)}', which is none of them.", name);
    }

    /// <summary>The version of each domain's operators; within a function those that it does not name are the model's.</summary>
    private static Dictionary<string, int> Versions(IEnumerable<OperatorSetIdProto> sets, IReadOnlyDictionary<string, int>? outer = null)
    {
        var versions = outer is null ? new(StringComparer.Ordinal) : new Dictionary<string, int>(outer, StringComparer.Ordinal);
        foreach (var set in sets) versions[Own(set.Domain)] = (int)Math.Clamp(set.Version, 0, int.MaxValue);
        if (versions.TryGetValue("", out var version) && version < OldestVersion)
            throw OnnxFault.Because("onnx_version", $"Operators of version {OldestVersion} (2018) and newer are read,",
                $"but this file uses version {version}.", help: "Export the network again with a newer version of the exporter.");
        return versions;
    }

    private static string Own(string domain) => domain == "ai.onnx" ? "" : domain;

    private static ModelFormatException Twice(string name) => OnnxFault.Because("onnx_written_twice", "A value is written once,",
        $"but '{StrictJson.Printable(name)}' is written again.", name);
}
