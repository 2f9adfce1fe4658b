using Microsoft.Extensions.AI;

namespace DeepGpu.Hosting;

/// <summary>What both generators of embeddings share.</summary>
internal static class EmbeddingServices
{
    /// <summary>The generator's metadata, predictor or itself, where asked for without a key.</summary>
    public static object? Find(object generator, Predictor predictor, string modelId, Type type, object? key) => key is not null ? null
        : type == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("DeepGpu", defaultModelId: modelId)
        : type == typeof(Predictor) ? predictor
        : type.IsInstanceOfType(generator) ? generator : null;

    public static Embedding<float> Embedding(float[] vector, string modelId, EmbeddingGenerationOptions? options, DateTimeOffset at)
        => options?.Dimensions is { } wanted && wanted != vector.Length ? throw WrongLength(wanted, vector.Length)
            : new(vector) { ModelId = modelId, CreatedAt = at };

    private static DeepGpuException WrongLength(int wanted, int length) => new(new("embedding_dimensions",
        "A model gives vectors of its own length,", $"but {wanted} dimensions are asked for where it gives {length}.",
        "Leave EmbeddingGenerationOptions.Dimensions out, or use another model."));
}
