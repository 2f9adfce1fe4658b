using System.Text;
using System.Text.Json;
using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

/// <summary>Weights in 8 and 4 bits as published files hold them, against plain loops over the bits.</summary>
public sealed class EightBitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-bits-").FullName;
    private readonly Random _random = new(4);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>DeepSeek V3's blocks of 128 x 128, of which the last are smaller; smaller blocks; a scale for each row; one for
    /// all.</summary>
    public static TheoryData<string, string, int[], int, int> Scales => new()
    {
        { "F8_E4M3", "weight_scale_inv", [3, 2], 128, 128 }, { "F8_E4M3", "weight_scale_inv", [5, 4], 64, 64 },
        { "F8_E5M2", "weight_scale", [300, 1], 1, 200 }, { "F8_E4M3", "weight_scale", [300], 1, 200 },
        { "F8_E4M3", "weight_scale", [1], 300, 200 }, { "F8_E5M2", "weight_scale", [], 300, 200 },
        { "I8", "weight_scale", [300, 1], 1, 200 },
    };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Eight_bits_times_their_scales_are_the_weights(string type, string name, int[] shape, int rows, int columns)
    {
        const int Out = 300, In = 200;
        var (bits, scales) = (Finite(type, Out * In), Floats(shape.Aggregate(1, (product, length) => product * length)));
        var path = Write(new()
        {
            ["fc.weight"] = (type, [Out, In], bits),
            ["fc." + name] = ("F32", shape, Bytes(scales)),
            ["fc.bias"] = ("F32", [Out], Bytes(Floats(Out))),
            ["fc.input_scale"] = ("F32", [1], Bytes([2]))
        });
        using var model = Sequential.Input(In).Dense(Out, name: "fc").Build().ToModel(Device.Cpu);
        var report = model.LoadWeights(path);
        report.IsComplete.Should().BeTrue();
        report.Loaded[0].Tensors.Should().Equal("fc.weight", "fc." + name);
        report.Ignored.Select(tensor => tensor.Name).Should().Equal("fc.input_scale");
        var blocksInRow = (In + columns - 1) / columns;
        var kernel = model.Weights[0].ToArray().ToArray<float>();
        for (var o = 0; o < Out; o++)
        {
            for (var i = 0; i < In; i++)
                kernel[i * Out + o].Should().Be(Value(type, bits[o * In + i]) * scales[o / rows * blocksInRow + i / columns]);
        }
    }

    [Fact]
    public void Every_pattern_of_bits_has_its_value()
    {
        for (var bits = 0; bits < 256; bits++)
        {
            Float8.FromE4M3((byte)bits).Should().Be(Value("F8_E4M3", (byte)bits));
            Float8.FromE5M2((byte)bits).Should().Be(Value("F8_E5M2", (byte)bits));
        }

        (Float8.FromE4M3(0x7E), Float8.FromE4M3(0x81), Float8.FromE5M2(0x7B)).Should().Be((448, -MathF.Pow(2, -9), 57344));
    }

    [Fact]
    public void Without_scales_the_bits_are_the_weights()
    {
        var bits = Finite("F8_E4M3", 15);
        using var model = Sequential.Input(5).Dense(3, useBias: false, name: "fc").Build().ToModel(Device.Cpu);
        model.LoadWeights(Write(new() { ["fc.weight"] = ("F8_E4M3", [3, 5], bits) }));
        model.Weights[0].ToArray().ToArray<float>()[4 * 3 + 1].Should().Be(Value("F8_E4M3", bits[1 * 5 + 4]));
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(1, 7)]
    [InlineData(2, 2)]
    public void Scales_of_another_shape_are_not_guessed(int rows, int columns)
    {
        using var model = Sequential.Input(6).Dense(5, useBias: false, name: "fc").Build().ToModel(Device.Cpu);
        var path = Write(new()
        {
            ["fc.weight"] = ("F8_E4M3", [5, 6], Finite("F8_E4M3", 30)),
            ["fc.weight_scale_inv"] = ("F32", [rows, columns], Bytes(Floats(rows * columns)))
        });
        var before = model.Weights[0].ToArray().ToArray<float>();
        if ((rows, columns) == (2, 2)) model.LoadWeights(path).IsComplete.Should().BeTrue("blocks of 4 x 4");
        else
        {
            model.Invoking(m => m.LoadWeights(path)).Should().Throw<WeightMismatchException>().Which.Fault.Code.Should().Be("wrong_dtype");
            model.Weights[0].ToArray().ToArray<float>().Should().Equal(before);
        }
    }

    /// <summary>Experts of DeepSeek V3, each projection by itself with its scales.</summary>
    [Fact]
    public void Experts_in_eight_bits_are_read_one_by_one()
    {
        using var model = ModelSpec.FromHuggingFace(Generation.TinyDecoders.Folder("deepseek-v3")).ToModel(Device.Cpu);
        var tensors = new Dictionary<string, (string, int[], byte[])> { ["model.norm.weight"] = ("F32", [16], Bytes(Floats(16))) };
        var (bits, scales) = (new byte[8][], Floats(8));
        for (var expert = 0; expert < 8; expert++)
        {
            var path = $"model.layers.1.mlp.experts.{expert}.up_proj";
            bits[expert] = Finite("F8_E4M3", 7 * 16);
            tensors[path + ".weight"] = ("F8_E4M3", [7, 16], bits[expert]);
            tensors[path + ".weight_scale_inv"] = ("F32", [1, 1], Bytes([scales[expert]]));
        }

        model.LoadWeights(Write(tensors), loading: WeightLoading.Lenient).Loaded.Select(weight => weight.Weight)
            .Should().Equal("model.layers.1.mlp/experts/intermediate_kernel", "model.norm/scale");
        var kernel = model.Weights.Single(weight => weight.Name == "model.layers.1.mlp/experts/intermediate_kernel").ToArray();
        kernel.Shape.Should().Equal(8, 16, 7);
        var values = kernel.ToArray<float>();
        for (var place = 0; place < values.Length; place++)
        {
            var (expert, i, o) = (place / (16 * 7), place / 7 % 16, place % 7);
            values[place].Should().Be(Value("F8_E4M3", bits[expert][o * 16 + i]) * scales[expert]);
        }
    }

    /// <summary>gpt-oss: blocks (experts, rows, blocks, 16 bytes), scales (experts, rows, blocks); gates and the other projections by
    /// turns.</summary>
    [Fact]
    public void Experts_in_four_bits_are_read()
    {
        const int Experts = 3, Hidden = 64, Inner = 32;
        File.WriteAllText(Path.Combine(_folder, "config.json"), $$"""
            {"model_type": "gpt_oss", "hidden_size": {{Hidden}}, "intermediate_size": {{Inner}}, "num_attention_heads": 2,
            "num_key_value_heads": 1, "head_dim": 4, "num_hidden_layers": 1, "num_local_experts": {{Experts}}, "num_experts_per_tok": 2,
            "vocab_size": 5, "sliding_window": 4}
            """);
        using var model = ModelSpec.FromHuggingFace(_folder).ToModel(Device.Cpu);
        var (both, bothScales) = (Any(Experts * 2 * Inner * Hidden / 2), Exponents(Experts * 2 * Inner * Hidden / 32));
        var (down, downScales) = (Any(Experts * Hidden * Inner / 2), Exponents(Experts * Hidden * Inner / 32));
        const string Name = "model.layers.0.mlp.experts.";
        var report = model.LoadWeights(Write(new()
        {
            [Name + "gate_up_proj_blocks"] = ("U8", [Experts, 2 * Inner, Hidden / 32, 16], both),
            [Name + "gate_up_proj_scales"] = ("U8", [Experts, 2 * Inner, Hidden / 32], bothScales),
            [Name + "down_proj_blocks"] = ("U8", [Experts, Hidden, Inner / 32, 16], down),
            [Name + "down_proj_scales"] = ("U8", [Experts, Hidden, Inner / 32], downScales),
            ["model.norm.weight"] = ("F32", [Hidden], Bytes(Floats(Hidden))),
        }), loading: WeightLoading.Lenient);
        report.Unused.Should().BeEmpty();
        float[] Kernel(string leaf) => model.Weights.Single(weight => weight.Name == $"model.layers.0.mlp/experts/{leaf}_kernel").ToArray()
            .ToArray<float>();
        var (gate, up, output) = (Kernel("gate"), Kernel("intermediate"), Kernel("output"));
        for (var e = 0; e < Experts; e++)
        {
            for (var h = 0; h < Hidden; h++)
            {
                for (var i = 0; i < Inner; i++)
                {
                    gate[(e * Hidden + h) * Inner + i].Should().Be(Four(both, bothScales, (e * 2 * Inner + 2 * i) * Hidden + h));
                    up[(e * Hidden + h) * Inner + i].Should().Be(Four(both, bothScales, (e * 2 * Inner + 2 * i + 1) * Hidden + h));
                    output[(e * Inner + i) * Hidden + h].Should().Be(Four(down, downScales, (e * Hidden + h) * Inner + i));
                }
            }
        }
    }

    [Theory]
    [InlineData("fc.qweight", "AWQ or GPTQ")]
    [InlineData("fc.weight.quant_state.bitsandbytes__nf4", "NF4 of bitsandbytes")]
    [InlineData("fc.weight_packed", "packed whole numbers of compressed-tensors")]
    [InlineData("fc.weight_scale_2", "NVFP4")]
    public void Other_kinds_are_refused_by_name(string tensor, string kind)
    {
        using var model = Sequential.Input(4).Dense(2, name: "fc").Build().ToModel(Device.Cpu);
        var path = Write(new() { ["fc.bias"] = ("F32", [2], Bytes(Floats(2))), [tensor] = ("U8", [4], Any(4)) });
        var fault = model.Invoking(m => m.LoadWeights(path)).Should().Throw<ModelFormatException>().Which;
        fault.Message.Should()
            .Match($"Weights are read from floating-point*but '{tensor}' says that this file holds {kind}.*Load the files*");
        (fault.File, fault.Entry, fault.Fault.Code).Should().Be((path, tensor, "quantized_weights"));
    }

    /// <summary>By the definitions: Micikevicius et al., 2022.</summary>
    private static float Value(string type, byte bits)
    {
        if (type == "I8") return bits < 128 ? bits : bits - 256;
        var (exponents, mantissas, bias) = type == "F8_E4M3" ? (4, 3, 7) : (5, 2, 15);
        var (exponent, mantissa) = ((bits >> mantissas) & ((1 << exponents) - 1), bits & ((1 << mantissas) - 1));
        var sign = bits >> 7 == 0 ? 1 : -1;
        if (type == "F8_E4M3" && exponent == 15 && mantissa == 7) return float.NaN;
        if (type == "F8_E5M2" && exponent == 31) return mantissa == 0 ? sign * float.PositiveInfinity : float.NaN;
        var part = mantissa / (double)(1 << mantissas);
        return (float)(sign * (exponent == 0 ? part * Math.Pow(2, 1 - bias) : (1 + part) * Math.Pow(2, exponent - bias)));
    }

    /// <summary>A sign, two bits of exponent, one of mantissa; the first of two in the low half; 32 times a power of 2.</summary>
    private static float Four(byte[] bytes, byte[] scales, int element)
    {
        var bits = element % 2 == 0 ? bytes[element / 2] & 15 : bytes[element / 2] >> 4;
        var (exponent, mantissa) = ((bits >> 1) & 3, bits & 1);
        var size = exponent == 0 ? mantissa * 0.5 : (1 + mantissa * 0.5) * Math.Pow(2, exponent - 1);
        return (float)((bits < 8 ? size : -size) * Math.Pow(2, scales[element / 32] - 127));
    }

    private byte[] Any(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Finite(string type, int count)
        => [.. Any(count).Select(bits => float.IsFinite(Value(type, bits)) ? bits : (byte)(bits & 0x3F))];

    private byte[] Exponents(int count) => [.. Any(count).Select(bits => (byte)(120 + bits % 12))];

    private float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.NextSingle() + 0.1f)];

    private static byte[] Bytes(float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>A safetensors file: the length of the header, the header, the bytes.</summary>
    private string Write(Dictionary<string, (string Type, int[] Shape, byte[] Bytes)> tensors)
    {
        var (at, entries) = (0, new Dictionary<string, object>());
        foreach (var (name, (type, shape, bytes)) in tensors)
            entries[name] = new { dtype = type, shape, data_offsets = new[] { at, at += bytes.Length } };
        var header = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entries));
        var path = Path.Combine(_folder, "model.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. tensors.Values.SelectMany(t => t.Bytes)]);
        return path;
    }
}
