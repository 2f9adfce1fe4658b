using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Runs a recurrent layer by <see cref="VectorRecurrence{T}"/> where nothing is trained: on the processor, in single
/// precision.</summary>
internal sealed unsafe class VectorSequence
{
    /// <summary>Samples of a piece: enough to fill the registers, few enough that states stay near.</summary>
    private const int MostSamples = 32;

    private readonly SequenceLayer _layer;
    private readonly CellWeights _cell;

    private VectorSequence(SequenceLayer layer, CellWeights cell)
    {
        (_layer, _cell) = (layer, cell);
        Shape = new(cell.Kernel, cell.Features, cell.Units, VectorKernels.Best.Lane);
    }

    /// <summary>The sizes.</summary>
    public RecurrenceShape Shape { get; }

    /// <summary>What runs a layer; null where its options, its format or its size need torch.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="cell">Its cell's weights; null where torch has no kernel either.</param>
    public static VectorSequence? Of(SequenceLayer layer, CellWeights? cell)
        => cell is not null && cell.IsSingleOnProcessor && new VectorSequence(layer, cell) is { Shape.Serves: true } made ? made : null;

    /// <summary>Whether a pass lets it.</summary>
    public static bool Serves(torch.Tensor sequence, ForwardContext context) => !context.IsTraining && !torch.is_grad_enabled()
        && sequence.device_type == DeviceType.CPU && sequence.dtype == torch.ScalarType.Float32;

    /// <summary>Runs a batch inside the caller's scope.</summary>
    /// <param name="sequence">(batch, time, features), in the input's order.</param>
    /// <param name="mask">(batch, time); null where every step counts.</param>
    /// <param name="states">The states at the start; none for zeros.</param>
    public (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Run(torch.Tensor sequence, torch.Tensor? mask,
        IReadOnlyList<torch.Tensor> states)
    {
        var (input, counted) = (sequence.contiguous(), mask?.to(torch.ScalarType.Bool).contiguous());
        torch.Tensor[] given = [.. states.Select(state => state.to(torch.ScalarType.Float32).contiguous())];
        var (batch, steps) = (sequence.shape[0], sequence.shape[1]);
        var output = torch.empty(_layer.ReturnSequences ? [batch, steps, _cell.Units] : [batch, _cell.Units]);
        torch.Tensor[] last = [.. Enumerable.Range(0, _cell.StateCount).Select(_ => torch.empty(batch, _cell.Units))];
        RunAll(new()
        {
            Samples = (int)batch,
            Steps = (int)steps,
            Sequence = Numbers(input),
            Mask = (byte*)Numbers(counted),
            State = Numbers(given.FirstOrDefault()),
            Memory = Numbers(given.ElementAtOrDefault(1)),
            Output = Numbers(output),
            LastState = Numbers(last[0]),
            LastMemory = Numbers(last.ElementAtOrDefault(1)),
            All = _layer.ReturnSequences,
            Backwards = _layer.GoBackwards,
            ZeroOutputForMask = _layer.ZeroOutputForMask,
        });
        return (output, last);
    }

    /// <summary>Packs the weights.</summary>
    public void Pack(float* into)
    {
        var (bias, gates) = (_cell.Bias, Shape.Gates * Shape.Units);
        var stateBias = Shape.Kernel == FusedKernel.Gru && bias != 0 ? bias + gates * sizeof(float) : 0;
        Source(_cell.Input, bias, Shape.Features).Pack(Shape.Input, gates, into);
        Source(_cell.State, stateBias, Shape.Units).Pack(Shape.State, gates, into + Shape.Input.Size);
    }

    /// <summary>The first number of a tensor whose numbers lie one after another; null for none.</summary>
    internal static float* Numbers(torch.Tensor? tensor)
    {
        if (tensor is null) return null;
        fixed (byte* start = tensor.bytes) return (float*)start;
    }

    private PanelSource Source(nint weights, nint bias, int inner) => new(weights, bias, Shape.Units, Shape.PaddedUnits, 1, inner);

    private void RunAll(RecurrenceRows rows) => Workers.Lend(Shape.Packed, room =>
    {
        Pack((float*)room);
        Workers.Run(rows.Samples, MostSamples, Shape.Work * rows.Steps, count => Shape.Scratch(count, rows.Steps),
            (start, count, scratch)
                => VectorKernels.Best.Recur(Shape, (float*)room, rows.Slice(start, count, Shape.Features, Shape.Units), scratch));
    });
}

/// <summary>The weights of a recurrent cell that torch has a kernel for.</summary>
internal sealed class CellWeights(FusedKernel kernel, int units, LiveWeight input, LiveWeight state, LiveWeight? bias)
{
    public FusedKernel Kernel => kernel;

    public int Units => units;

    public int Features => (int)input.Tensor.shape[1];

    public int StateCount => kernel == FusedKernel.Lstm ? 2 : 1;

    /// <summary>Whether they lie on the processor in single precision, in which the layer computes too.</summary>
    public bool IsSingleOnProcessor => new[] { input, state, bias }.All(weight => weight is null
        || (weight.Tensor.device_type == DeviceType.CPU && weight.Tensor.dtype == torch.ScalarType.Float32 && weight.ComputesAsKept));

    public unsafe nint Input => (nint)VectorSequence.Numbers(input.Tensor);

    public unsafe nint State => (nint)VectorSequence.Numbers(state.Tensor);

    public unsafe nint Bias => bias is null ? 0 : (nint)VectorSequence.Numbers(bias.Tensor);
}
