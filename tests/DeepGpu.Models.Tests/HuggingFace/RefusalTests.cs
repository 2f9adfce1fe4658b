using System.Text;

namespace DeepGpu.Models.Tests;

/// <summary>What a config.json is refused for.</summary>
public class RefusalTests
{
    private const string Good = """
        "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 96, "vocab_size": 100
        """;

    [Theory]
    [InlineData("lama", "'llama'")]
    [InlineData("qwen4", "'qwen3'")]
    [InlineData("BERT", "'bert'")]
    public void An_unknown_family_is_refused_by_name_with_the_nearest(string family, string nearest)
    {
        var fault = Refused($$"""{ "model_type": "{{family}}", {{Good}} }""");
        Assert.Equal("unknown_model_type", fault.Code);
        Assert.Contains($"'{family}'", fault.Received, StringComparison.Ordinal);
        if (family != "BERT") Assert.Contains(nearest, fault.Received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not_a_config", "{}")]
    [InlineData("not_a_config", "[1]")]
    [InlineData("not_a_config", """{ "model_type": 3 }""")]
    [InlineData("not_json", "{")]
    [InlineData("duplicate_name", """{ "model_type": "llama", "model_type": "llama" }""")]
    [InlineData("config_key_missing", """{ "model_type": "llama", "hidden_size": 64 }""")]
    public void What_is_no_config_is_refused(string code, string json) => Assert.Equal(code, Refused(json).Code);

    [Theory]
    [InlineData("{}", null)]
    [InlineData("[1]", null)]
    [InlineData("{", null)]
    [InlineData("", null)]
    [InlineData("""{ "model_type": "llama", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, """
        + """ "intermediate_size": 96, "vocab_size": 100 }""", 3)]
    public void A_file_of_another_kind_is_not_read_and_not_refused(string json, int? layers)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("deepgpu").FullName, "config.json");
        File.WriteAllText(file, json);
        Assert.Equal(layers is not null, HuggingFaceConfig.TryRead(file, out var shape));
        Assert.Equal(layers, shape?.Layers);
        Assert.Equal(layers is not null, HuggingFaceConfig.TryRead(Path.GetDirectoryName(file)!, out _));
    }

    [Fact]
    public void A_config_that_is_wrong_is_refused_with_its_file_also_where_another_kind_is_allowed()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("deepgpu").FullName, "config.json");
        File.WriteAllText(file, """{ "model_type": "lama" }""");
        var error = Assert.Throws<ModelFormatException>(() => HuggingFaceConfig.TryRead(file, out _));
        Assert.Equal(("unknown_model_type", file), (error.Fault.Code, error.File));
    }

    [Theory]
    [InlineData("\"num_key_value_heads\": 3")]
    [InlineData("\"num_key_value_heads\": 0")]
    [InlineData("\"num_key_value_heads\": -4")]
    [InlineData("\"num_key_value_heads\": 1.5")]
    [InlineData("\"num_key_value_heads\": \"4\"")]
    [InlineData("\"num_key_value_heads\": 99999999999")]
    [InlineData("\"tie_word_embeddings\": 1")]
    [InlineData("\"head_dim\": []")]
    public void An_impossible_value_is_refused(string member)
        => Assert.Equal("config_value", Refused($$"""{ "model_type": "llama", {{Good}}, {{member}} }""").Code);

    [Fact]
    public void Heads_that_do_not_divide_the_hidden_size_are_refused()
        => Assert.Equal("config_value", Refused("""
            { "model_type": "llama", "hidden_size": 65, "num_hidden_layers": 2, "num_attention_heads": 4,
              "intermediate_size": 96, "vocab_size": 100 }
            """).Code);

    [Fact]
    public void More_active_experts_than_there_are_are_refused()
        => Assert.Equal("config_value",
            Refused($$"""{ "model_type": "mixtral", {{Good}}, "num_local_experts": 2, "num_experts_per_tok": 3 }""").Code);

    [Fact]
    public void Sizes_whose_weights_cannot_be_counted_are_refused()
        => Assert.Equal("config_value", Refused("""
            { "model_type": "llama", "hidden_size": 1073741824, "num_hidden_layers": 1073741824, "num_attention_heads": 1,
              "intermediate_size": 1073741824,
              "vocab_size": 1073741824 }
            """).Code);

    [Fact]
    public void A_file_is_named_in_its_error()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "config.json");
        File.WriteAllText(file, """{ "model_type": "nothing_like_it" }""");
        Assert.Equal(file, Assert.Throws<ModelFormatException>(() => HuggingFaceConfig.Read(file)).File);
        File.WriteAllText(file, $$"""{ "model_type": "llama", {{Good}} }""");
        Assert.Equal(HuggingFaceConfig.Read(file), HuggingFaceConfig.Read(Path.GetDirectoryName(file)!));
    }

    private static Fault Refused(string json)
        => Assert.Throws<ModelFormatException>(() => HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(json))).Fault;
}
