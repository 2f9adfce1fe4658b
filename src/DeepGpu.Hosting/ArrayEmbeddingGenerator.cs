using DeepGpu.Hosting;
using Microsoft.Extensions.AI;

namespace DeepGpu;

/// <summary>Microsoft.Extensions.AI's generator of embeddings over a model that makes a vector of an array, as of a picture.</summary>
/// <remarks>Each array is a request of its own, so that they may have different shapes; as many as a batch holds wait at once.</remarks>
public sealed class ArrayEmbeddingGenerator : IEmbeddingGenerator<NDArray, Embedding<float>>
{
    private readonly Predictor _predictor;
    private readonly bool _normalize;

    /// <summary>Makes a generator; the predictor stays the caller's.</summary>
    /// <param name="predictor">A model with one input and one output, (samples, dimensions).</param>
    /// <param name="normalize">Whether vectors get the Euclidean length 1. Default true.</param>
    public ArrayEmbeddingGenerator(Predictor predictor, bool normalize = true)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        (_predictor, _normalize) = (predictor, normalize);
    }

    /// <summary>One vector an array, in their order.</summary>
    /// <param name="values">Samples, each without an axis of samples.</param>
    /// <param name="options">Dimensions other than the model's are refused; the model's name is not looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PredictorException">The predictor did not answer.</exception>
    /// <exception cref="DeepGpuException">The model's output is no vector, or one of another length than asked for.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<NDArray> values,
        EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (made, at) = (new GeneratedEmbeddings<Embedding<float>>(), DateTimeOffset.UtcNow);
        foreach (var arrays in values.Chunk(Math.Min(_predictor.Options.MaxBatchSize, _predictor.Options.Capacity)))
        {
            var outputs = await Task.WhenAll(arrays.Select(array
                => _predictor.PredictAsync(array.Reshape([1, .. array.Shape]), null, cancellationToken))).ConfigureAwait(false);
            foreach (var output in outputs)
                made.Add(EmbeddingServices.Embedding(VectorPooling.Vectors(output, null, default, _normalize).Single(), _predictor.Name,
                    options, at));
        }

        return made;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return EmbeddingServices.Find(this, _predictor, _predictor.Name, serviceType, serviceKey);
    }

    /// <summary>Does nothing: the predictor is the caller's.</summary>
    public void Dispose()
    {
    }
}
