using System.Text.Json;
using DeepGpu.Testing;

namespace DeepGpu.OnnxRuntime.Tests;

/// <summary>Whole models saved by Keras, exported, against its predictions.</summary>
public class KerasModelExportTests
{
    public static IEnumerable<ITheoryDataRow> Files()
    {
        if (ReferenceData.Root is not { } root) return [new TheoryDataRow<string, string>("none", "none")];
        return new[] { "keras_models", "keras_files" }.SelectMany(folder => Directory.GetFiles(Path.Combine(root, "oracles", folder),
            "*.keras")
            .Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string, string>(folder, Path.GetFileName(file))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_predicts_Kerass_numbers(string folder, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("oracles", folder, "expected.json")));
        var entry = document.RootElement.GetProperty(Path.GetFileNameWithoutExtension(file));
        NDArray[] inputs = [.. entry.GetProperty("inputs").EnumerateArray().Select(OracleCase.Array)];
        NDArray[] outputs = [.. entry.GetProperty("outputs").EnumerateArray().Select(OracleCase.Array)];
        using var model = Model.Load(ReferenceData.Path("oracles", folder, file), Device.Cpu);
        using var predictor = model.ToOnnxPredictor();
        Exported.Check(predictor.Predict(inputs), outputs);
    }
}
