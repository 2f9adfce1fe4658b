using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

public sealed class TransferTests : IDisposable
{
    private static readonly ModelSpec Base = Sequential.Input(28, 28, 1).Conv2D(4, 3, Activation.Relu, name: "c1")
        .BatchNormalization(name: "n1").Conv2D(6, 3, Activation.Relu, name: "c2").GlobalAveragePooling2D().Build("base");

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-transfer-").FullName;

    [Fact]
    public void A_frozen_base_stays_bit_by_bit_while_its_head_learns()
    {
        var (train, _) = Datasets.GeneratedDigits(64, 8);
        using var model = Sequential.From(Base.Freeze()).Dense(10, name: "head").Build().ToModel(Device.Cpu, seed: 1);
        var before = Bytes(model);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(train, epochs: 2);
        Changed(model, before).Should().Equal("head/kernel", "head/bias");
    }

    [Fact]
    public void Unfreezing_lets_the_last_layers_learn_one_by_one_and_asks_for_a_new_compile()
    {
        var (train, _) = Datasets.GeneratedDigits(64, 8);
        using var model = Sequential.From(Base.Freeze()).Dense(10, name: "head").Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        var prediction = model.Predict(train.Inputs[0]).ToArray<float>();
        var before = Bytes(model);
        model.Unfreeze(last: 2);
        model.Predict(train.Inputs[0]).ToArray<float>().Should().Equal(prediction);
        FluentActions.Invoking(() => model.Fit(train)).Should().Throw<ModelStateException>().Which.Fault.Code.Should().Be("not_compiled");
        model.Compile(Optimizer.Adam(1e-4), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        model.Fit(train);
        Changed(model, before).Should().Equal("base/c2/kernel", "base/c2/bias", "head/kernel", "head/bias");
        model.Freeze();
        model.Spec.TrainableParameterCount.Should().Be(0);
    }

    [Fact]
    public void Unfreezing_reaches_layers_of_models_inside_the_model()
    {
        var spec = Sequential.From(Base.Freeze()).Dense(10, name: "head").Build();
        spec.TrainableParameterCount.Should().Be(70);
        spec.Unfreeze(2).TrainableParameterCount.Should().Be(70 + 4 * 9 * 6 + 6);
        spec.Unfreeze(4).TrainableParameterCount.Should().Be(spec.ParameterCount - 8);
    }

    [Fact]
    public void A_head_trained_on_cached_features_gives_the_joined_model_its_numbers()
    {
        var (train, _) = Datasets.GeneratedDigits(64, 8);
        using var features = Base.ToModel(Device.Cpu, seed: 1);
        var cached = features.ExtractFeatures(train);
        cached.Inputs[0].Shape.Should().Equal(64, 6);
        var headSpec = Sequential.Input(6).Dense(10, Activation.Softmax, name: "out").Build("head");
        using var head = headSpec.ToModel(Device.Cpu, seed: 2);
        head.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        head.Fit(cached);
        using var joined = Sequential.From(Base.Freeze()).Apply(headSpec).Build().ToModel(Device.Cpu);
        joined.CopyWeights(features, "base");
        joined.CopyWeights(head, "head");
        joined.Predict(train.Inputs[0]).ToArray<float>().Zip(head.Predict(cached.Inputs[0]).ToArray<float>())
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
        FluentActions.Invoking(() => joined.CopyWeights(head)).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void A_description_takes_its_weights_from_a_file_also_as_part_of_another()
    {
        using var source = Base.ToModel(Device.Cpu, seed: 1);
        var path = Path.Combine(_folder, "base.safetensors");
        source.Save(path);
        var started = Base.From(InitialWeights.File(path)).Freeze();
        using var alone = started.ToModel(Device.Cpu);
        Bytes(alone).Values.Should().BeEquivalentTo(Bytes(source).Values, options => options.WithStrictOrdering());
        using var model = Sequential.From(started).Dense(10, name: "head").Build().ToModel(Device.Cpu);
        Bytes(model).Where(weight => weight.Key.StartsWith("base/", StringComparison.Ordinal)).Select(weight => weight.Value)
            .Should().BeEquivalentTo(Bytes(source).Values, options => options.WithStrictOrdering());
        File.WriteAllText(path, "damaged");
        FluentActions.Invoking(() => started.ToModel(Device.Cpu)).Should().Throw<ModelFormatException>();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(99)]
    [InlineData(-1)]
    public void More_layers_than_there_are_cannot_be_unfrozen(int last)
    {
        using var model = Sequential.Input(4).Dense(3).Dropout(0.1).Dense(2).Build("net").ToModel(Device.Cpu);
        model.Invoking(m => m.Unfreeze(last)).Should().Throw<DeepGpuArgumentException>()
            .WithMessage($"Unfreeze: last must be from 0 to 2, the layers with weights, but is {last}.*");
        model.Unfreeze(2);
    }

    [Fact]
    public void A_model_of_a_file_predicts_and_asks_to_be_compiled_before_it_is_trained()
    {
        var path = Path.Combine(_folder, "m.keras");
        using (var source = Base.ToModel(Device.Cpu)) source.Save(path);
        using var model = Model.Load(path, Device.Cpu);
        var (train, _) = Datasets.GeneratedDigits(8, 8);
        model.Predict(train.Inputs[0]).Shape.Should().Equal(8, 6);
        FluentActions.Invoking(() => model.Fit(train)).Should().Throw<ModelStateException>().Which.Fault.Code.Should().Be("not_compiled");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, byte[]> Bytes(Model model)
        => model.Weights.ToDictionary(weight => weight.Name, weight => weight.ToArray().Bytes.ToArray());

    private static IEnumerable<string> Changed(Model model, Dictionary<string, byte[]> before)
        => Bytes(model).Where(weight => !weight.Value.SequenceEqual(before[weight.Key])).Select(weight => weight.Key);
}
