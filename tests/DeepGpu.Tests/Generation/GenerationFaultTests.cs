using DeepGpu.Models;

namespace DeepGpu.Tests.Generation;

/// <summary>What cannot be generated is refused with the rule, what was received, and the way out.</summary>
public class GenerationFaultTests
{
    private static readonly GenerationOptions Greedy = new();

    public static TheoryData<Func<GenerationOptions>, string> Options => new()
    {
        { () => Greedy with { Temperature = -0.1 }, "*temperature must be finite and at least 0, but is -0.1.*" },
        { () => Greedy with { Temperature = double.NaN }, "*temperature must be finite and at least 0, but is NaN.*" },
        { () => Greedy with { Temperature = double.PositiveInfinity }, "*temperature must be finite and at least 0, but is Infinity.*" },
        { () => Greedy with { TopP = 0 }, "*topP must be above 0 and at most 1, but is 0.*" },
        { () => Greedy with { TopP = 1.01 }, "*topP must be above 0 and at most 1, but is 1.01.*" },
        { () => Greedy with { TopP = double.NaN }, "*topP must be above 0 and at most 1, but is NaN.*" },
        { () => Greedy with { TopK = 0 }, "*topK must be at least 1, but is 0.*" },
        { () => Greedy with { MaxNewTokens = 0 }, "*maxNewTokens must be at least 1, but is 0.*" },
        { () => Greedy with { StopTexts = ["a", ""] }, "*stopTexts must be texts of at least one letter, but is an empty one.*" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_out_of_range_is_refused_at_once(Func<GenerationOptions> make, string text)
        => make.Should().Throw<DeepGpuArgumentException>().WithMessage("GenerationOptions: " + text + "Pass a value that is *")
            .Which.Fault.Code.Should().Be("argument_out_of_range");

    public static TheoryData<int[][], GenerationOptions, string> Calls => new()
    {
        { [], Greedy, "*prompts must be at least one prompt of at least one word, but is none.*" },
        { [[1], []], Greedy, "*prompts must be at least one prompt of at least one word, but is none.*" },
        { [[1, 5]], Greedy, "*prompts must be numbers of words, from 0 to 4, but is 5.*" },
        { [[1], [-1]], Greedy, "*prompts must be numbers of words, from 0 to 4, but is -1.*" },
        { [[1]], Greedy with { StopTokens = [2, 5] }, "*stopTokens must be numbers of words, from 0 to 4, but is 5.*" },
        { [[1]], Greedy with { StopTokens = [-1] }, "*stopTokens must be numbers of words, from 0 to 4, but is -1.*" },
        { [[1]], Greedy with { StopTexts = ["x"] }, "*stopTexts must be empty where no Tokenizer is passed*but is 1 of them.*" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_that_does_not_fit_is_refused(int[][] prompts, GenerationOptions options, string text)
    {
        using var model = Bigrams.Always(1, 2, 3, 4, 5);
        model.Invoking(m => m.Generate(prompts, options)).Should().Throw<DeepGpuArgumentException>().WithMessage("Generate: " + text);
        var stream = async () =>
        {
            await foreach (var _ in model.GenerateAsync(prompts, options)) Assert.Fail("nothing comes");
        };
        (await stream.Should().ThrowAsync<DeepGpuArgumentException>()).WithMessage("Generate: " + text);
    }

    [Fact]
    public void Learned_positions_end()
    {
        using var model = WithPositions(7).ToModel(Device.Cpu, seed: 1);
        model.Generate([1, 2, 3]).Should().HaveCount(4, "as many as there are positions");
        model.Generate([1, 2, 3, 0, 0, 0], new() { MaxNewTokens = 1 }).Should().HaveCount(1);
        model.Invoking(m => m.Generate([1, 2, 3], new() { MaxNewTokens = 5 })).Should().Throw<DeepGpuArgumentException>().WithMessage(
            "*maxNewTokens must be so that prompt and added words are at most the 7 positions of 'tiny', but is 5 after a prompt of 3.*");
        model.Invoking(m => m.Generate([[1], [1, 2, 3, 0, 0, 0, 0]])).Should().Throw<DeepGpuArgumentException>().WithMessage(
            "*prompts must be so that prompt and added words are at most the 7 positions of 'tiny', but is a prompt of 7.*");
        model.Invoking(m => m.Generate(Enumerable.Repeat(1, 300).ToArray())).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void A_model_that_is_no_language_model_is_refused()
    {
        using var classifier = Sequential.Input(4).Dense(3).Build().ToModel(Device.Cpu);
        classifier.Invoking(m => m.Generate([1])).Should().Throw<ModelStateException>().WithMessage("*logits (batch, steps, words)*Dense*")
            .Which.Fault.Code.Should().Be("no_language_model");
    }

    [Fact]
    public void A_cache_is_refused_where_a_layer_sees_all_steps_at_once()
    {
        var input = Functional.Input(new InputLayer(new Shape(null, null)) { ElementType = DataType.Int32 });
        var x = input.Embedding(5, 4).GRU(4, returnSequences: true, name: "memory").Dense(5);
        using var model = Functional.Model([input], [x], "recurrent").ToModel(Device.Cpu, seed: 2);
        model.Generate([1, 2], new() { MaxNewTokens = 3 }).Should().HaveCount(3);
        model.Invoking(m => m.Generate([1], new() { UseCache = true })).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*useCache must be false or null, because 'memory' must see all steps at once*");
    }

    private static ModelSpec WithPositions(int count)
    {
        var input = Functional.Input(new InputLayer(new Shape(null, null)) { ElementType = DataType.Int32 });
        var x = input.TokenAndPositionEmbedding(4, count, 6).TransformerDecoder(5, 2).Dense(4);
        return Functional.Model([input], [x], "tiny");
    }
}
