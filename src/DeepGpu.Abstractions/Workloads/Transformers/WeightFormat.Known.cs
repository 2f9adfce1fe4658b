using System.Diagnostics.CodeAnalysis;
using DeepGpu.Workloads;

namespace DeepGpu;

/// <summary>The formats that are known.</summary>
public sealed partial record WeightFormat
{
    private const double Half = 16;

    /// <summary>32 values of 4 bits and a scale of 8 (OCP Microscaling Formats, version 1.0).</summary>
    private const double MicroScaled = 4 + 8 / 32.0;

    private static readonly WeightFormat[] Plain =
    [
        Of("FP32", 32, NumberFormat.Float32),
        Of("FP16", Half, NumberFormat.Float16),
        Of("BF16", Half, NumberFormat.BFloat16),
        Layers("FP8", 8, NumberFormat.Float8),
        Layers("INT8", 8, NumberFormat.Float16) with { IsWeightOnly = true },   // LLM.int8 (Dettmers et al., 2022): one scale a row
        Layers("W8A8", 8, NumberFormat.Int8),
        Layers("GPTQ-Int8", 8 + 24 / 128.0, NumberFormat.Float16) with { IsWeightOnly = true },
        Layers("GPTQ-Int4", 4 + 20 / 128.0, NumberFormat.Float16) with { IsWeightOnly = true }, // of 128 a scale (16 bits) and a zero (4)
        Layers("AWQ", 4 + 20 / 128.0, NumberFormat.Float16) with { IsWeightOnly = true },
        Layers("NF4", 4 + 32 / 64.0, NumberFormat.BFloat16) with { IsWeightOnly = true },
            // QLoRA (Dettmers et al., 2023): of 64 a scale
        Layers("NF4-double", 4 + 8 / 64.0 + 32 / (64.0 * 256), NumberFormat.BFloat16) with { IsWeightOnly = true },
        Layers("MXFP4", MicroScaled, NumberFormat.BFloat16) with { IsWeightOnly = true, OnlyExperts = true },
        Layers("NVFP4", 4 + 8 / 16.0, NumberFormat.Float8), // of 16 a scale (8 bits)
    ];

    /// <summary>All known formats: plain ones, quantised ones and the mixes of GGUF.</summary>
    public static IReadOnlyList<WeightFormat> All { get; } = [.. Plain, .. GgufMix.All.Select(Gguf)];

    /// <summary>Single precision.</summary>
    public static WeightFormat Float32 { get; } = Find("FP32");

    /// <summary>Half precision.</summary>
    public static WeightFormat Float16 { get; } = Find("FP16");

    /// <summary>BFloat16.</summary>
    public static WeightFormat BFloat16 { get; } = Find("BF16");

    /// <summary>The format with a name; case and the signs between its parts do not count ("q4_k_m", "Q4-K-M").</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="DeepGpuArgumentException">None is called so.</exception>
    public static WeightFormat Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryFind(name, out var format) ? format : throw Unknown(name);
    }

    /// <summary>Whether a format has a name, as <see cref="Find"/> reads it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="format">The format; null where none is called so.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out WeightFormat? format)
    {
        ArgumentNullException.ThrowIfNull(name);
        var key = Key(name);
        format = All.FirstOrDefault(known => Key(known.Name) == key);
        return format is not null;
    }

    /// <summary>A format of one's own, all weights alike.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="bits">Bits a weight, scales counted; above 0, at most 64.</param>
    /// <param name="arithmetic">What the products compute in.</param>
    public static WeightFormat Of(string name, double bits, NumberFormat arithmetic = NumberFormat.Float16)
    {
        ArgumentNullException.ThrowIfNull(name);
        Require.InRange(Require.Positive(bits, nameof(WeightFormat)), 0.1, 64, nameof(WeightFormat));
        return new() { Name = name, Bits = bits, TableBits = bits, OutputBits = bits, Arithmetic = arithmetic };
    }

    private static WeightFormat Layers(string name, double bits, NumberFormat arithmetic)
        => Of(name, bits, arithmetic) with { TableBits = Half, OutputBits = Half };

    private static WeightFormat Gguf(GgufMix mix) => new()
    {
        Name = mix.Name,
        Bits = mix.Usual,
        TableBits = mix.Usual,
        OutputBits = mix.Output,
        Arithmetic = NumberFormat.Float16,
        IsWeightOnly = mix.Usual < Half,
        Mix = mix,
    };

    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant() switch
    {
        "FLOAT32" => "FP32",
        "FLOAT16" or "F16" or "HALF" => "FP16",
        "BFLOAT16" => "BF16",
        var key => key,
    };

    private static DeepGpuArgumentException Unknown(string name)
    {
        var nearest = All.OrderBy(format => Spelling.Distance(Key(name), Key(format.Name))).Take(3);
        return new(new("unknown_weight_format", $"The precision of weights must be one of {All.Count} formats,",
            $"but is '{StrictJson.Printable(name)}'. Nearest: {string.Join(", ", nearest.Select(format => $"'{format.Name}'"))}.",
            "Pass one of those, or make one of its bits a weight with WeightFormat.Of."), nameof(name));
    }
}
