using System.Text.Json.Nodes;

namespace DeepGpu.Models.Tests.Hashes;

/// <summary>Hashing and HashedCrossing of texts against Keras's documentation and tests.</summary>
public class HashingTests
{
    private static readonly string[] Letters = ["A", "B", "C", "D", "E"];
    private static readonly string[] Names = ["omar", "stringer", "marlo", "wire", "skywalker"];

    [Fact]
    public void Bins_of_texts_are_Kerass()
    {
        Bins(new Hashing(3), Letters).Should().Equal(1, 0, 1, 1, 2);
        Bins(new Hashing(3) { MaskValue = "" }, ["A", "B", "", "C", "D"]).Should().Equal(1, 1, 0, 2, 2);
        Bins(new Hashing(3) { Salt = (133, 137) }, Letters).Should().Equal(1, 2, 1, 0, 2);
        Bins(new Hashing(3) { Salt = 133 }, Letters).Should().Equal(0, 0, 2, 1, 0);
        Bins(new Hashing(2), Names).Should().Equal(0, 0, 1, 0, 0);
        Bins(new Hashing(3) { MaskValue = "omar" }, Names).Should().Equal(0, 1, 2, 1, 1);
        Bins(new Hashing(2) { Salt = (133, 137) }, Names).Should().Equal(0, 1, 0, 1, 0);
        Bins(new Hashing(2) { Salt = (211, 137) }, Names).Should().Equal(1, 0, 1, 0, 1);
        Bins(new Hashing(1) { MaskValue = "A" }, Letters).Should().Equal(0, 0, 0, 0, 0);
    }

    [Fact]
    public void Texts_become_rows()
    {
        new Hashing(3) { OutputMode = OutputMode.OneHot }.Apply(["A", "E"]).ToArray<float>().Should().Equal(0, 1, 0, 0, 0, 1);
        string[][] documents = [["A", "C", "E"], [], ["B", "B"]];
        new Hashing(3) { OutputMode = OutputMode.Count }.ApplyToDocuments(documents).ToArray<float>()
            .Should().Equal(0, 2, 1, 0, 0, 0, 2, 0, 0);
        new Hashing(3) { OutputMode = OutputMode.MultiHot }.ApplyToDocuments(documents).ToArray<float>()
            .Should().Equal(0, 1, 1, 0, 0, 0, 1, 0, 0);
        new Hashing(3) { IntegerType = DataType.Int32 }.Apply(Letters).Type.Should().Be(DataType.Int32);
    }

    [Fact]
    public void A_long_text_is_hashed_whole()
    {
        var text = string.Concat(Enumerable.Repeat("test", 64));
        Bins(new Hashing(1_000_003), [text]).Should().Equal((long)(3500507768004279527 % 1_000_003));
    }

    [Fact]
    public void Crosses_are_Kerass()
    {
        IReadOnlyList<CategoryValue> letters = ["A", "B", "A", "B", "A"];
        IReadOnlyList<CategoryValue> numbers = [101, 101, 101, 102, 102];
        new HashedCrossing(5).Apply(letters, numbers).ToArray<long>().Should().Equal(1, 4, 1, 1, 3);
        new HashedCrossing(5) { OutputMode = OutputMode.OneHot }.Apply(letters, numbers).ToArray<float>()
            .Should().Equal(0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0);
        new HashedCrossing(10).Apply(["A"], [101]).ToArray<long>().Should().Equal(1);
    }

