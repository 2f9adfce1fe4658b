using DeepGpu.Models;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>One application of a live layer: which values it reads and writes.</summary>
internal sealed class GraphStep
{
    private readonly LiveLayer _layer;
    private readonly string _type;
    private readonly Regularizer? _activityRegularizer;
    private readonly Extensions _extensions;
    private readonly torch.ScalarType _computeType;
    private readonly int[] _inputs;
    private readonly int? _mask;
    private readonly bool _dropsMask;

    public GraphStep(ModelNode node, LiveLayer layer, PrecisionPolicy policy, Dictionary<NodeOutput, int> slots, Extensions extensions)
    {
        _extensions = extensions;
        (_layer, Name, _type, Node) = (layer, node.Name, node.Type, node);
        _activityRegularizer = node.Layer.ActivityRegularizer;
        _computeType = (node.Layer.Policy ?? policy).ComputeType();
        _inputs = [.. node.Inputs.Select(input => slots[input])];
        _mask = node.Mask is { } mask ? slots[mask] : null;
        _dropsMask = node.DropsMask;
        Reads = _mask is { } slot ? [.. _inputs, slot] : _inputs;
        Writes = [.. node.OutputShapes.Select((_, index) => slots[new(node, index)])];
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>The layer in the model's description.</summary>
    public ModelNode Node { get; }

    /// <summary>The layer that runs.</summary>
    public LiveLayer Layer => _layer;

    /// <summary>Whether it computes in single precision and is given no mask of its own.</summary>
    public bool IsPlain => _mask is null && !_dropsMask && _computeType == torch.ScalarType.Float32;

    public IReadOnlyList<int> Reads { get; }

    public IReadOnlyList<int> Writes { get; }

    /// <summary>Values nobody reads afterwards.</summary>
    public IReadOnlyList<int> LastUses { get; set; } = [];

    /// <summary>Computes the outputs and frees what is no longer needed.</summary>
    /// <param name="values">Every value of the pass.</param>
    /// <param name="context">What kind of pass it is.</param>
    /// <param name="logits">The values whose activation is left out; null for none.</param>
    /// <param name="isLast">Whether the values it reads last are freed.</param>
    /// <exception cref="TorchException">torch refused to compute them: the layer and the sizes are named.</exception>
    public void Run(Signal[] values, ForwardContext context, IReadOnlySet<int>? logits, bool isLast = true)
    {
        try
        {
            Compute(values, context, logits, isLast);
        }
        catch (Exception e) when (TorchBorder.IsOfTorch(e) || e is TorchException)
        {
            throw Failed(values, e);
        }
    }

    private Exception Failed(Signal[] values, Exception cause)
        => TorchBorder.InLayer(Name, _type, _inputs.Select(slot => values[slot].Tensor), cause);

    private void Compute(Signal[] values, ForwardContext context, IReadOnlySet<int>? logits, bool isLast)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Inputs(values);
        var known = inputs.SelectMany(input => new[] { input.Tensor, input.Mask })
            .OfType<torch.Tensor>().ToHashSet<object>(ReferenceEqualityComparer.Instance);
        var outputs = _layer.Forward(inputs, context);
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = logits is not null && logits.Contains(Writes[i]) ? outputs[i].Tensor : Activated(outputs[i].Tensor);
            if (_activityRegularizer is not null) context.AddSum(_activityRegularizer.Penalty(output, _extensions));
            values[Writes[i]] = new(Outward(output, known), outputs[i].Mask is { } mask ? Outward(mask, known) : null);
        }

        if (!isLast) return;
        foreach (var slot in LastUses) values[slot].Tensor.Dispose();
    }

    private List<Signal> Inputs(Signal[] values)
    {
        var inputs = _inputs.Select(slot => values[slot] with { Tensor = Cast(values[slot].Tensor) }).ToList();
        if (_dropsMask) inputs[0] = inputs[0] with { Mask = null };
        if (_mask is { } mask) inputs[0] = inputs[0] with { Mask = values[mask].Tensor };
        return inputs;
    }

    private torch.Tensor Cast(torch.Tensor input) => _layer.CastsInputs && input.dtype != _computeType ? input.to(_computeType) : input;

    private torch.Tensor Activated(torch.Tensor output)
        => _layer is LiveKernelLayer ? _layer.Activation.ApplyOver(output) : _layer.Activation.Apply(output);

    /// <summary>Keeps a new tensor beyond the step; of one that is kept already a second handle.</summary>
    private static torch.Tensor Outward(torch.Tensor tensor, HashSet<object> known)
        => (known.Add(tensor) ? tensor : tensor.alias()).MoveToOuterDisposeScope();
}
