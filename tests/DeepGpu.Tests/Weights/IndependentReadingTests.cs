using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>What this library writes, another reads: <c>.keras</c> files made of strangers' files, evaluated by a script of NumPy that
/// shares nothing with the library (tests/Independent).</summary>
public sealed class IndependentReadingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deepgpu-independent-");

    [Theory]
    [InlineData("bugs", 45)]
    [InlineData("bugs/strangers", 7)]
    public void Files_of_Keras_1_and_2_become_keras_files_that_give_the_recorded_numbers(string folder, int count)
    {
        var expected = ReferenceData.Path(folder, "expected.json");
        using var entries = JsonDocument.Parse(File.ReadAllBytes(expected));
        foreach (var name in entries.RootElement.EnumerateObject().Select(entry => entry.Name))
        {
            var file = new[] { ".h5", ".keras" }.Select(ending => ReferenceDataFile(folder, name + ending)).First(File.Exists);
            ModelFile.Convert(file, Path.Combine(_folder.FullName, name + ".keras"));
        }

        ShouldAgree(expected, count);
    }

    /// <summary>Files without recorded numbers: the library's own prediction from the file it was given.</summary>
    [Theory]
    [InlineData("hard_sigmoid_to_keras.h5")]
    [InlineData("compiled_without_state_to_keras.h5")]
    [InlineData("optimizer_by_name_to_h5.keras")]
    public void A_converted_file_gives_what_the_first_one_gives(string file)
    {
        var path = ReferenceData.Path("bugs", "crash", file);
        using var model = Model.Load(path, Device.Cpu);
        ShouldGive(model, path, [2, .. model.Spec.InputShape.Axes.Skip(1).Select(length => length ?? 4)]);
    }

    public static IEnumerable<ITheoryDataRow> Networks() => new (string Name, SymbolicTensor Model)[]
    {
        ("channels first", Sequential.Input(2, 9, 7).Apply(new Conv2D(4, new(3, 2), Activation.Relu)
        {
            DataFormat = DataFormat.ChannelsFirst,
            Strides = new(2, 1),
            Padding = Padding.Same,
        }).Apply(new MaxPooling2D(2) { DataFormat = DataFormat.ChannelsFirst }).Flatten().Dense(3, Activation.Selu)),
        ("groups and dilation", Sequential.Input(11, 4).Apply(new Conv1D(6, 3, Activation.Silu) { Groups = 2, DilationRate = 2 })
            .Apply(new Conv1D(2, 4) { Padding = Padding.Causal }).BatchNormalization().GlobalAveragePooling1D()),
        ("transposed", Sequential.Input(4, 5, 2).Apply(new Conv2DTranspose(3, new(3, 2), Activation.Softplus) { Strides = new(2, 3),
            Padding = Padding.Same }).Apply(new DepthwiseConv2D(3)).AveragePooling2D(2).Flatten().Dense(2)),
        ("recurrent both ways", Sequential.Input(6, 3).Apply(new Bidirectional(new LSTM(4) { ReturnSequences = true }))
            .Apply(new Bidirectional(new GRU(3) { ResetAfter = false }) { MergeMode = MergeMode.Mul }).Dense(2, Activation.Softmax)),
        ("masked", Sequential.Input(7).Apply(new Embedding(5, 3) { MaskZero = true }).GRU(4).Dense(1, Activation.Sigmoid)),
        ("hard sigmoid of Keras 2", Sequential.Input(5, 3).Apply(new GRU(4) { RecurrentActivation = Activation.LegacyHardSigmoid })),
    }.Select(row => new TheoryDataRow<SymbolicTensor>(row.Model) { TestDisplayName = row.Name });

    /// <summary>A network, saved as Keras 2's layout, read again and converted.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_of_many_options_gives_the_same_there(SymbolicTensor network)
    {
        using var model = network.Build().ToModel(Device.Cpu, seed: 3);
        var random = new Random(5);
        foreach (var weight in model.Weights) weight.Load(Numbers(random, 0.1, 0.9, [.. weight.Spec.Shape]));
        var path = Path.Combine(_folder.FullName, "first.h5");
        model.Save(path);
        ShouldGive(model, path, [3, .. model.Spec.InputShape.Axes.Skip(1).Select(length => length!.Value)]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void ShouldGive(Model model, string path, int[] shape)
    {
        var isIds = model.Spec.Layers.Any(node => node.Layer is Embedding);
        var count = shape.Aggregate(1, (a, b) => a * b);
        var input = isIds ? NDArray.From<float>([.. Enumerable.Range(0, count).Select(i => (float)(i * 3 % 5))], shape)
            : Numbers(new Random(1), -1, 1, shape);
        ModelFile.Convert(path, Path.Combine(_folder.FullName, "model.keras"));
        var expected = Path.Combine(_folder.FullName, "expected.json");
        File.WriteAllText(expected, new JsonObject
        {
            ["model"] = new JsonObject
            {
                ["inputs"] = new JsonArray(Entry(input)),
                ["outputs"] = new JsonArray(Entry(model.Predict(input)))
            },
        }.ToJsonString());
        ShouldAgree(expected, 1);
    }

    private void ShouldAgree(string expected, int count)
    {
        var run = PythonPrograms.Run("evaluate_keras.py", "numpy, h5py", expected, _folder.FullName);
        run.Code.Should().Be(0, run.Output);
        run.Output.Should().Contain($"{count} of {count} agree").And.NotContain("FAILED");
    }

    private static string ReferenceDataFile(string folder, string name) => Path.Combine(ReferenceData.Path(folder), name);

    private static NDArray Numbers(Random random, double from, double to, int[] shape) => NDArray.From<float>(
        [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b))
            .Select(_ => (float)(from + (to - from) * random.NextDouble()))], shape);

    private static JsonObject Entry(NDArray array) => new()
    {
        ["shape"] = new JsonArray([.. array.Shape.Select(length => JsonValue.Create(length))]),
        ["dtype"] = "float32",
        ["data"] = new JsonArray([.. array.ToArray<float>().Select(number => JsonValue.Create((double)number))]),
    };
}
