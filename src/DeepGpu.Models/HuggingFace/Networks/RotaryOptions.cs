namespace DeepGpu.Models.HuggingFace;

/// <summary>Rotary positions as a config.json tells them.</summary>
/// <param name="MaxWavelength">The base of the wavelengths.</param>
/// <param name="Share">The share of each head's features that is turned.</param>
/// <param name="Scaling">How positions are stretched; null for not at all.</param>
internal sealed record RotaryOptions(double MaxWavelength, double Share, RotaryScaling? Scaling)
{
    private const string Old = "rope_scaling", New = "rope_parameters";

    /// <summary>What multiplies the scores' factor of latent attention twice: DeepSeek's mscale_all_dim.</summary>
    public double ScoreMagnitude { get; private init; } = 1;

    /// <summary>The positions of a file, or those that newer files list under a layer's type.</summary>
    /// <param name="config">The file.</param>
    /// <param name="layerType">"full_attention", "sliding_attention"; null where all layers are alike.</param>
    /// <param name="wavelength">The base where the file has none.</param>
    public static RotaryOptions Of(ConfigReader config, string? layerType = null, double wavelength = 10000)
    {
        var part = config.Has(New) ? config.Part(New) : config;
        if (config.Has(New) && layerType is not null && part.Has(layerType)) part = part.Part(layerType);
        var scaling = config.Has(New) ? part : config.Has(Old) ? config.Part(Old) : null;
        var share = part.Real("partial_rotary_factor") ?? config.Real("partial_rotary_factor") ?? 1;
        var theta = part.Real("rope_theta") ?? config.Real("rope_theta") ?? wavelength;
        return new(theta, share, scaling is null ? null : ScalingOf(scaling, config))
        {
            ScoreMagnitude = scaling is null ? 1 : Magnitude(scaling, scaling.Any("mscale_all_dim") ?? 0),
        };
    }

    /// <summary>How many of a head's features are turned.</summary>
    public int Features(int headSize) => (int)(headSize * Share);

    private static RotaryScaling? ScalingOf(ConfigReader scaling, ConfigReader config)
    {
        var kind = scaling.Text("rope_type") ?? scaling.Text("type") ?? "default";
        return kind switch
        {
            "default" or "mrope" => null,
            "linear" => new(RotaryScalingKind.Linear) { Factor = Factor(scaling) },
            "dynamic" => new(RotaryScalingKind.Dynamic) { Factor = Factor(scaling), OriginalLength = Length(scaling, config) },
            "llama3" => new(RotaryScalingKind.Llama3)
            {
                Factor = Factor(scaling),
                OriginalLength = Length(scaling, config),
                LowFrequencyFactor = scaling.Real("low_freq_factor") ?? 1,
                HighFrequencyFactor = scaling.Real("high_freq_factor") ?? 4,
            },
            "yarn" => Yarn(scaling, config),
            "longrope" or "su" => LongRope(scaling, config),
            _ => throw new ModelFormatException(new("config_value",
                $"The kind of rotary scaling in a config.json of model_type '{config.Family}' must be a known one,",
                $"but is '{StrictJson.Printable(kind)}'.", "Known are default, linear, dynamic, llama3, yarn and longrope."), entry: Old),
        };
    }

    private static RotaryScaling Yarn(ConfigReader scaling, ConfigReader config) => new(RotaryScalingKind.Yarn)
    {
        Factor = Factor(scaling),
        OriginalLength = Length(scaling, config),
        BetaFast = scaling.Real("beta_fast") ?? 32,
        BetaSlow = scaling.Real("beta_slow") ?? 1,
        Truncate = scaling.Flag("truncate", true),
        AttentionFactor = scaling.Real("attention_factor") ?? (
            scaling.Any("mscale") is > 0 and var own && scaling.Any("mscale_all_dim") is > 0 and
            var all ? Magnitude(scaling, own) / Magnitude(scaling, all) : null),
    };

    private static RotaryScaling LongRope(ConfigReader scaling, ConfigReader config)
    {
        var (original, longest) = (Length(scaling, config), config.Optional("max_position_embeddings") ?? 1);
        var factor = config.Has("original_max_position_embeddings") ? (double)longest / original : scaling.Real("factor") ?? 1;
        return new(RotaryScalingKind.LongRope)
        {
            OriginalLength = original,
            ShortFactors = [.. scaling.Reals("short_factor") ?? []],
            LongFactors = [.. scaling.Reals("long_factor") ?? []],
            AttentionFactor = scaling.Real("attention_factor") ?? (factor <= 1 ? 1 : Math.Sqrt(1 + Math.Log(factor) / Math.Log(original))),
        };
    }

    private static double Factor(ConfigReader scaling) => scaling.Real("factor") ?? 1;

    private static int Length(ConfigReader scaling, ConfigReader config) => scaling.Optional("original_max_position_embeddings")
        ?? config.Optional("original_max_position_embeddings") ?? config.Optional("max_position_embeddings") ?? 8192;

    /// <summary>YaRN's growth with the factor, times how much it counts.</summary>
    private static double Magnitude(ConfigReader scaling, double share)
        => Factor(scaling) <= 1 || share <= 0 ? 1 : 0.1 * share * Math.Log(Factor(scaling)) + 1;
}
