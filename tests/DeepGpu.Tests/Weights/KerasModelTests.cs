using System.Text.Json;
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
            again.Predict(inputs).Select(output => output.Bytes.ToArray()).Should().BeEquivalentTo(model.Predict(inputs).Select(output => output.Bytes.ToArray()), options => options.WithStrictOrdering());
        }
    }

    [Fact]
    public void Every_model_has_the_published_number_of_parameters()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("oracles", "keras_models", "expected.json")));
        foreach (var model in expected.RootElement.EnumerateObject())
        {
            ModelFile.ReadSpec(ReferenceData.Path("oracles", "keras_models", model.Name + ".keras")).ParameterCount.Should().Be(model.Value.GetProperty("parameters").GetInt64(), model.Name);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Check(Model model, IReadOnlyList<NDArray> inputs, IReadOnlyList<JsonElement> outputs)
    {
        var actual = model.Predict(inputs);
        actual.Should().HaveCount(outputs.Count);
        foreach (var (array, wanted) in actual.Zip(outputs))
        {
            array.Shape.Should().Equal(wanted.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
            array.ToArray<float>().Zip(OracleCase.Numbers(wanted)).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.Second)));
        }
    }

    private static (IReadOnlyList<NDArray> Inputs, IReadOnlyList<JsonElement> Outputs) Expected(string folder, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("oracles", folder, "expected.json")));
        var entry = document.RootElement.GetProperty(name).Clone();
        return ([.. entry.GetProperty("inputs").EnumerateArray().Select(OracleCase.Array)], [.. entry.GetProperty("outputs").EnumerateArray()]);
    }
}
