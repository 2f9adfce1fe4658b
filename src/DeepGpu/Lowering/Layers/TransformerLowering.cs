using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>The blocks of transformers.</summary>
internal static class TransformerLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<TransformerEncoder>((layer, context) => new LiveEncoder(layer, context))
        .With<TransformerDecoder>((layer, context) => new LiveDecoder(layer, context));

    /// <summary>The mask of steps; one of steps against steps is none.</summary>
    private static torch.Tensor? StepsOf(torch.Tensor? mask) => mask?.dim() == 2 ? mask : null;

    private abstract class LiveBlock : LiveLayer
    {
        private readonly TransformerBlock _layer;
        private readonly Dictionary<string, LiveLayer> _parts;

        protected LiveBlock(TransformerBlock layer, LoweringContext context)
        {
            _layer = layer;
            _parts = layer.Parts(context.Inputs)
                .ToDictionary(part => part.Name, part => context.Inner(part.Layer, part.Name, part.Inputs));
        }

        /// <summary>Attention and its output's way around it; the scores where they are yielded.</summary>
        /// <param name="x">The sequence that asks.</param>
        /// <param name="attention">The name of the attention.</param>
        /// <param name="norm">The name of its normalisation.</param>
        /// <param name="call">The inputs of the attention, for the sequence that goes into it.</param>
        /// <param name="context">What kind of pass it is.</param>
        protected (torch.Tensor Output, IEnumerable<Signal> Scores) Attend(torch.Tensor x, string attention, string norm,
            Func<torch.Tensor, IReadOnlyList<Signal>> call, ForwardContext context)
        {
            IEnumerable<Signal> scores = [];
            var output = Around(x, norm, context, sequence =>
            {
                var outputs = _parts[attention].Forward(call(sequence), context);
                scores = outputs.Skip(1);
                return outputs[0].Tensor;
            });
            return (output, scores);
        }

        /// <summary>The two dense layers.</summary>
        protected torch.Tensor Feedforward(torch.Tensor x, ForwardContext context)
            => Around(x, TransformerBlock.FeedforwardNorm, context, sequence =>
            {
                var between = _parts[TransformerBlock.Intermediate];
                return Run(TransformerBlock.Output, between.Activation.ApplyOver(Run(TransformerBlock.Intermediate, sequence, context)),
                    context);
            });

        /// <summary>A part, what goes into it added to what comes out, and the normalisation before it or after the sum.</summary>
        private torch.Tensor Around(torch.Tensor x, string norm, ForwardContext context, Func<torch.Tensor, torch.Tensor> part)
        {
            var output = part(_layer.NormalizeFirst ? Run(norm, x, context) : x);
            if (_layer.Dropout > 0 && context.IsTraining)
                output = RegularizationLowering.Dropped(output, output.shape, _layer.Dropout, context.Random);
            var sum = output.Plus(x);
            return _layer.NormalizeFirst ? sum : Run(norm, sum, context);
        }

        private torch.Tensor Run(string part, torch.Tensor x, ForwardContext context)
            => _parts[part].Forward([new(x)], context)[0].Tensor;
    }

    private sealed class LiveEncoder(TransformerEncoder layer, LoweringContext context) : LiveBlock(layer, context)
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (x, mask) = inputs[0];
            var (attended, scores) = Attend(x, TransformerBlock.SelfAttention, TransformerBlock.SelfNorm,
                sequence => [new(sequence, mask), new(sequence, StepsOf(mask))], context);
            return [new(Feedforward(attended, context), StepsOf(mask)), .. scores];
        }
    }

    /// <summary>As in KerasHub, masked steps are not attended to, but attend.</summary>
    private sealed class LiveDecoder(TransformerDecoder layer, LoweringContext context) : LiveBlock(layer, context)
    {
        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var (x, mask) = inputs[0];
            var given = mask?.dim() == 3 ? mask : null;
            var (sum, _) = Attend(x, TransformerBlock.SelfAttention, TransformerBlock.SelfNorm,
                sequence => [new(sequence, given), new(sequence, StepsOf(mask))], context);
            if (inputs.Count > 1)
            {
                (sum, _) = Attend(sum, TransformerBlock.CrossAttention, TransformerBlock.CrossNorm,
                    sequence => [new(sequence), inputs[1]], context);
            }

            return [new(Feedforward(sum, context), StepsOf(mask))];
        }
    }
}
