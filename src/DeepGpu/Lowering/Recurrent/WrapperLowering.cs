using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Layers around other layers.</summary>
internal static class WrapperLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Bidirectional>((layer, context) => new LiveBidirectional(layer, context))
        .With<TimeDistributed>((layer, context) => new LiveTimeDistributed(layer, context))
        .With<SpectralNormalization>((layer, context) => new LiveSpectralNormalization(layer, context))
        .With<NestedModel>((layer, context) => new LiveNestedModel(layer, context));

    private sealed class LiveBidirectional : LiveLayer
    {
        private readonly Bidirectional _layer;
        private readonly LiveLayer _forward;
        private readonly LiveLayer _backward;

        public LiveBidirectional(Bidirectional layer, LoweringContext context)
        {
            var (forward, backward) = Bidirectional.Split(context.Inputs);
            _layer = layer;
            _forward = context.Inner(layer.Forward, "forward_layer", forward);
            _backward = context.Inner(layer.Backward, "backward_layer", backward);
        }

        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (first, second) = Bidirectional.Split(inputs);
            var (forward, backward) = (_forward.Forward(first, context), _backward.Forward(second, context));
            var reversed = _layer.Layer.ReturnSequences ? backward[0] with { Tensor = backward[0].Tensor.flip(1) } : backward[0];
            IEnumerable<Signal> outputs = _layer.MergeMode is { } mode
                ? [forward[0] with { Tensor = Merge(forward[0].Tensor, reversed.Tensor, mode) }]
                : [forward[0], reversed];
            return [.. outputs, .. forward.Skip(1), .. backward.Skip(1)];
        }

        internal override IEnumerable<LiveSequence> Sequences => _forward.Sequences.Concat(_backward.Sequences);

        public override void ResetState()
        {
            _forward.ResetState();
            _backward.ResetState();
        }

        private static torch.Tensor Merge(torch.Tensor forward, torch.Tensor backward, MergeMode mode) => mode switch
        {
            MergeMode.Sum => forward.Plus(backward),
            MergeMode.Mul => forward * backward,
            MergeMode.Ave => forward.Plus(backward) / Number(2),
            _ => torch.cat([forward, backward], -1),
        };
    }

    /// <summary>Steps become samples of one larger batch, and steps again.</summary>
    private sealed class LiveTimeDistributed(TimeDistributed layer, LoweringContext context) : LiveLayer
    {
        private readonly LiveLayer _inner = context.Inner(layer.Layer, "layer", [TimeDistributed.Step(context.Inputs[0])]);

        public override bool CastsInputs => _inner.CastsInputs;

        public override Activation Activation => _inner.Activation;

        internal override IEnumerable<LiveSequence> Sequences => _inner.Sequences;

        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (x, mask) = inputs[0];
            var counted = _inner is LiveBatchNormalization ? mask?.flatten(0, 1) : null;
            var output = _inner.Forward([new(x.flatten(0, 1), counted)], context)[0].Tensor;
            return [new(output.reshape([.. x.shape[..2], .. output.shape[1..]]), mask)];
        }

        public override void ResetState() => _inner.ResetState();
    }

    private sealed class LiveNestedModel(NestedModel layer, LoweringContext context) : LiveLayer
    {
        private readonly LiveGraph _graph = new(layer.Model, context.Policy,
            node => context.Inner(node.Layer, node.Name, [.. node.Inputs.Select(input => input.Shape)]), context.Extensions,
            context.Path + "/");

        public override bool CastsInputs => false;

        internal override IEnumerable<LiveSequence> Sequences => _graph.Sequences;

        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context) => _graph.Run(inputs, context);

        public override void ResetState() => _graph.ResetState();
    }
}
