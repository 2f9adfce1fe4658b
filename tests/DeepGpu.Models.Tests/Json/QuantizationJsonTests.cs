using System.Text.Json.Nodes;
using DeepGpu.Models.Json;

namespace DeepGpu.Models.Tests.Json;

/// <summary>Quantised and adapted layers in Keras's configs: the dtype policy says how, a config beside it with which quantizers.</summary>
public class QuantizationJsonTests
{
    public static TheoryData<string, string, string> Written => new()
    {
        { "int8", "QuantizedDTypePolicy", """{"mode":"int8","source_name":"float32"}""" },
        { "int4", "Int4DTypePolicy", """{"mode":"int4/128","source_name":"float32"}""" },
        { "int4/-1", "Int4DTypePolicy", """{"mode":"int4/-1","source_name":"float32"}""" },
        { "float8", "QuantizedFloat8DTypePolicy", """{"mode":"float8","source_name":"float32","amax_history_length":1024}""" },
    };

    [Theory, MemberData(nameof(Written))]
    public void The_policy_is_the_one_Keras_writes(string mode, string className, string config)
    {
        var policy = LayerJson.Write(new Dense(3).Quantize(Of(mode)), "x")["config"]!["dtype"]!;
        policy["class_name"]!.GetValue<string>().Should().Be(className);
        policy["config"]!.ToJsonString().Should().Be(config);
        policy["module"]!.GetValue<string>().Should().Be("keras.dtype_policies");
    }

    [Theory]
    [InlineData("\"int8_from_mixed_bfloat16\"", "int8", PrecisionPolicy.MixedBFloat16)]
    [InlineData("\"int4/64_from_float32\"", "int4/64", null)]
    [InlineData("{\"module\":\"keras.dtype_policies\",\"class_name\":\"QuantizedDTypePolicy\",\"config\":"
        + "{\"mode\":\"int4\",\"source_name\":\"bfloat16\"}}", "int4/-1", PrecisionPolicy.BFloat16)]
    [InlineData("{\"module\":\"keras.dtype_policies\",\"class_name\":\"Int4DTypePolicy\",\"config\":"
        + "{\"mode\":\"int4/None\",\"source_name\":\"float32\"}}", "int4/-1", null)]
    public void A_policy_without_config_means_the_modes_own_quantizers(string policy, string mode, PrecisionPolicy? source)
    {
        var read = (Dense)Read("""{"units": 3}""", policy);
        read.Quantization.Should().Be(Of(mode));
        read.Policy.Should().Be(source);
    }

    [Fact]
    public void A_config_says_which_quantizers()
    {
        const string Config = """
            {"module":"keras.quantizers","class_name":"Int8QuantizationConfig","config":{
              "weight_quantizer":{"module":"keras.quantizers","class_name":"AbsMaxQuantizer",
                "config":{"value_range":[-100,100],"epsilon":0.001,"output_dtype":"int8","axis":[0]},"registered_name":null},
              "activation_quantizer":null},"registered_name":null}
            """;
        var read = (Dense)Read($$"""{"units": 3, "quantization_config": {{Config}}}""", "\"int8_from_float32\"");
        read.Quantization
            .Should().Be(new Int8Quantization
            {
                WeightQuantizer = new() { Low = -100, High = 100, Epsilon = 0.001 },
                ActivationQuantizer = null
            });
        ((Dense)Read($$"""{"units": 3, "quantization_config": {{Config}}}""", "\"float32\"")).Quantization
            .Should().BeNull("the policy decides");
    }

    [Fact]
    public void Lora_is_written_as_rank_and_alpha_and_left_out_where_there_is_none()
    {
        var config = LayerJson.Write(new Embedding(4, 3).EnableLora(2), "x")["config"]!.AsObject();
        (config["lora_rank"]!.GetValue<int>(), config["lora_alpha"]!.GetValue<double>()).Should().Be((2, 2));
        LayerJson.Write(new Embedding(4, 3), "x")["config"]!.AsObject()
            .Should().NotContainKeys("lora_rank", "lora_alpha").And.ContainKey("quantization_config");
    }

    [Theory]
    [InlineData("\"gptq/4/128_from_float32\"")]
    [InlineData("{\"module\":\"keras.dtype_policies\",\"class_name\":\"AWQDTypePolicy\",\"config\":"
        + "{\"mode\":\"awq/4/128\",\"source_name\":\"float32\"}}")]
    public void A_mode_this_library_does_not_know_is_refused_by_name(string policy)
        => FluentActions.Invoking(() => Read("""{"units": 3}""", policy))
            .Should().Throw<ModelFormatException>().WithMessage("*is not a way of quantising this library knows*");

    [Fact]
    public void A_quantised_policy_of_a_layer_that_cannot_be_is_refused()
        => FluentActions.Invoking(() => Read("""{"filters": 3, "kernel_size": 2}""", "\"int8_from_float32\"", "Conv1D"))
            .Should().Throw<ModelFormatException>();

    private static Quantization Of(string mode) => mode.Split('/') switch
    {
        ["int8"] => Quantization.Int8,
        ["int4"] => Quantization.Int4,
        ["int4", var size]
            => new Int4Quantization
            {
                BlockSize = int.Parse(size, System.Globalization.CultureInfo.InvariantCulture) is > 0 and var n ? n
            : null
            },
        _ => Quantization.Float8,
    };

    private static Layer Read(string config, string policy, string className = "Dense")
    {
        var options = JsonNode.Parse(config)!.AsObject();
        options["dtype"] = JsonNode.Parse(policy);
        return LayerJson.Read(new JsonObject { ["class_name"] = className, ["module"] = "keras.layers", ["config"] = options });
    }
}
