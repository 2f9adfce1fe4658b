using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Checks the numbers of words that embeddings look up: an unknown one ends the process's use of a GPU.</summary>
internal static class EmbeddingChecks
{
    /// <summary>Throws where an input that goes to an embedding holds a number without a row.</summary>
    /// <param name="input">The samples.</param>
    /// <param name="node">The input they are for.</param>
    /// <param name="spec">The model, whose inner models are looked into.</param>
    /// <param name="name">What the samples are called.</param>
    /// <param name="prefix">What the names of the model's layers start with. Default nothing.</param>
    public static void Check(NDArray input, ModelNode node, ModelSpec spec, string name, string prefix = "")
    {
        var users = spec.Nodes.Where(user => user.Inputs.Any(value => ComesFrom(value.Node, node)));
        foreach (var user in users) CheckUser(user.Layer, input, node, user, name, prefix + user.Name);
    }

    private static void CheckUser(Layer layer, NDArray input, ModelNode node, ModelNode user, string name, string path)
    {
        if (layer is Embedding embedding) Check(input, embedding, path, name);
        if (layer is TimeDistributed each) CheckUser(each.Layer, input, node, user, name, path);
        if (layer is not NestedModel { Model: var inner }) return;
        var entries = user.Inputs.Zip(inner.Inputs).Where(pair => ComesFrom(pair.First.Node, node)).Select(pair => pair.Second);
        foreach (var entry in entries) Check(input, entry, inner, name, path + "/");
    }

    /// <summary>Whether a value is a model's input, at most in another shape.</summary>
    private static bool ComesFrom(ModelNode value, ModelNode input)
        => value == input || value.Layer is Reshape or Permute or Flatten or RepeatVector or IdentityLayer
            && value.Inputs.Any(from => ComesFrom(from.Node, input));

    private static void Check(NDArray input, Embedding embedding, string layer, string name)
    {
        var numbers = ElementNumbers.Of(input);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0 && numbers[i] < embedding.InputDim && Math.Truncate(numbers[i]) == numbers[i]) continue;
            throw new TrainingDataException(new(
                "unknown_id",
                FormattableString.Invariant($"Embedding '{layer}' knows the whole numbers 0 to {embedding.InputDim - 1},"),
                FormattableString.Invariant($"but sample {i / (input.ElementCount / input.Shape[0])} of {name} holds {numbers[i]}."),
                "Map unknown words to a number of their own, or give the embedding as many rows as the vocabulary has entries."));
        }
    }
}
