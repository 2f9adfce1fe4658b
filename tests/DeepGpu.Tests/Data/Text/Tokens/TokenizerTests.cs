using System.Text.RegularExpressions;
using DeepGpu.Models;

namespace DeepGpu.Tests.Data;

/// <summary>Texts as numbers by a model's own files.</summary>
public sealed class TokenizerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-tokens-").FullName;

    private static readonly (string Piece, float Score, int Type)[] Sentence =
    [
        ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("▁", -3, 1), ("▁low", -2.5f, 1), ("lo", -2, 1), ("w", -2.2f, 1), ("er", -1.9f, 1),
        ("▁l", -2.1f, 1), ("ow", -1.5f, 1), ("e", -4, 1), ("r", -4.5f, 1), ("l", -5, 1), ("o", -5.5f, 1), ("ower", -4.4f, 1),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string New(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Word_pieces_are_the_longest_that_fit()
    {
        var tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteWordPiece(New("bert")));
        tokenizer.VocabularySize.Should().Be(TokenizerFixture.WordPieces.Length);
        var random = new Random(1);
        string[] words = ["unwanted", "running", "lowest", "unaffable", "abab", "xyz", "wab", .. Enumerable.Range(0, 40)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => "abewun"[random.Next(6)])))];
        foreach (var word in words) tokenizer.Encode(word).Should().Equal(TokenizerFixture.OfWord(word), word);
        int[] expected = [.. TokenizerFixture.OfWord("unwanted"), .. TokenizerFixture.OfWord(","), .. TokenizerFixture.OfWord("running"),
            .. TokenizerFixture.OfWord("!")];
        tokenizer.Encode(" Unwanted,\tRUNNING!").Should().Equal(expected, "case and kinds of blanks do not count, marks are words");
        tokenizer.Encode("é中国").Should().Equal(Number(tokenizer, "e", "中", "国"));
        tokenizer.Encode("").Should().BeEmpty();
        tokenizer.Decode(tokenizer.Encode("unwanted running")).Should().Be("unwanted running");
    }

    [Fact]
    public void Settings_beside_the_vocabulary_count()
    {
        var tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteWordPiece(New("cased"), """
            { "do_lower_case": false, "model_max_length": 7, "padding_side": "left", "tokenizer_class": "BertTokenizer",
              "cls_token": { "content": "[CLS]", "lstrip": false } }
            """));
        tokenizer.Encode("LOW").Should().Equal(1);
        tokenizer.Options.Should().Be(new TokenizerOptions { MaxLength = 7, PaddingSide = SequenceSide.Left });
        tokenizer.SpecialTokens["cls_token"].Should().Be("[CLS]");
        var unlimited = TokenizerFixture.WriteWordPiece(New("unlimited"), """{ "model_max_length": 1000000000000000019884624838656 }""");
        Tokenizer.FromFiles(unlimited).Options.MaxLength.Should().BeNull();
    }

    [Fact]
    public void A_pair_has_the_special_tokens_and_segments_of_BERT()
    {
        var tokenizer = Tokenizer.FromFiles(Path.Combine(TokenizerFixture.WriteWordPiece(New("pair")), "vocab.txt"));
        var pair = tokenizer.Encode(["low", "a b a b"], ["running", "a"]);
        var (low, run, ing, a, b) = (Number(tokenizer, "low")[0], Number(tokenizer, "runn")[0], Number(tokenizer, "##ing")[0],
            Number(tokenizer, "a")[0], Number(tokenizer, "b")[0]);
        pair.TokenIds.ToArray<int>().Should().Equal(2, low, 3, run, ing, 3, 0, 0, 2, a, b, a, b, 3, a, 3);
        pair.SegmentIds.ToArray<int>().Should().Equal(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
        pair.PaddingMask.ToArray<int>().Should().Equal(1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        pair.TokenIds.Shape.Should().Equal(2, 8);
        var left = tokenizer.With(new() { PaddingSide = SequenceSide.Left, MaxLength = 6, PadToMaxLength = true, AddSpecialTokens = false })
            .Encode(["low"]);
        left.TokenIds.ToArray<int>().Should().Equal(0, 0, 0, 0, 0, low);
        left.PaddingMask.ToArray<int>().Should().Equal(0, 0, 0, 0, 0, 1);
    }

    [Theory]
    [InlineData(PairTruncation.LongestFirst, SequenceSide.Right)]
    [InlineData(PairTruncation.LongestFirst, SequenceSide.Left)]
    [InlineData(PairTruncation.OnlyFirst, SequenceSide.Right)]
    [InlineData(PairTruncation.OnlySecond, SequenceSide.Left)]
    public void Long_texts_are_cut_as_a_plain_loop_cuts_them(PairTruncation truncation, SequenceSide side)
    {
        var tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteWordPiece(New($"cut{truncation}{side}")));
        var random = new Random(7);
        for (var trial = 0; trial < 60; trial++)
        {
            List<int> Text() => [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(2))];
            var (first, second, most) = (Text(), Text(), random.Next(12, 20));
            string Words(List<int> text) => string.Join(' ', text.Select(n => "ab"[n]));
            var cut = tokenizer.With(new() { MaxLength = most, Truncation = truncation, TruncationSide = side });
            IEnumerable<int> Numbers(List<int> text) => text.Select(n => Number(tokenizer, $"{"ab"[n]}")[0]);
            int[] Expected(List<int> one, List<int> other) => [2, .. Numbers(one), 3, .. Numbers(other), 3];
            var (texts, pairs) = (Words(first), Words(second));
            while (first.Count + second.Count + 3 > most)
            {
                var cutsFirst = truncation == PairTruncation.OnlyFirst
                    || (truncation == PairTruncation.LongestFirst && first.Count > second.Count);
                var shorter = cutsFirst ? first : second;
                shorter.RemoveAt(side == SequenceSide.Left ? 0 : shorter.Count - 1);
            }

            cut.Encode([texts], [pairs]).TokenIds.ToArray<int>().Should().Equal(Expected(first, second), $"{texts} | {pairs} in {most}");
        }
    }

    [Fact]
    public void Byte_pairs_are_merged_in_the_order_they_were_learned()
    {
        var tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteBytePair(New("gpt2"), """{ "eos_token": "<|endoftext|>" }"""));
        string[] texts = ["hello world", "the  hello,hell", "singing in the world's 12 rings!\n\n x", "ä中 hello\U0001F600", " ", "Hello"];
        foreach (var text in texts)
        {
            var parts = Regex.Matches(text, @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+");
            tokenizer.Encode(text).Should().Equal(parts.SelectMany(part => TokenizerFixture.OfPart(part.Value)), text);
            tokenizer.Decode(tokenizer.Encode(text)).Should().Be(text);
        }

        var end = tokenizer.NumberOf("<|endoftext|>")!.Value;
        var hello = TokenizerFixture.OfPart("hello");
        tokenizer.Encode("hello<|endoftext|>hello").Should().Equal([.. hello, end, .. hello]);
        tokenizer.Decode([end, .. hello]).Should().Be("hello");
        tokenizer.Encode(["hello"]).TokenIds.ToArray<int>().Should().Equal(hello, "GPT-2 adds no special tokens");
        tokenizer.Invoking(t => t.Encode(["hello", "hello world"])).Should().Throw<TrainingDataException>()
            .WithMessage("*name none*PaddingToken*");
        var padded = tokenizer.With(new() { PaddingToken = "<|endoftext|>" }).Encode(["hello", "hello world"]);
        padded.TokenIds.ToArray<int>()[1].Should().Be(end);
        var spaced = Tokenizer.FromFiles(TokenizerFixture.WriteBytePair(New("spaced"), """{ "add_prefix_space": true }"""));
        spaced.Encode("world").Should().Equal(TokenizerFixture.OfPart(" world"));
    }

    [Fact]
    public void Pieces_of_sentences_have_the_largest_sum_of_scores()
    {
        var tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteSentencePiece(New("sp"), Sentence, kind: 1, """
            { "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "</s>", "tokenizer_class": "LlamaTokenizer" }
            """));
        foreach (var text in new[] { "lower", "low low er", "owe  lower", "r" })
        {
            var escaped = "▁" + Regex.Replace(text.Trim(), " +", "▁");
            tokenizer.Encode(text).Should().Equal(TokenizerFixture.Best(escaped, Sentence).Numbers, text);
            tokenizer.Decode(tokenizer.Encode(text)).Should().Be(Regex.Replace(text, " +", " "));
        }

        tokenizer.Encode(["r", "low lower"]).TokenIds.ToArray<int>().Take(2).Should().Equal([1, 3], "Llama's class puts <s> before a text");
        var plain = Tokenizer.FromFiles(TokenizerFixture.WriteSentencePiece(New("t5"), Sentence, 1,
            """{ "eos_token": "</s>", "tokenizer_class": "T5Tokenizer" }"""));
        plain.Encode(["low"]).TokenIds.ToArray<int>().Should().Equal([4, 2], "T5's puts </s> behind it");
    }

    [Fact]
    public void The_file_of_fast_tokenizers_gives_the_same_as_the_separate_files()
    {
        var bert = Tokenizer.FromFiles(TokenizerFixture.WriteWordPiece(New("slow")));
        var fast = Tokenizer.FromFiles(TokenizerFixture.WriteJson(New("fast"), TokenizerJsonFixture.WordPiece()));
        string[] texts = ["Unwanted, running!", "a b", "xyz lowest 中"];
        fast.Encode(texts, texts).TokenIds.ToArray<int>().Should().Equal(bert.Encode(texts, texts).TokenIds.ToArray<int>());
        fast.Encode(texts, texts).SegmentIds.ToArray<int>().Should().Equal(bert.Encode(texts, texts).SegmentIds.ToArray<int>());
        var gpt = Tokenizer.FromFiles(TokenizerFixture.WriteBytePair(New("slow2")));
        var end = TokenizerFixture.BytePairs["<|endoftext|>"];
        var roberta = Tokenizer.FromFiles(TokenizerFixture.WriteJson(New("fast2"), TokenizerJsonFixture.BytePair(mergesAsPairs: true)));
        var listed = Tokenizer.FromFiles(TokenizerFixture.WriteJson(New("fast3"), TokenizerJsonFixture.BytePair(mergesAsPairs: false)));
        foreach (var text in new[] { "hello world", "the ring's 12!  x" })
        {
            roberta.Encode(text).Should().Equal(gpt.Encode(text));
            listed.Encode(text).Should().Equal(gpt.Encode(text));
        }

        roberta.Encode(["hello"], ["the"]).TokenIds.ToArray<int>().Should()
            .Equal([end, .. gpt.Encode("hello"), end, end, .. gpt.Encode("the"), end]);
    }

    [Theory]
    [InlineData("vocab.txt", "[PAD]\n[UNK]\n\n[CLS]", "line 3", "empty")]
    [InlineData("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[UNK]", "line 4", "line 2 too")]
    [InlineData("vocab.txt", "[PAD]\n[UNK]\n[CLS]\nword", "[SEP]", "no '[SEP]'")]
    [InlineData("vocab.json", """{"a": 0, "b": "x"}""", "'b'", "whole number")]
    [InlineData("vocab.json", """{"a": 0,""", "vocab.json", "")]
    [InlineData("tokenizer.json", """{"model": {"type": "Unigram"}}""", "entry 'model'", "tokenizer.model")]
    [InlineData("tokenizer.json", """{"model": {"type": "WordPiece"}}""", "entry 'vocab'", "none")]
    [InlineData("tokenizer.json", """{"model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "a": 2}}}""", "entry 'vocab'", "each once")]
    [InlineData("tokenizer.json",
        """{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a"]}}""",
        "merges[0]", "two tokens")]
    [InlineData("tokenizer.json", """{"model": {"type": "WordPiece", "vocab": {"[UNK]": 2000000000}}}""", "'[UNK]'", "whole number")]
    [InlineData("tokenizer.json", "[1, 2]", "entry 'model'", "a model")]
    [InlineData("tokenizer.json",
        """{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "vocab": {"a": 0}, "merges": [[1, 2]]}}""",
        "tokenizer.json", "Hugging Face")]
    [InlineData("tokenizer.model", "no protocol buffer", "tokenizer.model", "SentencePiece")]
    [InlineData("readme.md", "", "readme.md", "tokenizer.json")]
    public void A_damaged_file_is_refused_with_its_place(string name, string content, string place, string words)
    {
        File.WriteAllText(New(name), content);
        if (name == "vocab.json") File.WriteAllText(New("merges.txt"), "#version: 0.2\n");
        FluentActions.Invoking(() => Tokenizer.FromFiles(New(name))).Should().Throw<ModelFormatException>()
            .WithMessage($"*{words}*").And.Message.Should().Contain(place).And.Contain(New(name));
    }

    [Fact]
    public void What_lacks_or_contradicts_is_refused()
    {
        FluentActions.Invoking(() => Tokenizer.FromFiles(_folder)).Should().Throw<ModelFormatException>().WithMessage("*none of them*");
        TokenizerFixture.WriteBytePair(New("merges"));
        File.WriteAllText(Path.Combine(New("merges"), "merges.txt"), "#version: 0.2\nh e\nhe\n");
        FluentActions.Invoking(() => Tokenizer.FromFiles(New("merges"))).Should().Throw<ModelFormatException>().WithMessage("*line 3*");
        TokenizerFixture.WriteSentencePiece(New("xlm"), Sentence, 1, """{ "tokenizer_class": "XLMRobertaTokenizer" }""");
        FluentActions.Invoking(() => Tokenizer.FromFiles(New("xlm"))).Should().Throw<ModelFormatException>().WithMessage("*XLMRoberta*");
        TokenizerFixture.WriteWordPiece(New("side"), """{ "padding_side": "middle" }""");
        FluentActions.Invoking(() => Tokenizer.FromFiles(New("side"))).Should().Throw<ModelFormatException>()
            .WithMessage("*\"right\" or \"left\"*'middle'*tokenizer_config.json*padding_side*");
        var tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteWordPiece(New("ok")));
        tokenizer.With(new() { MaxLength = 2 }).Invoking(t => t.Encode(["a"], ["b"])).Should().Throw<TrainingDataException>()
            .WithMessage("*it is 2 and there are 3*");
        tokenizer.With(new() { MaxLength = 6, Truncation = PairTruncation.OnlyFirst }).Invoking(t => t.Encode(["a"], ["b b b b b"]))
            .Should().Throw<TrainingDataException>().WithMessage("*text 0*");
        tokenizer.Invoking(t => t.Encode(["a", "b"], ["a"])).Should().Throw<TrainingDataException>().WithMessage("*2 first and 1 second*");
        tokenizer.With(new() { PaddingToken = "[NONE]" }).Invoking(t => t.PaddingNumber).Should().Throw<DeepGpuArgumentException>();
        tokenizer.Invoking(t => t.TokenOf(99)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new TokenizerOptions { MaxLength = 0 }).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void Texts_go_from_the_files_into_a_training()
    {
        var tokenizer = Tokenizer.FromFiles(TokenizerFixture.WriteWordPiece(New("fit")))
            .With(new() { MaxLength = 8, PadToMaxLength = true });
        var texts = new LabeledTexts([.. Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? "a b unwanted" : "running low")],
            [.. Enumerable.Range(0, 24).Select(i => i % 2)], ["first", "second"]);
        var spec = Sequential.Input(8).TokenAndPositionEmbedding(tokenizer.VocabularySize, 8, 6, maskZero: true)
            .TransformerEncoder(8, 2).GlobalAveragePooling1D().Dense(2, Activation.Softmax).Build();
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.02), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        model.Fit(texts.ToStream(tokenizer).Shuffle(8), epochs: 10);
        model.Evaluate(texts.ToDataset(tokenizer))["accuracy"].Should().Be(1);
        var all = tokenizer.Encode(texts.Texts).ToDataset(texts.Labels, TokenInputs.All);
        all.Inputs.Should().HaveCount(3);
        all.Inputs[1].ToArray<int>().Should().OnlyContain(segment => segment == 0);
        texts.Invoking(t => t.ToStream(tokenizer.With(new()))).Should().Throw<DeepGpuArgumentException>().WithMessage("*MaxLength*");
    }

    private static int[] Number(Tokenizer tokenizer, params string[] tokens)
        => [.. tokens.Select(token => tokenizer.NumberOf(token)!.Value)];
}
