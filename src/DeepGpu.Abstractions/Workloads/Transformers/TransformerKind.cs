namespace DeepGpu;

/// <summary>Which halves of a transformer a model has.</summary>
public enum TransformerKind
{
    /// <summary>A causal decoder that makes one token after another: GPT-2, Llama, Mixtral.</summary>
    Decoder,

    /// <summary>An encoder that sees the whole sequence at once: BERT, ViT.</summary>
    Encoder,

    /// <summary>An encoder, and a decoder that also attends to what the encoder made: T5, Whisper.</summary>
    EncoderDecoder,
}
