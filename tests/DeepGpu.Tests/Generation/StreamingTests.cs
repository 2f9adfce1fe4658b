using DeepGpu.Generation;
using TorchSharp;

namespace DeepGpu.Tests.Generation;

/// <summary>Words one by one: the same, until somebody stops, and nothing is left behind.</summary>
public class StreamingTests
{
    private static readonly int[] Prompt = [3, 17, 5, 30];

    private static readonly GenerationOptions Drawn = new() { MaxNewTokens = 12, Temperature = 1, TopK = 9, TopP = 0.9, Seed = 8 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streamed_words_are_those_of_the_whole(bool useCache)
    {
        using var model = TinyDecoders.Load("llama");
        var options = Drawn with { UseCache = useCache };
        var streamed = new List<int>();
        await foreach (var word in model.GenerateAsync(Prompt, options)) streamed.Add(word);
        streamed.Should().HaveCount(12).And.Equal(model.Generate(Prompt, options));
        int[][] prompts = [Prompt, [1, 2]];
        var rows = prompts.Select(_ => new List<int>()).ToArray();
        await foreach (var (row, word) in model.GenerateAsync(prompts, options)) rows[row].Add(word);
        rows.Should().BeEquivalentTo(model.Generate(prompts, options), setup => setup.WithStrictOrdering());
    }

    [Fact]
    public async Task Cancelled_in_the_middle_it_ends_and_the_model_goes_on()
    {
        using var model = TinyDecoders.Load("llama");
        using var source = new CancellationTokenSource();
        var words = new List<int>();
        var call = async () =>
        {
            await foreach (var word in model.GenerateAsync(Prompt, Drawn, source.Token))
            {
                words.Add(word);
                if (words.Count == 3) source.Cancel();
            }
        };
        await call.Should().ThrowAsync<OperationCanceledException>();
        words.Should().Equal(model.Generate(Prompt, Drawn).Take(3));
        model.Invoking(m => m.Generate(Prompt, Drawn, source.Token)).Should().Throw<OperationCanceledException>();
        await foreach (var word in model.GenerateAsync(Prompt, Drawn))
        {
            words.Add(word);
            break;
        }

        words[3].Should().Be(words[0]);
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("gemma2")]
    [InlineData("deepseek-v3")]
    [InlineData("gpt-oss")]
    public void Nothing_native_is_left(string name)
    {
        using var model = TinyDecoders.Load(name);
        int[][] prompts = [Prompt, [1], [.. Enumerable.Range(0, 300).Select(i => i % 37)]];
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var useCache in new[] { true, false }) model.Generate(prompts, Drawn with { UseCache = useCache });
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        using (var generator = new TokenGenerator(model, prompts, Drawn))
        {
            generator.Step(default);
            generator.Step(default);
            DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().BeGreaterThan(before, "keys and values are kept");
            generator.Invoking(g => g.Step(new(canceled: true))).Should().Throw<OperationCanceledException>();
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void A_model_that_fails_leaves_nothing()
    {
        using var model = Bigrams.Chain(3, 0, 1, 2);
        using var broken = Bigrams.Of(2, [0, 1, float.NaN, 0]);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        broken.Invoking(m => m.Generate([0], new())).Should().Throw<NonFiniteException>();
        model.Generate([0], new() { MaxNewTokens = 3 }).Should().Equal(1, 2, 2);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }
}
