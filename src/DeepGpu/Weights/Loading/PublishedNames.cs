using DeepGpu.Formats;

namespace DeepGpu.Weights;

/// <summary>What Hugging Face's files of transformers hold otherwise than torch's modules do: a name before all that belongs to the body of
/// a model, kernels the other way round, heads for pretraining and constants beside the weights.</summary>
internal static class PublishedNames
{
    /// <summary>The attributes that hold a model's body, its base_model_prefix.</summary>
    private static readonly string[] Bodies = ["bert", "roberta", "distilbert", "electra", "vit", "deit", "transformer", "model"];

    /// <summary>Heads that only pretraining uses, and which a description leaves out.</summary>
    private static readonly string[] Heads = ["cls", "pooler", "lm_head", "vocab_transform", "vocab_layer_norm", "vocab_projector",
        "discriminator_predictions", "generator_predictions", "generator_lm_head", "proj_out"];

    /// <summary>Tables beside the one that all use, and Whisper's waves, which are computed.</summary>
    private static readonly string[] Tables = ["encoder.embed_tokens", "decoder.embed_tokens", "encoder.embed_positions"];

    /// <summary>Constants that files keep beside the weights.</summary>
    private static readonly string[] Constants = ["position_ids", "masked_bias", "inv_freq", "final_logits_bias"];

    /// <summary>Modules of GPT-2 whose kernel is (in, out): Conv1D.</summary>
    private static readonly string[] Turning = ["c_attn", "q_attn", "c_proj", "c_fc"];

    /// <summary>The names as they are, and without what stands before the body's.</summary>
    public static IEnumerable<IReadOnlyList<(string Name, TensorEntry Tensor)>> Views(IReadOnlyList<(string Name, TensorEntry Tensor)> view)
        => Bodies.Select(body => body + ".").Where(body => view.Any(item => item.Name.StartsWith(body, StringComparison.Ordinal)))
            .Select(body => (IReadOnlyList<(string, TensorEntry)>)[.. view.Select(item => (Without(item.Name, body), item.Tensor))])
            .Prepend(view);

    /// <summary>Whether a tensor is none of the weights that a description has.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="wanted">The model's layers with weights.</param>
    public static bool IsLeftOut(string name, HashSet<string> wanted)
    {
        var (module, leaf) = (name[..Math.Max(0, name.LastIndexOf('.'))], name[(name.LastIndexOf('.') + 1)..]);
        if (wanted.Contains(module) || !wanted.Any(HasAttention)) return false;
        return Constants.Contains(leaf) || Tables.Contains(module)
            || Heads.Any(head => module == head || module.StartsWith(head + ".", StringComparison.Ordinal))
            || (leaf == "bias" && module.EndsWith(".attn", StringComparison.Ordinal));
    }

    /// <summary>Layers of files as GPT-2's, whose kernels lie as Keras has them: known by one that is not square.</summary>
    public static IReadOnlyList<StoredGroup> Turned(IReadOnlyList<StoredGroup> stored, IReadOnlyList<TargetGroup> model)
    {
        var kernels = model.Where(group => IsTurning(group.Name)).SelectMany(group => group.Weights.Where(weight => weight.Leaf == "kernel")
            .Select(weight => (group.Name, weight.Spec.Shape))).ToDictionary(item => item.Name, item => item.Shape, StringComparer.Ordinal);
        var isTurned = stored.Any(group => kernels.TryGetValue(group.Name, out var shape) && shape.Length == 2 && shape[0] != shape[1]
            && group.Weights.Any(weight => weight.Tensor.Shape is [var rows, var columns] && rows == shape[0] && columns == shape[1]));
        return !isTurned ? stored : [.. stored.Select(group => !kernels.ContainsKey(group.Name) ? group : group with
        {
            Weights = [.. group.Weights.Select(weight => weight.Leaf == "weight" ? weight with { Form = WeightForm.Keras } : weight)],
        })];
    }

    private static bool HasAttention(string module) => module.Contains("attn", StringComparison.OrdinalIgnoreCase)
        || module.Contains("attention", StringComparison.OrdinalIgnoreCase);

    private static bool IsTurning(string module) => Turning.Contains(module[(module.LastIndexOf('.') + 1)..]);

    private static string Without(string name, string start)
        => name.StartsWith(start, StringComparison.Ordinal) ? name[start.Length..] : name;
}
