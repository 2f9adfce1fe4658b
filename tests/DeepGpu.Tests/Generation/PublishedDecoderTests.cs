using DeepGpu.Models;

namespace DeepGpu.Tests.Generation;

/// <summary>Decoders of published families: description, weights by their published names, and what they compute.</summary>
public class PublishedDecoderTests
{
    private const float Tolerance = 1e-5f;

    public static TheoryData<string> Names => TinyDecoders.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_equal_those_of_plain_numpy(string name)
    {
        using var model = TinyDecoders.Load(name);
        var (tokens, expected) = TinyDecoders.Expected(name);
        Near(Predict(model, tokens), [.. expected.SelectMany(row => row)]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_count_of_parameters_is_that_of_the_numbers(string name)
        => ModelSpec.FromHuggingFace(TinyDecoders.Folder(name)).ParameterCount
            .Should().Be(HuggingFaceConfig.Read(TinyDecoders.Folder(name)).ParameterCount);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_model_computes_the_same(string name)
    {
        using var model = TinyDecoders.Load(name);
        var folder = Directory.CreateTempSubdirectory();
        using var loaded = Again(model, Path.Combine(folder.FullName, "saved.keras"));
        folder.Delete(recursive: true);
        var tokens = TinyDecoders.Expected(name).Tokens;
        Predict(loaded, tokens).Should().Equal(Predict(model, tokens));
        loaded.Spec.ToJson().Should().Be(model.Spec.ToJson());
    }

    private static Model Again(Model model, string path)
    {
        model.Save(path);
        return Model.Load(path, Device.Cpu);
    }

    private static float[] Predict(Model model, int[] tokens)
        => model.Predict(NDArray.From<int>(tokens, 1, tokens.Length)).ToArray<float>();

    private static void Near(float[] actual, float[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"{i}: {actual[i]} not {expected[i]}");
    }
}
