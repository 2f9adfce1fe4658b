using DeepGpu.Models;
using DeepGpu.Tests.Data;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY H88 to H99, as far as training is concerned: what cannot work is refused with a typed error,
/// what is unusual works.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly Dataset Digits = Datasets.GeneratedDigits(20, 1).Train;

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-input-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Compiling_again_keeps_the_weights_and_forgets_the_optimizer()
    {
        using var model = Cnn.Small.Compiled();
        model.Fit(Digits);
        var before = Values(model);
        model.Compile(Optimizer.Sgd(), Loss.SparseCategoricalCrossentropy());
        Values(model).Should().Equal(before);
        model.Fit(Digits).Names.Should().Equal("loss");
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_validation_split_outside_0_to_1(double split)
        => FluentActions.Invoking(() => new FitOptions { ValidationSplit = split })
            .Should().Throw<DeepGpuArgumentException>().WithMessage("Fit: validationSplit must be *");

    [Fact]
    public void Epochs_below_zero_and_a_split_of_nothing()
    {
        using var model = Cnn.Small.Compiled();
        FluentActions.Invoking(() => model.Fit(Digits, epochs: -1)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => model.Fit(Digits, new FitOptions { ValidationSplit = 0.9 })).Should().NotThrow();
        FluentActions.Invoking(() => model.Fit(Digits, new FitOptions { ValidationSplit = 0.99 }))
            .Should().Throw<TrainingDataException>().WithMessage("Both parts of a split*");
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_one_batch()
    {
        using var model = Cnn.Small.Compiled();
        var steps = 0;
        model.Fit(Digits, new FitOptions { BatchSize = 1000, Callbacks = [new LambdaCallback { BatchEnd = _ => steps++ }] });
        steps.Should().Be(1);
        model.Predict(Digits.Input, batchSize: 1000).Shape.Should().Equal(20, 10);
    }

    [Fact]
    public void A_disposed_tensor()
    {
        var tensor = torch.ones(2, 2);
        tensor.Dispose();
        FluentActions.Invoking(() => Dataset.FromTensors(tensor, tensor)).Should().Throw<Exception>();
        var model = Cnn.Small.Compiled();
        var weight = model.Weights[0];
        model.Dispose();
        FluentActions.Invoking(weight.ToArray).Should().Throw<Exception>();
    }

    [Fact]
    public void Every_call_refuses_null()
    {
        using var model = Cnn.Small.Compiled();
        Action[] calls =
        [
            () => model.Fit(null!), () => model.Fit(Digits, (FitOptions)null!), () => model.Evaluate(null!),
            () => model.Predict((NDArray)null!), () => model.Compile((CompileOptions)null!),
            () => model.Compile(null!, Loss.MeanSquaredError()), () => model.Compile(Optimizer.Adam(), null!), () => model.Save(null!),
            () => Model.Load(null!, Device.Cpu), () => model.LoadWeights(null!),
            () => model.TrainOnBatch(null!), () => model.TestOnBatch(null!), () => model.PredictOnBatch((NDArray)null!),
            () => model.CopyWeights(null!), () => Dataset.FromArrays((NDArray)null!, Digits.Target),
            () => ((ModelSpec)null!).ToModel(Device.Cpu), () => Cnn.Small.ToModel(null!),
        ];
        foreach (var call in calls) call.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_layer_in_two_models_has_weights_of_its_own_in_each()
    {
        var layer = new Dense(3) { Name = "shared" };
        using var first = Sequential.Input(2).Apply(layer).Build("first").ToModel(Device.Cpu, seed: 1);
        using var second = Sequential.Input(5).Apply(layer).Build("second").ToModel(Device.Cpu, seed: 1);
        first.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        var before = Values(second);
        first.Fit(Dataset.FromArrays(NDArray.From<float>([1, 2], 1, 2), NDArray.From<float>([1, 2, 3], 1, 3)));
        Values(second).Should().Equal(before).And.HaveCount(18);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Nothing_of_a_training_depends_on_the_culture(string name)
    {
        var expected = TrainAndSave("invariant");
        using var culture = new Culture(name);
        TrainAndSave(name).Should().Be(expected);
    }

    [Theory]
    [InlineData("with spaces.keras")]
    [InlineData("größe 数 ß.keras")]
    [InlineData("sub/../plain.h5")]
    [InlineData("UPPER.KERAS")]
    [InlineData("no extension")]
    public void Unusual_paths_work(string name)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        RoundTrips(Path.Combine(_folder, name));
    }

    [Fact]
    public void Long_and_relative_paths_work()
    {
        var deep = Path.Combine([_folder, .. Enumerable.Repeat(new string('d', 60), 5)]);
        Directory.CreateDirectory(deep);
        RoundTrips(Path.Combine(deep, "model.keras"));
        RoundTrips(Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(_folder, "relative.keras")));
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_and_a_trailing_slash()
    {
        using var model = Cnn.Small.Compiled();
        Action[] calls = [() => model.Save(_folder), () => model.Save(_folder + "/"), () => Model.Load(_folder, Device.Cpu)];
        foreach (var call in calls)
            call.Should().Throw<Exception>().Which.Should()
                .Match(e => e is IOException || e is UnauthorizedAccessException || e is IFaultSource);
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }

    private string TrainAndSave(string name)
    {
        using var model = Cnn.Small.Compiled();
        var (file, log) = (Path.Combine(_folder, name), Path.Combine(_folder, name + ".csv"));
        model.Fit(Digits, new FitOptions
        {
            Epochs = 2,
            Callbacks = [new CSVLogger(log), new ModelCheckpoint(file + "-{epoch:00}-{loss:0.0}.deepgpu", "loss")]
        });
        model.Save(file + ".deepgpu");
        using var loaded = Model.Load(file + ".deepgpu", Device.Cpu);
        loaded.Fit(Digits);
        var names = Directory.GetFiles(_folder, name + "*").Select(path => Path.GetFileName(path)[name.Length..])
            .Order(StringComparer.Ordinal);
        return string.Join('\n', [File.ReadAllText(log), model.Spec.ToJson(), model.Spec.Summary(), .. names, .. Values(loaded)
            .Select(value => BitConverter.SingleToInt32Bits(value).ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }

    private static void RoundTrips(string path)
    {
        using var model = Cnn.Small.Compiled();
        model.Save(path);
        using var loaded = Model.Load(path, Device.Cpu);
        Values(loaded).Should().Equal(Values(model));
    }

    private static float[] Values(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];
}
