using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Whole models saved by Keras, and its predictions.</summary>
public sealed class KerasModelTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public static IEnumerable<ITheoryDataRow> Files()
    {
        if (ReferenceData.Root is not { } root) return [new TheoryDataRow<string, string>("none", "none")];
        return new[] { "keras_models", "keras_files" }.SelectMany(folder => Directory.GetFiles(Path.Combine(root, "oracles", folder))
            .Where(file => !file.EndsWith(".json", StringComparison.Ordinal) && !file.EndsWith(".weights.h5", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string, string>(folder, Path.GetFileName(file))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_predicts_Kerass_numbers_and_returns_from_every_format(string folder, string file)
    {
        var (inputs, outputs) = Expected(folder, Path.GetFileNameWithoutExtension(file));
        using var model = Model.Load(ReferenceData.Path("oracles", folder, file), Device.Cpu);
        Check(model, inputs, outputs);
        foreach (var name in new[] { "again.keras", "again.h5", "again.deepgpu" })
        {
            var path = Path.Combine(_folder.FullName, name);
            model.Save(path);
            using var again = Model.Load(path, Device.Cpu);
            again.Predict(inputs).Select(output => output.Bytes.ToArray()).Should()
                .BeEquivalentTo(model.Predict(inputs).Select(output => output.Bytes.ToArray()), options => options.WithStrictOrdering());
        }
    }

    [Fact]
    public void Every_model_has_the_published_number_of_parameters()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("oracles", "keras_models", "expected.json")));
        foreach (var model in expected.RootElement.EnumerateObject())
        {
            ModelFile.ReadSpec(ReferenceData.Path("oracles", "keras_models", model.Name + ".keras"))
                .ParameterCount.Should().Be(model.Value.GetProperty("parameters").GetInt64(), model.Name);
        }
    }

    /// <summary>RELIABILITY C45.</summary>
    [Fact]
    public void The_valid_controls_of_the_hostile_corpus_predict_as_its_manifest_says()
    {
        var forward = HostileCorpus.Find("keras-ok-sequential").Entry.GetProperty("parsed").GetProperty("forward");
        var x = NDArray.From<float>([.. OracleCase.Numbers(forward.GetProperty("x")).Select(number => (float)number)], 1, 2);
        foreach (var id in new[] { "keras-ok-sequential", "keras-ok-deflated" })
        {
            using var model = Model.Load(HostileCorpus.Find(id).Path, Device.Cpu);
            model.Predict(x).ToArray<float>().Select(number => (double)number)
                .Should().Equal(OracleCase.Numbers(forward.GetProperty("y")), id);
        }
    }

    /// <summary>RELIABILITY C32: the older format is read by the same rules.</summary>
    [Theory]
    [InlineData("Lambda", "{\"function\": [\"4wEAAA==\", null, null]}", "lambda_layer")]
    [InlineData("TFOpLambda", "{\"function\": \"math.add\"}", "lambda_layer")]
    [InlineData("TorchModuleWrapper", "{\"module\": \"gASVAAAA\"}", "unknown_class")]
    public void A_legacy_file_with_a_program_in_it_is_refused(string className, string config, string code)
    {
        var path = Path.Combine(_folder.FullName, "lambda.h5");
        var model = """{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer","""
            + $$$""" "config": {"batch_shape": [null, 4]} }, {"class_name": "{{{className}}}", "config": {{{config}}} }]} }""";
        AtomicFile.Write(path, stream =>
            KerasLegacy.Write(stream, new() { ModelConfig = model, KerasVersion = "2.14.0", Backend = "tensorflow", Layers = [] }));
        FluentActions.Invoking(() => Model.Load(path, Device.Cpu))
            .Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be(code);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Check(Model model, IReadOnlyList<NDArray> inputs, IReadOnlyList<JsonElement> outputs)
    {
        var actual = model.Predict(inputs);
        actual.Should().HaveCount(outputs.Count);
        foreach (var (array, wanted) in actual.Zip(outputs))
        {
            array.Shape.Should().Equal(wanted.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
            array.ToArray<float>().Zip(OracleCase.Numbers(wanted))
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.Second)));
        }
    }

    private static (IReadOnlyList<NDArray> Inputs, IReadOnlyList<JsonElement> Outputs) Expected(string folder, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("oracles", folder, "expected.json")));
        var entry = document.RootElement.GetProperty(name).Clone();
        return ([.. entry.GetProperty("inputs").EnumerateArray().Select(OracleCase.Array)],
            [.. entry.GetProperty("outputs").EnumerateArray()]);
    }
}
