using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <summary>Hashing of whole numbers inside models, with the numbers of Keras's own tests.</summary>
public class HashLayerTests
{
    private static readonly NDArray Five = NDArray.From<int>([0, 1, 2, 3, 4], 5, 1);

    [Fact]
    public void Whole_numbers_are_hashed_as_their_decimal_text()
    {
        Run(new Hashing(3), Five).ToArray<long>().Should().Equal(1, 0, 1, 0, 2);
        Run(new Hashing(3) { Salt = (133, 137) }, Five).ToArray<long>().Should().Equal(1, 1, 2, 0, 1);
        Run(new Hashing(3), NDArray.From<float>([0, 1.9f, 2, 3, 4.5f], 5, 1)).ToArray<long>().Should().Equal(1, 0, 1, 0, 2);
        long[] numbers = [-7, 1234567890123, long.MinValue];
        var texts = new Hashing(1000).Apply([.. numbers.Select(number => FormattableString.Invariant($"{number}"))]);
        Run(new Hashing(1000), NDArray.From<long>(numbers, 3, 1)).ToArray<long>().Should().Equal(texts.ToArray<long>());
    }

    [Fact]
    public void A_mask_takes_bin_0_alone()
    {
        var bins = Run(new Hashing(3) { MaskValue = 2 }, Five).ToArray<long>();
        bins.Should().Equal(Run(new Hashing(2), Five).ToArray<long>().Select((bin, i) => i == 2 ? 0 : bin + 1));
    }

    [Fact]
    public void Bins_become_rows()
    {
        Run(new Hashing(3) { OutputMode = OutputMode.OneHot }, Five).ToArray<float>()
            .Should().Equal(0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1);
        Run(new Hashing(3) { OutputMode = OutputMode.MultiHot }, Five.Reshape(1, 5)).ToArray<float>().Should().Equal(1, 1, 1);
        Run(new Hashing(3) { OutputMode = OutputMode.Count }, Five.Reshape(1, 5)).ToArray<float>().Should().Equal(2, 2, 1);
        Run(new Hashing(3) { IntegerType = DataType.Int32 }, Five).ToArray<int>().Should().Equal(1, 0, 1, 0, 2);
    }

    [Fact]
    public void Crosses_in_a_model_are_those_outside()
    {
        SymbolicTensor Input() => Functional.Input(new InputLayer(new(null, 1)) { ElementType = DataType.Int64 });
        var (first, second) = (Input(), Input());
        using var model = Functional.Model([first, second], [first.HashedCrossing(7, second)]).ToModel(Device.Cpu, seed: 1);
        var output = model.Predict([NDArray.From<long>([1, 2, -3], 3, 1), NDArray.From<long>([4, 5, 6], 3, 1)])[0];
        output.Shape.Should().Equal(3, 1);
        output.ToArray<long>().Should().Equal(new HashedCrossing(7).Apply([1, 2, -3], [4, 5, 6]).ToArray<long>());
    }

    [Fact]
    public void Unknown_numbers_of_a_lookup_are_hashed_on_request()
    {
        var lookup = new IntegerLookup { Vocabulary = [3], NumOovIndices = 3, OovMethod = OovMethod.Farmhash };
        Run(lookup, Five).ToArray<long>().Should().Equal(1, 0, 1, 3, 2);
        Run(lookup with { Salt = (133, 137), MaskToken = 4 }, Five).ToArray<long>().Should().Equal(2, 2, 3, 4, 0);
        FluentActions.Invoking(() => new IntegerLookup { Vocabulary = [3], Salt = 1 }.OutputShape(new(null, 1)))
            .Should().Throw<ShapeException>();
    }

    [Fact]
    public void Unknown_texts_share_several_numbers_by_their_hash()
    {
        var lookup = new StringLookup { Vocabulary = ["C"], NumOovIndices = 3 };
        string[] texts = ["A", "B", "C", "D", "E"];
        lookup.Apply(texts).ToArray<long>().Should().Equal(1, 0, 3, 1, 2);
        (lookup with { MaskToken = "A" }).Apply(texts).ToArray<long>().Should().Equal(0, 1, 4, 2, 3);
        (lookup with { Salt = (133, 137) }).Apply(texts).ToArray<long>().Should().Equal(1, 2, 3, 0, 2);
        lookup.FullVocabulary.Should().Equal("[UNK]", "[UNK]", "[UNK]", "C");
        lookup.Invert(NDArray.From<long>([0, 2, 3], 3)).Should().Equal("[UNK]", "[UNK]", "C");
        var rows = lookup with { OutputMode = OutputMode.Count, MaskToken = "A" };
        rows.ApplyToDocuments([["A", "D", "C", "C"]]).ToArray<float>().Should().Equal(0, 1, 0, 2);
        (lookup with { MaxTokens = 5 }).Adapt([["x", "x", "y", "y", "z"]]).Vocabulary.Should().Equal("y", "x");
    }

    private static NDArray Run(Layer layer, NDArray input)
    {
        var entry = new InputLayer(new([null, .. input.Shape.Skip(1).Select(length => (int?)length)])) { ElementType = input.Type };
        using var model = Functional.Input(entry).Apply(layer).Build().ToModel(Device.Cpu, seed: 1);
        return model.Predict(input);
    }
}
