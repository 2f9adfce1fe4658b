using System.Text;
using DeepGpu.Tests.Data;

namespace DeepGpu.Tests.Generation;

/// <summary>Where words and texts end.</summary>
public sealed class StopTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-stop-").FullName;
    private readonly Tokenizer _tokenizer;

    public StopTests()
        => _tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteBytePair(_folder, """{ "eos_token": "<|endoftext|>" }"""));

    private int End => _tokenizer.NumberOf("<|endoftext|>")!.Value;

    [Fact]
    public void A_word_that_stops_is_not_yielded_and_ends_its_sequence_alone()
    {
        using var model = Bigrams.Chain(6, 0, 1, 2, 3, 4);
        var options = new GenerationOptions { MaxNewTokens = 9, StopTokens = [5, 3] };
        model.Generate([0], options).Should().Equal(1, 2);
        model.Generate([2], options).Should().BeEmpty("the first word stops");
        model.Generate([3], options).Should().Equal([4, 4, 4, 4, 4, 4, 4, 4, 4], "a stop in the prompt is none");
        model.Generate([[0], [3], [1]], options with { MaxNewTokens = 3 }).Should().BeEquivalentTo(
            new int[][] { [1, 2], [4, 4, 4], [2] }, setup => setup.WithStrictOrdering());
    }

    [Fact]
    public async Task A_text_ends_at_the_tokenizers_end()
    {
        using var model = Letters("he", "l", "o");
        model.Generate(_tokenizer, "h").Should().Be("elo", "the prompt is not part of it");
        var all = await All(model, "h", new());
        all.Should().Equal("e", "l", "o");
        model.Generate(_tokenizer, "h", new() { MaxNewTokens = 2 }).Should().Be("el");
        model.Generate(_tokenizer, "h", new() { StopTokens = [One("o")] }).Should().Be("el");
    }

    [Theory]
    [InlineData("e", "")]
    [InlineData("lo", "e")]
    [InlineData("elo", "")]
    [InlineData("o wo", "el")]
    [InlineData("lo ", "e")]
    [InlineData("lx", "elo wor")]
    [InlineData("r", "elo wo")]
    [InlineData("rs", "elo wor")]
    public async Task A_text_that_stops_may_lie_across_words(string stop, string expected)
    {
        using var model = Letters("he", "l", "o", " ", "w", "or");
        var options = new GenerationOptions { StopTexts = ["never", stop] };
        model.Generate(_tokenizer, "h", options).Should().Be(expected);
        string.Concat(await All(model, "h", options)).Should().Be(expected);
    }

    [Fact]
    public void The_first_of_several_texts_stops()
    {
        using var model = Letters("he", "l", "o", " ", "w", "or");
        model.Generate(_tokenizer, "h", new() { StopTexts = ["w", "o w", "lo"] }).Should().Be("e");
        _tokenizer.Encode("hello").Should().ContainSingle();
        using var after = Bigrams.Chain(_tokenizer.VocabularySize, One("hello"), One("o"), One("or"), End);
        after.Generate(_tokenizer, "hello", new() { StopTexts = ["lo", "loo"] }).Should().Be("oor", "the prompt does not stop");
    }

    [Fact]
    public async Task Letters_of_several_words_come_whole()
    {
        const string Text = "ä中\U0001F600é";
        var bytes = Encoding.UTF8.GetBytes(Text);
        bytes.Should().HaveCount(11);
        int[] words = [One("h"), .. bytes[..9].Select(value => Array.IndexOf(TokenizerFixture.Bytes, TokenizerFixture.Bytes[value]))];
        using var model = Bigrams.Chain(_tokenizer.VocabularySize, [.. words, End]);
        (await All(model, "h", new())).Should().Equal("ä", "中", "\U0001F600");
        model.Generate(_tokenizer, "h").Should().Be("ä中\U0001F600");
        foreach (var stop in new[] { "中", "\U0001F600" })
            string.Concat(await All(model, "h", new() { StopTexts = [stop] })).Should()
                .Be(Text[..Text.IndexOf(stop, StringComparison.Ordinal)]);
        model.Generate(_tokenizer, "h", new() { MaxNewTokens = 4 }).Should().Be("ä\uFFFD", "bytes that are left are no letter");
        (await All(model, "h", new() { MaxNewTokens = 4 })).Should().Equal("ä", "\uFFFD");
    }

    [Fact]
    public void Words_that_the_tokenizer_does_not_know_have_no_text()
    {
        var more = _tokenizer.VocabularySize + 2;
        using var model = Bigrams.Chain(more, One("h"), more - 1, One("e"), End);
        model.Generate(_tokenizer, "h").Should().Be("e");
    }

    [Fact]
    public void Special_tokens_before_a_text_stand_before_a_prompt_and_those_behind_it_do_not()
    {
        var llama = Tokenizer.FromFiles(TokenizerFixture.WriteSentencePiece(Path.Combine(_folder, "llama"),
            [("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("▁", -3, 1), ("▁l", -2, 1), ("o", -2, 1), ("w", -2, 1)], 1,
            """{ "add_bos_token": true, "add_eos_token": true, "bos_token": "<s>", "eos_token": "</s>" }"""));
        using var model = Bigrams.Chain(llama.VocabularySize, 1, 4, 5, 6, 2);
        model.Generate(llama, "").Should().Be("low", "after <s>");
        model.Generate(llama, "l").Should().Be("ow");
        model.Invoking(m => m.Generate(llama.With(new() { AddSpecialTokens = false }), "")).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*at least one prompt of at least one word*");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private int One(string letter) => TokenizerFixture.OfPart(letter).Should().ContainSingle().Subject;

    /// <summary>A model that spells: the first text's letters one by one, then the others as they are in the vocabulary, then the
    /// end.</summary>
    private Model Letters(string first, params string[] others)
        => Bigrams.Chain(_tokenizer.VocabularySize, [.. first.Select(letter => One($"{letter}")), .. others.Select(One), End]);

    private async Task<List<string>> All(Model model, string prompt, GenerationOptions options)
    {
        var pieces = new List<string>();
        await foreach (var piece in model.GenerateAsync(_tokenizer, prompt, options)) pieces.Add(piece);
        return pieces;
    }
}
