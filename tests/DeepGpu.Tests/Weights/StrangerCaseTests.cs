using System.IO.Compression;
using System.Text.Json;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Cases of strangers that need a call: files that broke the conversion, fixed batches, order.</summary>
public sealed class StrangerCaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Theory]
    [InlineData("compiled_without_state_to_keras.h5", "out.keras")]
    [InlineData("optimizer_by_name_to_h5.keras", "out.h5")]
    [InlineData("hard_sigmoid_to_keras.h5", "out.keras")]
    [InlineData("hard_sigmoid_to_keras.h5", "out.h5")]
    public void What_broke_the_conversion_is_converted_and_predicts_the_same(string from, string to)
    {
        var path = Path.Combine(_folder.FullName, to);
        ModelFile.Convert(ReferenceData.Path("bugs", "crash", from), path);
        ShouldPredictAlike(ReferenceData.Path("bugs", "crash", from), path);
        Text(path).Should().NotContain("legacy_hard_sigmoid");
    }

    /// <summary>The gates of Keras 1 and 2 are clip(0.2 x + 0.5, 0, 1), Keras 3's clip(x / 6 + 0.5, 0, 1).</summary>
    [Theory]
    [MemberData(nameof(HardSigmoids))]
    public void The_hard_sigmoid_of_Keras_2_is_written_as_Keras_3_computes_it(Layer layer)
    {
        var spec = Sequential.Input(5, 3).Apply(layer).Build();
        using var model = spec.ToModel(Device.Cpu);
        foreach (var ending in new[] { ".keras", ".h5" })
        {
            var path = Path.Combine(_folder.FullName, "h" + ending);
            model.Save(path);
            Text(path).Should().NotContain("legacy_hard_sigmoid");
            using var again = Model.Load(path, Device.Cpu);
            var x = Numbers(7, 4, 5, 3);
            Difference(model.Predict(x), again.Predict(x)).Should().BeLessThan(2e-6);
        }
    }

    public static IEnumerable<ITheoryDataRow> HardSigmoids() => new Layer[]
    {
        new Dense(4, Activation.LegacyHardSigmoid), new Conv1D(2, 3, Activation.LegacyHardSigmoid),
            new ActivationLayer(Activation.LegacyHardSigmoid),
        new LSTM(4) { RecurrentActivation = Activation.LegacyHardSigmoid },
            new GRU(4) { RecurrentActivation = Activation.LegacyHardSigmoid },
        new GRU(3) { RecurrentActivation = Activation.LegacyHardSigmoid, Activation = Activation.LegacyHardSigmoid, ResetAfter = false },
        new SimpleRNN(4) { Activation = Activation.LegacyHardSigmoid },
            new Bidirectional(new LSTM(2) { RecurrentActivation = Activation.LegacyHardSigmoid }),
        new TimeDistributed(new Dense(2, Activation.LegacyHardSigmoid)),
            new SeparableConv1D(2, 3) { Activation = Activation.LegacyHardSigmoid },
        new RNN(new LSTMCell(2) { RecurrentActivation = Activation.LegacyHardSigmoid }),
    }.Select(layer => new TheoryDataRow<Layer>(layer));

    [Theory]
    [InlineData("m.pth")]
    [InlineData("m.json")]
    public void An_ending_of_another_format_is_refused_with_those_there_are(string name)
    {
        using var model = Sequential.Input(2).Dense(1).Build().ToModel(Device.Cpu);
        var fault = FluentActions.Invoking(() => model.Save(Path.Combine(_folder.FullName, name))).Should()
            .Throw<DeepGpuArgumentException>().Which;
        fault.Message.Should().Contain(".keras").And.Contain(".deepgpu");
        FluentActions.Invoking(() => new ModelCheckpoint(name)).Should().Throw<DeepGpuArgumentException>();
        _folder.GetFiles().Should().BeEmpty();
    }

    [Fact]
    public void A_rate_of_0_leaves_the_weights_of_its_epoch()
    {
        using var model = Compiled(Sequential.Input(2).Dense(1).Build());
        var data = Dataset.FromArrays(Numbers(1, 6, 2), Numbers(2, 6, 1));
        var before = model.Weights[0].ToArray().ToArray<float>().ToArray();
        model.Fit(data, new FitOptions { Callbacks = [new LearningRateScheduler((_, _) => 0)] }, TestContext.Current.CancellationToken);
        model.Weights[0].ToArray().ToArray<float>().ToArray().Should().Equal(before);
    }

    /// <summary>Keras's moving variance is the batch's biased one: that of one value is 0.</summary>
    [Fact]
    public void Batch_normalization_of_one_value_a_channel_moves_its_statistics_as_Keras()
    {
        using var model = Sequential.Input(2).BatchNormalization().Build().ToModel(Device.Cpu);
        model.Compile(Optimizer.Sgd(1e-30), Loss.MeanSquaredError());
        var x = Numbers(5, 33, 2);
        model.Fit(Dataset.FromArrays(x, Numbers(6, 33, 2)), epochs: 1, batchSize: 32, shuffle: false,
            cancellationToken: TestContext.Current.CancellationToken);
        var values = x.ToArray<float>().ToArray();
        var moved = model.Weights.Single(weight => weight.Name.EndsWith("moving_variance", StringComparison.Ordinal)).ToArray()
            .ToArray<float>().ToArray();
        for (var channel = 0; channel < 2; channel++)
        {
            var first = Enumerable.Range(0, 32).Select(i => (double)values[2 * i + channel]).ToList();
            var variance = first.Select(value => Math.Pow(value - first.Average(), 2)).Average();
            ((double)moved[channel]).Should().BeApproximately(0.99 * (0.99 + 0.01 * variance), 1e-6);
        }

        model.Predict(x).ToArray<float>().ToArray().Should().OnlyContain(value => float.IsFinite(value));
    }

    [Fact]
    public void Batch_normalization_after_global_pooling_learns_from_one_sample()
    {
        using var model = Sequential.Input(8, 8, 3).Conv2D(4, 3).GlobalAveragePooling2D().BatchNormalization().Dense(2).Build()
            .ToModel(Device.Cpu);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        model.TrainOnBatch(Dataset.FromArrays(Numbers(1, 1, 8, 8, 3), Numbers(2, 1, 2)));
        model.Weights.Single(weight => weight.Name.EndsWith("moving_variance", StringComparison.Ordinal)).ToArray().ToArray<float>()
            .ToArray()
            .Should().AllSatisfy(value => value.Should().BeApproximately(0.99f, 1e-6f));
        model.Predict(Numbers(3, 1, 8, 8, 3)).ToArray<float>().ToArray().Should().OnlyContain(value => float.IsFinite(value));
    }

    /// <summary>A statistic that a callback or file left not finite is found under every policy that looks.</summary>
    [Fact]
    public void A_statistic_that_is_not_finite_is_named()
    {
        using var model = Compiled(Sequential.Input(2).BatchNormalization().Dense(1).Build());
        var variance = model.Weights.Single(weight => weight.Name.EndsWith("moving_variance", StringComparison.Ordinal));
        variance.Load(NDArray.From<float>([float.NaN, 1], 2));
        var data = Dataset.FromArrays(Numbers(1, 6, 2), Numbers(2, 6, 1));
        FluentActions.Invoking(() => model.Fit(data, new FitOptions { NonFinite = NonFinitePolicy.Throw },
            TestContext.Current.CancellationToken))
            .Should().Throw<NonFiniteException>().WithMessage("*moving_variance*");
    }

    [Fact]
    public void A_fixed_batch_is_kept_by_every_call()
    {
        var input = Functional.Input(new InputLayer(new Shape([1, 5, 3])));
        var spec = Functional.Model([input], [input.Apply(new LSTM(2)).Apply(new Dense(1))]);
        using var model = Compiled(spec);
        var (x, y) = (Numbers(1, 4, 5, 3), Numbers(2, 4, 1));
        var whole = model.Predict(x, batchSize: 1);
        whole.Shape.Should().Equal(4, 1);
        var each = Enumerable.Range(0, 4).Select(i => model.Predict(x.Slice(i, 1)).ToArray<float>()[0]).ToArray();
        whole.ToArray<float>().ToArray().Should().Equal(each);
        model.Fit(Dataset.FromArrays(x, y), cancellationToken: TestContext.Current.CancellationToken)["loss"].Should().HaveCount(1);
        model.Evaluate(Dataset.FromArrays(x, y), cancellationToken: TestContext.Current.CancellationToken)["loss"].Should().BePositive();
        using var pairs = spec.WithInputShapes(new Shape([2, 5, 3])).ToModel(Device.Cpu);
        FluentActions.Invoking(() => pairs.Predict(Numbers(1, 3, 5, 3))).Should().Throw<TrainingDataException>().Which.Fault.Code.Should()
            .Be("batch_size");
    }

    [Fact]
    public void Numbers_in_names_say_the_order_of_a_sorted_file()
    {
        var (model, expected) = Ordered("order_numbered");
        using (model)
        {
            model.LoadWeights(ReferenceData.Path("bugs", "weights", "order_numbered.safetensors"),
                new WeightMap { Matching = WeightMatching.ByOrder });
            var output = model.Predict(Array(expected.RootElement.GetProperty("input")));
            Difference(output, Array(expected.RootElement.GetProperty("output_in_torch"))).Should().BeLessThan(2e-6);
        }
    }

    [Fact]
    public void Names_that_say_no_order_are_refused()
    {
        var (model, _) = Ordered("order_names_without_numbers");
        using (model) FluentActions.Invoking(()
            => model.LoadWeights(ReferenceData.Path("bugs", "weights", "order_names_without_numbers.safetensors"),
                new WeightMap { Matching = WeightMatching.ByOrder }))
            .Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be("no_order");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Model Compiled(ModelSpec spec)
    {
        var model = spec.ToModel(Device.Cpu);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        return model;
    }

    private static (Model Model, JsonDocument Expected) Ordered(string name)
        => (ModelSpec.FromJson(File.ReadAllText(ReferenceData.Path("bugs", "weights", name + ".json"))).ToModel(Device.Cpu),
            JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("bugs", "weights", name + ".expected.json"))));

    private static void ShouldPredictAlike(string one, string other)
    {
        using var first = Model.Load(one, Device.Cpu);
        using var second = Model.Load(other, Device.Cpu);
        var x = Numbers(3, [4, .. first.Spec.InputShape.Axes.Skip(1).Select(length => length!.Value)]);
        Difference(first.Predict(x), second.Predict(x)).Should().BeLessThan(2e-6);
    }

    private static double Difference(NDArray a, NDArray b)
    {
        a.Shape.Should().Equal(b.Shape);
        return a.ToArray<float>().ToArray().Zip(b.ToArray<float>().ToArray(), (x, y) => (double)Math.Abs(x - y)).Max();
    }

    private static NDArray Array(JsonElement rows)
        => NDArray.From<float>([.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(number => number.GetSingle())],
            rows.GetArrayLength(), rows[0].GetArrayLength());

    private static NDArray Numbers(int seed, params int[] shape) => RandomArray.Between(-2, 2, seed, shape);

    private static string Text(string path)
    {
        if (!path.EndsWith(".keras", StringComparison.Ordinal)) return System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));
        using var archive = ZipFile.OpenRead(path);
        using var reader = new StreamReader(archive.GetEntry("config.json")!.Open());
        return reader.ReadToEnd();
    }
}
