namespace DeepGpu;

/// <summary>Which arrays of texts a model takes.</summary>
[Flags]
public enum TokenInputs
{
    /// <summary>The numbers of the tokens; Hugging Face's input_ids.</summary>
    TokenIds = 1,

    /// <summary>0 in the first text and 1 in the second; Hugging Face's token_type_ids.</summary>
    SegmentIds = 2,

    /// <summary>1 at tokens and 0 at padding; Hugging Face's attention_mask.</summary>
    PaddingMask = 4,

    /// <summary>All three, in this order.</summary>
    All = TokenIds | SegmentIds | PaddingMask,
}
