using System.Text;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Data;

public sealed class TextTests : IDisposable
{
    private static readonly string[] Docs = ["foo bar", "bar baz", "baz bada boom"];

    private readonly string _root = Directory.CreateTempSubdirectory("deepgpu-texts").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Vectorization_is_that_of_Kerass_documentation()
    {
        var text = new TextVectorization { MaxTokens = 5000, OutputSequenceLength = 4 }.Adapt(Docs);
        text.FullVocabulary.Should().Equal("", "[UNK]", "baz", "bar", "foo", "boom", "bada");
        text.Apply(["foo qux bar", "qux baz"]).ToArray<long>().Should().Equal(4, 1, 3, 0, 1, 2, 0, 0);
        new TextVectorization { Vocabulary = ["earth", "wind", "and", "fire"] }
            .FullVocabulary.Should().Equal("", "[UNK]", "earth", "wind", "and", "fire");
    }

    [Fact]
    public void Texts_are_standardised_as_Keras_does()
    {
        var text = new TextVectorization();
        text.Tokens(" Don't  STOP,\tÄrger! ").Should().Equal("dont", "stop", "Ärger");
        (text with { Standardize = TextStandardization.None, Split = TextSplit.Character }).Tokens("aÄ😀").Should().Equal("a", "Ä", "😀");
        (text with { Ngrams = [1, 2] }).Tokens("a b c").Should().Equal("a", "b", "c", "a b", "b c");
        (text with { CustomStandardize = t => t.Replace("dog", "cat") }).Tokens("Dog!").Should().Equal("cat");
        using var culture = new Culture("tr-TR");
        text.Tokens("TITLE").Should().Equal("title");
    }

    [Fact]
    public void Rows_count_tokens()
    {
        var text = new TextVectorization { OutputMode = OutputMode.Count }.Adapt(Docs);
        text.FullVocabulary.Should().Equal("[UNK]", "baz", "bar", "foo", "boom", "bada");
        text.Apply(["bar bar qux"]).ToArray<float>().Should().Equal(1, 0, 2, 0, 0, 0);
        (text with { OutputMode = OutputMode.MultiHot }).Apply(["bar bar"]).ToArray<float>().Should().Equal(0, 0, 1, 0, 0, 0);
    }

    [Fact]
    public void Inverse_document_frequencies_are_Kerass()
    {
        var vocabulary =
            new StringLookup { Vocabulary = ["a", "b", "c", "d"], OutputMode = OutputMode.TfIdf, IdfWeights = [0.25, 0.75, 0.6, 0.4] };
        vocabulary.ApplyToDocuments([["a", "c", "d", "d"], ["d", "z", "b", "z"]])
            .ToArray<float>().Should().Equal(0, 0.25f, 0, 0.6f, 0.8f, 1, 0, 0.75f, 0, 0.4f);
        var learned = new TextVectorization { OutputMode = OutputMode.TfIdf }.Adapt(Docs);
        learned.IdfWeights.Should().Equal(Math.Log(1 + 3 / 3.0), Math.Log(1 + 3 / 3.0), Math.Log(1 + 3 / 2.0),
            Math.Log(1 + 3 / 2.0), Math.Log(1 + 3 / 2.0));
    }

    [Fact]
    public void Lookups_are_those_of_Kerass_documentation()
    {
        var lookup = new StringLookup { Vocabulary = ["a", "b", "c", "d"] };
        lookup.Apply(["a", "c", "d", "d", "z", "b"]).ToArray<long>().Should().Equal(1, 3, 4, 4, 0, 2);
        lookup.Invert(NDArray.From<long>([1, 3, 4, 0, 9], 5)).Should().Equal("a", "c", "d", "[UNK]", "[UNK]");
        (lookup with { OutputMode = OutputMode.OneHot }).Apply(["a", "z"]).ToArray<float>().Should().Equal(0, 1, 0, 0, 0, 1, 0, 0, 0, 0);
        (lookup with { MaskToken = "" }).Apply(["", "z", "a"]).ToArray<long>().Should().Equal(0, 1, 2);
        new StringLookup().Adapt([["a", "c", "d"], ["d", "z", "b"]]).FullVocabulary.Should().Equal("[UNK]", "d", "z", "c", "b", "a");
        FluentActions.Invoking(() => (lookup with { NumOovIndices = 0 }).Apply(["z"]))
            .Should().Throw<TrainingDataException>().WithMessage("*'z' is not*");
        FluentActions.Invoking(() => new StringLookup { Vocabulary = ["a", "a"] }.Apply(["a"]))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*'a' twice*");
    }

    [Fact]
    public void Folders_of_texts_are_read_by_class()
    {
        Write("neg/1.txt", "bad film");
        Write("pos/2.txt", "good film");
        Write("pos/note.md", "x");
        var texts = LabeledTexts.FromFolder(_root);
        (texts.ClassNames[0], texts.ClassNames[1], texts.Count).Should().Be(("neg", "pos", 2));
        var data = texts.ToDataset(new TextVectorization { OutputSequenceLength = 3 }.Adapt(texts.Texts));
        data.ToString().Should().Be("2 samples: Int64 (2, 3) -> Int32 (2)");
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_named()
    {
        var path = Path.Combine(_root, "latin.txt");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes("h\u00f4tel\n"));
        FluentActions.Invoking(() => LabeledTexts.FromLines([path])).Should().Throw<TrainingDataException>().WithMessage($"*{path}*");
        LabeledTexts.FromLines([path], Encoding.Latin1).Texts.Should().Equal("h\u00f4tel");
        FluentActions.Invoking(() => LabeledTexts.FromLines([_root])).Should().Throw<TrainingDataException>().WithMessage("*is a folder*");
    }

    [Fact]
    public void Reviews_of_films_are_learned()
    {
        var folder = ReferenceData.Path("data", "rt-polarity");
        var (train, test) = LabeledTexts.FromLines([Path.Combine(folder, "rt-polarity.neg"), Path.Combine(folder, "rt-polarity.pos")],
            Encoding.Latin1)
            .Split(0.8, seed: 1);
        var text = new TextVectorization { MaxTokens = 5000, OutputMode = OutputMode.MultiHot }.Adapt(train.Texts);
        using var model = Sequential.Input(text.VocabularySize).Dense(2, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.01), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        model.Fit(train.ToDataset(text), epochs: 2, batchSize: 256);
        model.Evaluate(test.ToDataset(text), 256)["accuracy"].Should().BeGreaterThan(0.7);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
