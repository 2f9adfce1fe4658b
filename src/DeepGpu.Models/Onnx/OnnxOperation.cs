using DeepGpu.Models.Onnx;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>An operator of an ONNX graph: its shapes, weights and work, and nothing that runs.</summary>
/// <remarks>A description of <see cref="ModelSpec.FromOnnx"/> consists of these where the graph is not all of layers that this library
/// has; <see cref="ModelSpec.Obstacles"/> then says which nodes stand in the way. Axes are in the file's order.
/// ONNX: https://onnx.ai/onnx/operators/</remarks>
[KerasClass(IsListed = false, HasMethod = false)]
public sealed record OnnxOperation : Layer
{
    private readonly OnnxProgram _program;
    private readonly GraphNode _node;
    private readonly NodeWeights _weights;
    private readonly IReadOnlyDictionary<string, GraphTensor> _values;

    internal OnnxOperation(OnnxProgram program, GraphNode node, NodeWeights weights)
        => (_program, _node, _weights, _values, Name) = (program, node, weights, program.Described, node.Name);

    /// <summary>The operator, e.g. "Conv"; with its domain before it where that is not ONNX's own.</summary>
    public string Operator => _node.FullOperator;

    /// <summary>The version of the domain's operators that the file uses.</summary>
    public int Version => _node.Version;

    /// <summary>Whether what it computes is known; the share of an operator that is not is unknown in forecasts.</summary>
    public bool IsKnown => OperatorTable.Find(_node) is not null;

    /// <inheritdoc/>
    protected internal override string ClassName => Operator;

    /// <inheritdoc/>
    protected internal override int OutputCount => Outputs.Count();

    internal GraphNode Node => _node;

    private IEnumerable<string> Outputs => _node.Outputs.Where(output => output.Length > 0);

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
        => [.. Outputs.Select(output => _values[output].Shape ?? new(new int?[] { null }))];

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs) => _weights.Own;

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => NodeWork.Of(name, GraphShapes.Call(_node, _values), [.. Outputs.Select(output => _values[output])], _weights);

    /// <inheritdoc/>
    internal override Layer At(IReadOnlyList<Shape> modelInputs) => new OnnxOperation(this, _program.At(_program.Named(modelInputs)));

    private OnnxOperation(OnnxOperation other, IReadOnlyDictionary<string, GraphTensor> values)
        : base(other) => (_program, _node, _weights, _values) = (other._program, other._node, other._weights, values);
}
