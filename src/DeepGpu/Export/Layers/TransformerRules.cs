using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Blocks of transformers, by the layers they are made of.</summary>
internal static class TransformerRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .With<TransformerEncoder>(Encoder)
        .With<TransformerDecoder>(Decoder)
        .Unary<GatedFeedForward>(Gated, passesMask: true)
        .Unary<MixtureOfExperts>(ExpertRules.Run, passesMask: true);

    private static IReadOnlyList<ExportSignal> Encoder(TransformerEncoder layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (block, (x, mask)) = (new Block(layer, context, inputs), inputs[0]);
        var (attended, scores) = block.Attend(x, TransformerBlock.SelfAttention, TransformerBlock.SelfNorm,
            sequence => [new(sequence, mask), new(sequence, MaskRules.StepsOf(mask))]);
        return [new(block.Feedforward(attended), MaskRules.StepsOf(mask)), .. scores];
    }

    private static IReadOnlyList<ExportSignal> Decoder(TransformerDecoder layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (block, (x, mask)) = (new Block(layer, context, inputs), inputs[0]);
        var given = mask?.Rank == 3 ? mask : null;
        var (sum, _) = block.Attend(x, TransformerBlock.SelfAttention, TransformerBlock.SelfNorm,
            sequence => [new(sequence, given), new(sequence, MaskRules.StepsOf(mask))]);
        if (inputs.Count > 1)
            (sum, _) = block.Attend(sum, TransformerBlock.CrossAttention, TransformerBlock.CrossNorm, sequence => [new(sequence),
                inputs[1]]);
        return [new(block.Feedforward(sum), MaskRules.StepsOf(mask))];
    }

    private static GraphValue Gated(GatedFeedForward layer, ExportContext context, GraphValue x)
    {
        var parts = layer.Parts(x.Shape);
        GraphValue Run(int part, GraphValue value) => context.Run(parts[part].Layer, parts[part].Name, value);
        return Run(2, context.Graph.Multiply(Run(0, x), Run(1, x)));
    }

    /// <summary>The layers of a block, and the way around each part.</summary>
    private sealed class Block(TransformerBlock layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        private readonly Dictionary<string, Layer> _parts = layer.Parts([.. inputs.Select(input => input.Tensor.Shape)])
            .ToDictionary(part => part.Name, part => part.Layer);

        public (GraphValue Output, IEnumerable<ExportSignal> Scores) Attend(GraphValue x, string attention, string norm,
            Func<GraphValue, IReadOnlyList<ExportSignal>> call)
        {
            IEnumerable<ExportSignal> scores = [];
            var output = Around(x, norm, sequence =>
            {
                var outputs = context.Run(_parts[attention], attention, call(sequence));
                scores = outputs.Skip(1);
                return outputs[0].Tensor;
            });
            return (output, scores);
        }

        public GraphValue Feedforward(GraphValue x) => Around(x, TransformerBlock.FeedforwardNorm,
            sequence => Run(TransformerBlock.Output, Run(TransformerBlock.Intermediate, sequence)));

        private GraphValue Around(GraphValue x, string norm, Func<GraphValue, GraphValue> part)
        {
            var output = part(layer.NormalizeFirst ? Run(norm, x) : x);
            var sum = context.Graph.Add(output, x);
            return layer.NormalizeFirst ? sum : Run(norm, sum);
        }

        private GraphValue Run(string part, GraphValue x) => context.Run(_parts[part], part, x);
    }
}
