using DeepGpu.Hosting;
using Microsoft.Extensions.AI;

namespace DeepGpu;

/// <summary>Microsoft.Extensions.AI's generator of embeddings over a <see cref="Predictor"/> and its tokenizer.</summary>
/// <remarks>Texts go to the predictor in requests of its batch size, one after another; other callers' requests come in between.</remarks>
public sealed class TextEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Predictor _predictor;
    private readonly Tokenizer _tokenizer;
    private readonly TextEmbeddingOptions _options;

    /// <summary>Makes a generator; predictor and tokenizer stay the caller's.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="tokenizer">What makes its inputs.</param>
    /// <param name="options">How its output becomes vectors; null for the defaults.</param>
    public TextEmbeddingGenerator(Predictor predictor, Tokenizer tokenizer, TextEmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (_predictor, _tokenizer, _options) = (predictor, tokenizer, options ?? new());
    }

    private string ModelId => _options.ModelId ?? _predictor.Name;

    /// <summary>One vector a text, in their order, with the number of tokens as usage.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options">Dimensions other than the model's are refused; the model's name is not looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PredictorException">The predictor did not answer.</exception>
    /// <exception cref="DeepGpuException">The model's output is no vector, or one of another length than asked for.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (made, tokens, at) = (new GeneratedEmbeddings<Embedding<float>>(), 0L, DateTimeOffset.UtcNow);
        foreach (var texts in values.Chunk(_predictor.Options.MaxBatchSize))
        {
            var rows = _tokenizer.Encode(texts);
            var outputs = await _predictor.PredictAsync(rows.Arrays(_options.Inputs), null, cancellationToken).ConfigureAwait(false);
            foreach (var vector in VectorPooling.Vectors(Output(outputs), rows.PaddingMask, _options.Pooling, _options.Normalize))
                made.Add(EmbeddingServices.Embedding(vector, ModelId, options, at));
            foreach (var token in rows.PaddingMask.AsSpan<int>()) tokens += token;
        }

        made.Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens };
        return made;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return EmbeddingServices.Find(this, _predictor, ModelId, serviceType, serviceKey)
            ?? (serviceKey is null && serviceType == typeof(Tokenizer) ? _tokenizer : null);
    }

    /// <summary>Does nothing: predictor and tokenizer are the caller's.</summary>
    public void Dispose()
    {
    }

    private NDArray Output(IReadOnlyList<NDArray> outputs) => _options.Output < outputs.Count ? outputs[_options.Output]
        : throw Require.OutOfRange(nameof(TextEmbeddingOptions), nameof(TextEmbeddingOptions.Output), $"below {outputs.Count}",
            _options.Output);
}