    [Fact]
    public void Configs_of_Keras_are_read_and_written()
    {
        var read = (Hashing)Read("Hashing", """
            {"name": "h", "num_bins": 8, "salt": 5, "mask_value": "", "output_mode": "int", "sparse": false, "dtype": "int32"}
            """);
        read.Should().Be(new Hashing(8) { Name = "h", Salt = (5, 5), MaskValue = "", IntegerType = DataType.Int32 });
        var config = LayerJson.Write(read, "h")["config"]!;
        var expected = """{"num_bins":8,"mask_value":"","salt":[5,5],"output_mode":"int","name":"h","trainable":true,"dtype":"int32"}""";
        config.ToJsonString().Should().Be(expected, "Keras reads no other key");
        var policy = """{"module": "keras", "class_name": "DTypePolicy", "config": {"name": "int64"}, "registered_name": null}""";
        Read("Hashing", $$"""{"num_bins": 2, "salt": [1, 2], "mask_value": 3.0, "dtype": {{policy}}}""")
            .Should().Be(new Hashing(2) { Salt = (1, 2), MaskValue = 3 });
        Read("HashedCrossing", """{"num_bins": 4, "output_mode": "one_hot", "sparse": false, "name": "x", "dtype": "float32"}""")
            .Should().Be(new HashedCrossing(4) { Name = "x", OutputMode = OutputMode.OneHot });
    }

    [Fact]
    public void A_lookups_config_of_Keras_is_read()
    {
        var read = Read("IntegerLookup", """
            {"name": "lookup", "trainable": true, "invert": false, "max_tokens": null, "num_oov_indices": 2, "oov_token": -1,
                "mask_token": null,
             "output_mode": "int", "sparse": false, "pad_to_max_tokens": false, "vocabulary_dtype": "int64", "idf_weights": null,
             "vocabulary": [3, 5], "vocabulary_size": 4, "oov_method": "farmhash", "salt": [1, 2]}
            """);
        var expected = new IntegerLookup
        {
            Name = "lookup",
            Vocabulary = [3, 5],
            NumOovIndices = 2,
            OovMethod = OovMethod.Farmhash,
            Salt = (1, 2)
        };
        read.Should().Be(expected);
    }

    [Fact]
    public void Faults_name_option_and_range()
    {
        Refused(() => new Hashing(0), "*numBins must be at least 1*");
        Refused(() => new Hashing(2) { OutputMode = OutputMode.TfIdf }, "*Int, OneHot, MultiHot or Count*");
        Refused(() => new Hashing(2) { IntegerType = DataType.Float32 }, "*Int32 or Int64*");
        Refused(() => new Hashing(2) { MaskValue = 1 }.Apply(Letters), "*maskValue must be a text for texts*");
        Refused(() => new Hashing(2) { OutputMode = OutputMode.Count }.Apply(Letters), "*Int or OneHot for single texts*");
        Refused(() => new Hashing(2).ApplyToDocuments([Letters]), "*MultiHot or Count for documents*");
        Refused(() => new HashSalt(-1, 2), "*first must be at least 0*");
        Refused(() => new HashedCrossing(2) { OutputMode = OutputMode.Count }, "*Int or OneHot*");
        Refused(() => new HashedCrossing(2).Apply(["A"]), "*two or more*");
        Refused(() => new HashedCrossing(2).Apply(["A"], ["B", "C"]), "*of equal lengths, but is 1, 2*");
        FluentActions.Invoking(() => new Hashing(2) { MaskValue = "" }.OutputShape(new(null, 2))).Should().Throw<ShapeException>();
        FluentActions.Invoking(() => new HashedCrossing(2).OutputShapes([new(null, 2), new(null, 2)])).Should().Throw<ShapeException>();
        FluentActions.Invoking(() => new HashedCrossing(2).OutputShapes([new(null, 1), new((int?)null)])).Should().Throw<ShapeException>();
    }

    private static long[] Bins(Hashing layer, string[] texts) => layer.Apply(texts).ToArray<long>();

    private static Layer Read(string className, string config)
        => LayerJson.Read(new JsonObject { ["module"] = "keras.layers", ["class_name"] = className, ["config"] = JsonNode.Parse(config) });

    private static void Refused(Func<object> make, string text) => make.Should().Throw<DeepGpuArgumentException>().WithMessage(text);
}
