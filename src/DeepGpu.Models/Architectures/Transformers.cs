using DeepGpu.Models.Architectures;

namespace DeepGpu.Models;

/// <summary>Published transformers as Hugging Face's hub has them, as descriptions; others are read by
/// <see cref="ModelSpec.FromHuggingFace"/>.</summary>
/// <remarks>Texts enter as numbers of words (batch, steps), pictures as (batch, height, width, channels). Layers are named by their
/// modules' paths, e.g. "encoder.layer.0.attention.self.query", so that the published weights fit.
/// <see cref="ApplicationOptions.Classes"/> of an encoder of texts gives it a classifier; without
/// <see cref="ApplicationOptions.IncludeTop"/> the states (batch, steps, features) are the only output.
/// Hugging Face: https://huggingface.co/docs/transformers/</remarks>
/// <example><code>
/// ModelSpec classifier = Transformers.BertBaseUncased(new() { Classes = 2, Weights = InitialWeights.File("model.safetensors") });
/// </code></example>
public static class Transformers
{
    /// <summary>bert-base-uncased. BERT of 12 layers, lower case. Devlin et al., 2019.</summary>
    [HubName("bert-base-uncased")]
    public static ModelSpec BertBaseUncased(ApplicationOptions? options = null)
        => TransformerNetwork.Of("bert-base-uncased").Build(options);

    /// <summary>bert-base-cased. BERT of 12 layers, upper and lower case. Devlin et al., 2019.</summary>
    [HubName("bert-base-cased")]
    public static ModelSpec BertBaseCased(ApplicationOptions? options = null)
        => TransformerNetwork.Of("bert-base-cased").Build(options);

    /// <summary>bert-large-uncased. BERT of 24 layers, lower case. Devlin et al., 2019.</summary>
    [HubName("bert-large-uncased")]
    public static ModelSpec BertLargeUncased(ApplicationOptions? options = null)
        => TransformerNetwork.Of("bert-large-uncased").Build(options);

    /// <summary>distilbert-base-uncased. DistilBERT, 6 layers that learned from BERT. Sanh et al., 2019.</summary>
    [HubName("distilbert-base-uncased")]
    public static ModelSpec DistilBertBaseUncased(ApplicationOptions? options = null)
        => TransformerNetwork.Of("distilbert-base-uncased").Build(options);

    /// <summary>roberta-base. RoBERTa of 12 layers. Liu et al., 2019.</summary>
    [HubName("roberta-base")]
    public static ModelSpec RobertaBase(ApplicationOptions? options = null)
        => TransformerNetwork.Of("roberta-base").Build(options);

    /// <summary>roberta-large. RoBERTa of 24 layers. Liu et al., 2019.</summary>
    [HubName("roberta-large")]
    public static ModelSpec RobertaLarge(ApplicationOptions? options = null)
        => TransformerNetwork.Of("roberta-large").Build(options);

    /// <summary>electra-base-discriminator. ELECTRA of 12 layers, the half that finds replaced words. Clark et al., 2020.</summary>
    [HubName("electra-base-discriminator")]
    public static ModelSpec ElectraBase(ApplicationOptions? options = null)
        => TransformerNetwork.Of("electra-base-discriminator").Build(options);

    /// <summary>gpt2. GPT-2 of 12 layers. Radford et al., 2019.</summary>
    [HubName("gpt2")]
    public static ModelSpec Gpt2(ApplicationOptions? options = null)
        => TransformerNetwork.Of("gpt2").Build(options);

    /// <summary>gpt2-medium. GPT-2 of 24 layers. Radford et al., 2019.</summary>
    [HubName("gpt2-medium")]
    public static ModelSpec Gpt2Medium(ApplicationOptions? options = null)
        => TransformerNetwork.Of("gpt2-medium").Build(options);

    /// <summary>gpt2-large. GPT-2 of 36 layers. Radford et al., 2019.</summary>
    [HubName("gpt2-large")]
    public static ModelSpec Gpt2Large(ApplicationOptions? options = null)
        => TransformerNetwork.Of("gpt2-large").Build(options);

    /// <summary>gpt2-xl. GPT-2 of 48 layers. Radford et al., 2019.</summary>
    [HubName("gpt2-xl")]
    public static ModelSpec Gpt2XL(ApplicationOptions? options = null)
        => TransformerNetwork.Of("gpt2-xl").Build(options);

    /// <summary>vit-base-patch16-224. ViT of 12 layers, images of 224x224 in patches of 16x16. Dosovitskiy et al., 2021.</summary>
    [HubName("vit-base-patch16-224")]
    public static ModelSpec VitBasePatch16(ApplicationOptions? options = null)
        => TransformerNetwork.Of("vit-base-patch16-224").Build(options);

