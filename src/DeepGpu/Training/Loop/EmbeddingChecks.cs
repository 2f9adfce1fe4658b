using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Checks the numbers of words that embeddings look up: an unknown one ends the process's use of a GPU.</summary>
internal static class EmbeddingChecks
{
    /// <summary>Throws where an input that goes to an embedding holds a number without a row.</summary>
    public static void Check(NDArray input, ModelNode node, ModelSpec spec, string name)
    {
        foreach (var embedding in spec.Nodes.Where(user => user.Layer is Embedding && user.Inputs.Any(value => ComesFrom(value.Node, node)))) Check(input, (Embedding)embedding.Layer, embedding.Name, name);
    }

    /// <summary>Whether a value is a model's input, at most in another shape.</summary>
    private static bool ComesFrom(ModelNode value, ModelNode input)
        => value == input || value.Layer is Reshape or Permute or Flatten or RepeatVector or IdentityLayer && value.Inputs.Any(from => ComesFrom(from.Node, input));

    private static void Check(NDArray input, Embedding embedding, string layer, string name)
    {
        var numbers = ElementNumbers.Of(input);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (Math.Truncate(numbers[i]) >= 0 && numbers[i] < embedding.InputDim) continue;
            throw new TrainingDataException(new(
                "unknown_id",
                FormattableString.Invariant($"Embedding '{layer}' knows the numbers 0 to {embedding.InputDim - 1},"),
                FormattableString.Invariant($"but sample {i / (input.ElementCount / input.Shape[0])} of {name} holds {numbers[i]}."),
                "Map unknown words to a number of their own, or give the embedding as many rows as the vocabulary has entries."));
        }
    }
}
