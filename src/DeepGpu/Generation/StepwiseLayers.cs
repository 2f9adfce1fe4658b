using DeepGpu.Models;

namespace DeepGpu.Generation;

/// <summary>Which layers can go on with a sequence: those that compute each step by itself, and those that keep what they need of earlier
/// ones.</summary>
internal static class StepwiseLayers
{
    /// <summary>The first layer that cannot; null where all can.</summary>
    public static string? FirstOther(ModelSpec spec) => spec.Nodes.Where(node => !Is(node)).Select(node => node.Name).FirstOrDefault();

    /// <summary>The attentions of a model, those of models inside it too.</summary>
    public static IEnumerable<TLayer> Of<TLayer>(ModelSpec spec)
        where TLayer : Layer
        => spec.Layers.SelectMany(node => node.Layer is NestedModel nested ? Of<TLayer>(nested.Model)
            : node.Layer is TLayer layer ? [layer] : Enumerable.Empty<TLayer>());

    private static bool Is(ModelNode node) => node.Mask is null && node.Layer switch
    {
        InputLayer or Dense or IdentityLayer or ActivationLayer or GatedFeedForward or MixtureOfExperts or PositionEmbedding
            or LayerScale => true,
        Dropout or NoiseLayer or ActivityRegularization => true,
        Add or Subtract or Multiply or Maximum or Minimum or Average
            => node.Inputs.All(input => input.Shape.Rank == node.OutputShapes[0].Rank),
        Embedding embedding => !embedding.MaskZero,
        ReversibleEmbedding embedding => !embedding.MaskZero,
        TokenAndPositionEmbedding embedding => !embedding.MaskZero,
        AxesLayer norm => IsBehindSteps(norm.Axis, node),
        LayerNormalization norm => IsBehindSteps(norm.Axis, node),
        Rescaling rescaling => rescaling.Scale.Length == 1 && rescaling.Offset.Length == 1,
        Reshape reshape => reshape.TargetShape[0] == -1 && node.Inputs[0].Shape[1] is null,
        TensorFunction { Function: "Gelu" } => true,
        TensorFunction { Function: "Split" } split => split.Integer("axis") is { } axis && (axis is -1 || axis > 1),
        DecoderAttention attention => attention.UseCausalMask,
        TransformerDecoder decoder => decoder.UseCausalMask && node.Inputs.Count == 1,
        ProjectedAttention attention => attention is { UseCausalMask: true, ReturnAttentionScores: false }
            && attention.AttendedAxes(node.Inputs[0].Shape.Rank) is [1] && node.Inputs.Distinct().Count() == 1,
        NestedModel nested => FirstOther(nested.Model) is null,
        _ => false,
    };

    private static bool IsBehindSteps(Axes axes, ModelNode node) => axes.In(node.Inputs[0].Shape.Rank).All(axis => axis > 1);
}
