namespace DeepGpu.Models.HuggingFace;

/// <summary>U-Nets of diffusion models: UNet2DConditionModel of the diffusers library.</summary>
internal static class UNetFamily
{
    private const int TextTokens = 77;
    private const string Crossing = "CrossAttn";

    public static DiffusionShape Read(ConfigReader c, string name)
    {
        var channels = c.Numbers("block_out_channels") ?? [320, 640, 1280, 1280];
        var time = 4 * channels[0];
        var count = new UNetCount(time, c.Optional("cross_attention_dim") ?? 1280, TextTokens);
        count.Convolution(1, c.Optional("in_channels") ?? 4, channels[0]);
        count.Embedding(channels[0], time);
        if (c.Optional("projection_class_embeddings_input_dim") is { } added && c.Has("addition_embed_type")) count.Embedding(added, time);
        Body(c, count, channels);
        count.Normalisation(1, channels[0]);
        count.Convolution(1, channels[0], c.Optional("out_channels") ?? 4);
        return new()
        {
            Name = name,
            Kind = c.Family,
            ParameterCount = count.Parameters,
            LatentChannels = c.Optional("in_channels") ?? 4,
            TextTokens = TextTokens,
            Levels = count.Levels,
            Blocks = count.Blocks,
        };
    }

    private static void Body(ConfigReader c, UNetCount count, IReadOnlyList<int> channels)
    {
        var stages = Stages(c, channels);
        var skips = new Stack<long>([channels[0]]);
        Down(count, stages, skips);
        Middle(count, stages[^1]);
        Up(count, stages, skips);
    }

    /// <summary>The last stage does not halve the picture.</summary>
    private static void Down(UNetCount count, List<Stage> stages, Stack<long> skips)
    {
        long from = skips.Peek();
        foreach (var stage in stages)
        {
            for (var i = 0; i < stage.Layers; i++)
            {
                count.Residual(stage.Divisor, from, stage.Channels);
                if (stage.CrossesDown) count.Transformer(stage.Divisor, stage.Channels, stage.Heads, stage.Depth);
                skips.Push(from = stage.Channels);
            }

            if (stage.IsLast) continue;
            count.Convolution(2 * stage.Divisor, stage.Channels, stage.Channels);
            skips.Push(stage.Channels);
        }
    }

    private static void Middle(UNetCount count, Stage last)
    {
        count.Residual(last.Divisor, last.Channels, last.Channels);
        count.Transformer(last.Divisor, last.Channels, last.Heads, last.Depth);
        count.Residual(last.Divisor, last.Channels, last.Channels);
    }

    /// <summary>Back up with one block more a stage, each with what the way down kept beside it.</summary>
    private static void Up(UNetCount count, List<Stage> stages, Stack<long> skips)
    {
        long from = stages[^1].Channels;
        foreach (var stage in Enumerable.Reverse(stages))
        {
            for (var i = 0; i <= stage.Layers; i++)
            {
                count.Residual(stage.Divisor, from + skips.Pop(), stage.Channels);
                if (stage.CrossesUp) count.Transformer(stage.Divisor, stage.Channels, stage.Heads, stage.Depth);
                from = stage.Channels;
            }

            if (!stage.IsFirst) count.Convolution(stage.Divisor / 2, stage.Channels, stage.Channels);
        }
    }

    private static List<Stage> Stages(ConfigReader c, IReadOnlyList<int> channels)
    {
        var last = channels.Count - 1;
        var down = c.Texts("down_block_types") ?? [.. channels.Select((_, i) => i < last ? "CrossAttnDownBlock2D" : "DownBlock2D")];
        var up = c.Texts("up_block_types") ?? [.. channels.Select((_, i) => i > 0 ? "CrossAttnUpBlock2D" : "UpBlock2D")];
        var (layers, depths, heads) = (c.Each("layers_per_block", channels.Count, 2), c.Each("transformer_layers_per_block", channels.Count,
            1), c.Each("attention_head_dim", channels.Count, 8)); // the heads' number, whatever its name says: diffusers #2011
        if (down.Count != channels.Count) throw c.Uneven("down_block_types", channels.Count);
        if (up.Count != channels.Count) throw c.Uneven("up_block_types", channels.Count);
        return [.. channels.Select((width, i) => new Stage(1 << i, width, layers[i], depths[i], heads[i],
            down[i].StartsWith(Crossing, StringComparison.Ordinal), up[last - i].StartsWith(Crossing, StringComparison.Ordinal), i == 0,
            i == last))];
    }

    private sealed record Stage(int Divisor, int Channels, int Layers, int Depth, int Heads, bool CrossesDown, bool CrossesUp, bool IsFirst,
        bool IsLast);
}
