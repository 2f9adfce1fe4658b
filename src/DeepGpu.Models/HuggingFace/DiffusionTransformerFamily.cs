namespace DeepGpu.Models.HuggingFace;

/// <summary>Transformers of diffusion models of the diffusers library: of two streams that attend together (SD3Transformer2DModel), and of
/// one that attends to the text (PixArtTransformer2DModel, Transformer2DModel).</summary>
internal static class DiffusionTransformerFamily
{
    /// <summary>Stable Diffusion 3 and 3.5 (Esser et al., 2024): each layer has weights for the picture's and for the text's tokens; the
    /// last one makes no text. "dual_attention_layers" attend among the picture's alone, too.</summary>
    public static DiffusionShape StableDiffusion3(ConfigReader c, string name)
    {
        var (layers, heads, size) = (c.Number("num_layers"), c.Number("num_attention_heads"), c.Number("attention_head_dim"));
        var (patch, latent) = (c.Optional("patch_size") ?? 2, c.Optional("in_channels") ?? 16);
        long h = (long)heads * size, joint = c.Optional("joint_attention_dim") ?? 4096,
            pooled = c.Optional("pooled_projection_dim") ?? 2048;
        long dual = c.Members("dual_attention_layers") ?? 0, norms = c.Has("qk_norm") ? 2 * size : 0;
        var (text, output) = (c.Optional("max_text_tokens") ?? 333, (long)patch * patch * (c.Optional("out_channels") ?? latent));
        var stream = 4 * (h * h + h) + 8 * h * h + 5 * h + norms;
        var parameters = layers * (2 * stream + 2 * (6 * h * h + 6 * h)) - (h * h + h + 8 * h * h + 5 * h) - 4 * (h * h + h)
            + dual * (4 * (h * h + h) + norms + 3 * (h * h + h)) + (long)patch * patch * latent * h + h
            + 256 * h + h + h * h + h + pooled * h + h + h * h + h + joint * h + h + 2 * (h * h + h) + h * output + output;
        var perCell = 2.0 * (layers * 12 + dual * 4) * h * h + 8.0 * layers * text * h;
        var perText = 2.0 * layers * 12 * h * h * text + 4.0 * layers * text * text * h;
        return Of(c, name, parameters, latent, patch, text, layers, perCell, perText, (layers + dual) * h, (layers + dual) * heads,
            layers * 13.0 * h);
    }

    /// <summary>PixArt (Chen et al., 2023): attention among cells, to the text, and a feed-forward of four times the width.</summary>
    public static DiffusionShape PixArt(ConfigReader c, string name)
    {
        var (layers, heads, size) = (c.Number("num_layers"), c.Number("num_attention_heads"), c.Number("attention_head_dim"));
        var (patch, latent) = (c.Optional("patch_size") ?? 2, c.Optional("in_channels") ?? 4);
        long h = (long)heads * size, caption = c.Optional("caption_channels") ?? 4096, output = (long)patch * patch
            * (c.Optional("out_channels") ?? latent);
        const int text = 300;
        var parameters = layers * (8 * (h * h + h) + 8 * h * h + 5 * h + 6 * h) + (long)patch * patch * latent * h + h + 256 * h + h + h * h
            + h + 6 * h * h + 6 * h + caption * h + h + h * h + h + 2 * h + h * output + output;
        return Of(c, name, parameters, latent, patch, text, layers, 2.0 * layers * 14 * h * h + 4.0 * layers * text * h,
            2.0 * layers * 2 * h * h * text, layers * h, layers * heads, layers * 15.0 * h);
    }

    private static DiffusionShape Of(ConfigReader c, string name, long parameters, int latent, int patch, int text, int layers,
        double perCell, double perText, double width, double heads, double elements) => new()
        {
            Name = name,
            Kind = c.Family,
            ParameterCount = parameters,
            LatentChannels = latent,
            TextTokens = text,
            Levels = [new(patch, perCell, 4 * width, elements, heads)],
            FlopsOfText = perText,
            Blocks = layers,
        };
}