    /// <summary>vit-large-patch16-224. ViT of 24 layers, images of 224x224 in patches of 16x16. Dosovitskiy et al., 2021.</summary>
    [HubName("vit-large-patch16-224")]
    public static ModelSpec VitLargePatch16(ApplicationOptions? options = null)
        => TransformerNetwork.Of("vit-large-patch16-224").Build(options);

    /// <summary>deit-tiny-distilled-patch16-224. DeiT of 192 features, with a token that learned from a teacher. Touvron et al.,
    /// 2021.</summary>
    [HubName("deit-tiny-distilled-patch16-224")]
    public static ModelSpec DeitTinyDistilled(ApplicationOptions? options = null)
        => TransformerNetwork.Of("deit-tiny-distilled-patch16-224").Build(options);

    /// <summary>deit-small-distilled-patch16-224. DeiT of 384 features, with a token that learned from a teacher. Touvron et al.,
    /// 2021.</summary>
    [HubName("deit-small-distilled-patch16-224")]
    public static ModelSpec DeitSmallDistilled(ApplicationOptions? options = null)
        => TransformerNetwork.Of("deit-small-distilled-patch16-224").Build(options);

    /// <summary>deit-base-distilled-patch16-224. DeiT of 768 features, with a token that learned from a teacher. Touvron et al.,
    /// 2021.</summary>
    [HubName("deit-base-distilled-patch16-224")]
    public static ModelSpec DeitBaseDistilled(ApplicationOptions? options = null)
        => TransformerNetwork.Of("deit-base-distilled-patch16-224").Build(options);

    /// <summary>t5-small. T5 of 6 layers in each half. Raffel et al., 2020.</summary>
    [HubName("t5-small")]
    public static ModelSpec T5Small(ApplicationOptions? options = null)
        => TransformerNetwork.Of("t5-small").Build(options);

    /// <summary>t5-base. T5 of 12 layers in each half. Raffel et al., 2020.</summary>
    [HubName("t5-base")]
    public static ModelSpec T5Base(ApplicationOptions? options = null)
        => TransformerNetwork.Of("t5-base").Build(options);

    /// <summary>t5-large. T5 of 24 layers in each half. Raffel et al., 2020.</summary>
    [HubName("t5-large")]
    public static ModelSpec T5Large(ApplicationOptions? options = null)
        => TransformerNetwork.Of("t5-large").Build(options);

    /// <summary>bart-base. BART of 6 layers in each half. Lewis et al., 2020.</summary>
    [HubName("bart-base")]
    public static ModelSpec BartBase(ApplicationOptions? options = null)
        => TransformerNetwork.Of("bart-base").Build(options);

    /// <summary>bart-large. BART of 12 layers in each half. Lewis et al., 2020.</summary>
    [HubName("bart-large")]
    public static ModelSpec BartLarge(ApplicationOptions? options = null)
        => TransformerNetwork.Of("bart-large").Build(options);

    /// <summary>whisper-tiny. Whisper of 4 layers in each half. Radford et al., 2022.</summary>
    [HubName("whisper-tiny")]
    public static ModelSpec WhisperTiny(ApplicationOptions? options = null)
        => TransformerNetwork.Of("whisper-tiny").Build(options);

    /// <summary>whisper-base. Whisper of 6 layers in each half. Radford et al., 2022.</summary>
    [HubName("whisper-base")]
    public static ModelSpec WhisperBase(ApplicationOptions? options = null)
        => TransformerNetwork.Of("whisper-base").Build(options);

    /// <summary>whisper-small. Whisper of 12 layers in each half. Radford et al., 2022.</summary>
    [HubName("whisper-small")]
    public static ModelSpec WhisperSmall(ApplicationOptions? options = null)
        => TransformerNetwork.Of("whisper-small").Build(options);

    /// <summary>whisper-medium. Whisper of 24 layers in each half. Radford et al., 2022.</summary>
    [HubName("whisper-medium")]
    public static ModelSpec WhisperMedium(ApplicationOptions? options = null)
        => TransformerNetwork.Of("whisper-medium").Build(options);

    /// <summary>whisper-large-v3. Whisper of 32 layers in each half, version 3. Radford et al., 2022.</summary>
    [HubName("whisper-large-v3")]
    public static ModelSpec WhisperLargeV3(ApplicationOptions? options = null)
        => TransformerNetwork.Of("whisper-large-v3").Build(options);

    /// <summary>whisper-large-v3-turbo. Whisper of 32 layers and 4 of its decoder. Radford et al., 2022.</summary>
    [HubName("whisper-large-v3-turbo")]
    public static ModelSpec WhisperLargeV3Turbo(ApplicationOptions? options = null)
        => TransformerNetwork.Of("whisper-large-v3-turbo").Build(options);
}
