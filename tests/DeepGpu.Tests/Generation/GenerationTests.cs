namespace DeepGpu.Tests.Generation;

/// <summary>Going on with prompts.</summary>
public class GenerationTests
{
    private static readonly int[] Prompt = [3, 17, 5, 30];

    public static TheoryData<string> Names => TinyDecoders.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void With_and_without_what_is_kept_the_words_are_the_same(string name)
    {
        using var model = TinyDecoders.Load(name);
        var options = new GenerationOptions { MaxNewTokens = 16 };
        var kept = model.Generate(Prompt, options with { UseCache = true });
        kept.Should().HaveCount(16).And.Equal(model.Generate(Prompt, options with { UseCache = false }));
        kept.Should().Equal(ByPlainLoop(model, Prompt, 16));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_and_without_what_is_kept_the_same_words_are_drawn(string name)
    {
        using var model = TinyDecoders.Load(name);
        var options = new GenerationOptions { MaxNewTokens = 12, Temperature = 4, TopK = 11, TopP = 0.95, Seed = 21 };
        int[][] prompts = [Prompt, [8, 1, 4, 7]];
        var kept = model.Generate(prompts, options with { UseCache = true });
        kept.Should().BeEquivalentTo(model.Generate(prompts, options with { UseCache = false }), setup => setup.WithStrictOrdering());
        kept[0].Should().NotEqual(model.Generate(Prompt, options with { Temperature = 0 }), "they are drawn");
    }

    /// <summary>Prompts are read in pieces of 256 steps; windows are of 3 to 5 steps.</summary>
    [Theory]
    [InlineData("llama", 257)]
    [InlineData("llama-dynamic", 300)]
    [InlineData("mistral", 300)]
    [InlineData("gemma2", 513)]
    [InlineData("gemma3", 256)]
    [InlineData("gpt-oss", 258)]
    [InlineData("phi3-long", 270)]
    [InlineData("deepseek-v2", 255)]
    public void Long_prompts_go_on_as_by_a_plain_loop(string name, int length)
    {
        using var model = TinyDecoders.Load(name);
        int[] prompt = [.. Enumerable.Range(0, length).Select(i => (i * i + 3 * i) % 37)];
        model.Generate(prompt, new() { MaxNewTokens = 5, UseCache = true }).Should().Equal(ByPlainLoop(model, prompt, 5));
    }

    /// <summary>Without those whose angles depend on the longest sequence of the batch.</summary>
    public static TheoryData<string> Alone
        => [.. Names.Select(row => row.Data).Where(name => name is not ("llama-dynamic" or "phi3-long"))];

    [Theory]
    [MemberData(nameof(Alone))]
    public void A_prompt_in_a_batch_goes_on_as_alone(string name)
    {
        using var model = TinyDecoders.Load(name);
        int[][] prompts = [[1], Prompt, [9, 9, 8, 7, 6, 5, 4, 3, 2]];
        foreach (var useCache in new[] { true, false })
        {
            var options = new GenerationOptions { MaxNewTokens = 7, UseCache = useCache };
            var together = model.Generate(prompts, options);
            for (var i = 0; i < prompts.Length; i++) together[i].Should().Equal(model.Generate(prompts[i], options));
        }
    }

    /// <summary>The definition: run over all, take the likeliest, append.</summary>
    private static int[] ByPlainLoop(Model model, int[] prompt, int count)
    {
        List<int> words = [.. prompt];
        for (var i = 0; i < count; i++)
        {
            var logits = model.Predict(NDArray.From<int>(words.ToArray(), 1, words.Count));
            var last = logits.ToArray<float>()[^logits.Shape[^1]..];
            words.Add(Array.IndexOf(last, last.Max()));
        }

        return [.. words[prompt.Length..]];
    }
}
