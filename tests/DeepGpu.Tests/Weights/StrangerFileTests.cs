using System.Text.Json;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Small files of each kind of fault that strangers' files had: each predicts its recorded numbers, in every format it is
/// converted to.</summary>
public sealed class StrangerFileTests : IDisposable
{
    private const double Tolerance = 2e-5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public static IEnumerable<ITheoryDataRow> Models()
    {
        if (ReferenceData.Root is not { } root) return [new TheoryDataRow<string>("none")];
        return new[] { "", "strangers" }.SelectMany(folder => Expected(Path.Combine(root, "bugs", folder)).RootElement.EnumerateObject()
            .Select(row => new TheoryDataRow<string>(Path.Combine(folder, row.Name))));
    }

    public static IEnumerable<ITheoryDataRow> Descriptions() => ReferenceData.Root is not { } root
        ? [new TheoryDataRow<string>("none")]
        : Directory.GetFiles(Path.Combine(root, "bugs", "strangers"), "*_config.json").Order(StringComparer.Ordinal)
            .Select(file => new TheoryDataRow<string>(Path.GetFileName(file)));

    [Theory]
    [MemberData(nameof(Models))]
    public void A_strangers_model_predicts_its_recorded_numbers_and_again_in_every_format(string name)
    {
        var (file, inputs, outputs) = Case(name);
        Check(file, inputs, outputs);
        foreach (var ending in new[] { ".keras", ".h5", ".deepgpu" })
        {
            var path = Path.Combine(_folder.FullName, "again" + ending);
            ModelFile.Convert(file, path);
            Check(path, inputs, outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_strangers_weights_load_into_the_model_described_alike(string name)
    {
        var (file, inputs, outputs) = Case(name);
        var spec = ModelFile.ReadSpec(file);
        using var model = ModelSpec.FromJson(spec.ToJson()).ToModel(Device.Cpu);
        model.LoadWeights(file);
        Check(model, inputs, outputs);
    }

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void A_strangers_description_can_be_read_and_read_again(string file)
    {
        var spec = ModelSpec.FromJson(File.ReadAllText(ReferenceData.Path("bugs", "strangers", file)));
        spec.ParameterCount.Should().BePositive();
        ModelSpec.FromJson(spec.ToJson()).Summary().Should().Be(spec.Summary());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static (string File, NDArray[] Inputs, NDArray[] Outputs) Case(string name)
    {
        var folder = ReferenceData.Path("bugs", Path.GetDirectoryName(name)!);
        using var expected = Expected(folder);
        var row = expected.RootElement.GetProperty(Path.GetFileName(name));
        var file = new[] { ".h5", ".keras" }.Select(ending => Path.Combine(folder, Path.GetFileName(name) + ending)).First(File.Exists);
        return (file, [.. row.GetProperty("inputs").EnumerateArray().Select(Array)],
            [.. row.GetProperty("outputs").EnumerateArray().Select(Array)]);
    }

    private static JsonDocument Expected(string folder) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));

    private static NDArray Array(JsonElement element)
    {
        int[] shape = [.. element.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
        List<double> numbers = [.. element.GetProperty("data").EnumerateArray().Select(number => number.GetDouble())];
        return element.GetProperty("dtype").GetString() == "int32"
            ? NDArray.From<int>([.. numbers.Select(number => (int)number)], shape)
            : NDArray.From<float>([.. numbers.Select(number => (float)number)], shape);
    }

    private static void Check(string file, NDArray[] inputs, NDArray[] outputs)
    {
        using var model = Model.Load(file, Device.Cpu);
        Check(model, inputs, outputs);
    }

    private static void Check(Model model, NDArray[] inputs, NDArray[] outputs)
    {
        var actual = model.Predict(inputs);
        actual.Should().HaveCount(outputs.Length);
        foreach (var (array, wanted) in actual.Zip(outputs))
        {
            array.Shape.Should().Equal(wanted.Shape);
            array.ToArray<float>().Zip(wanted.ToArray<float>(), (a, b) => (double)Math.Abs(a - b)).Max().Should()
                .BeLessThan(Tolerance * Math.Max(1, wanted.ToArray<float>().Max(Math.Abs)));
        }
    }
}
