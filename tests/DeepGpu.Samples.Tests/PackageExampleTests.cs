using DeepGpu.Formats;
using DeepGpu.Hardware;
using DeepGpu.Models;
using DeepGpu.Visuals;
using Spectre.Console;

namespace DeepGpu.Samples.Tests;

/// <summary>The examples of the packages' READMEs, run.</summary>
public class PackageExampleTests
{
    [Fact]
    public void Abstractions()
    {
        ByteSize memory = ByteSize.FromGibibytes(24);
        NDArray image = NDArray.Zeros(DataType.Float32, 1, 28, 28, 1);
        Console.WriteLine($"{memory} hold {memory.Bytes / image.Bytes.Length:N0} images of {image}");
        (memory.Bytes / image.Bytes.Length).Should().Be(24L * 1024 * 1024 * 1024 / (28 * 28 * 4));
    }

    [Fact]
    public void Formats()
    {
        using var folder = new WorkingFolder();
        NDArray numbers = NDArray.From<float>([1, 2, 3], 3);
        AtomicFile.Write("numbers.safetensors", stream => SafetensorsWriter.Write(stream, [new("numbers", numbers)]));
        using TensorFile file = WeightFile.Open("numbers.safetensors");
        foreach (TensorEntry tensor in file.Tensors) Console.WriteLine($"{tensor.Name} {tensor.Type} ({string.Join(", ", tensor.Shape)})");
        file.Tensors.Should().ContainSingle().Which.Shape.Should().Equal(3);
    }

    [Fact]
    public void Hardware()
    {
        GpuSpec card = GpuCatalog.Default.Find("3090");
        Console.WriteLine($"{card.Name}: {card.Vram}, {card.Tdp}");
        using GpuDetector detector = GpuDetector.OfThisMachine();
        card.Vram.Should().Be(ByteSize.FromGibibytes(24));
    }

    [Fact]
    public void Models()
    {
        ModelSpec gru = Sequential.Input(null, 10).GRU(64).Dense(1, Activation.Sigmoid).Build();
        Console.WriteLine(gru.Summary());
        ModelSpec vgg16 = Applications.VGG16();
        Console.WriteLine($"{vgg16.ParameterCount:N0} parameters, {vgg16.FlopsPerSample():N0} operations a picture");
        (gru.ParameterCount, vgg16.ParameterCount).Should().Be((14_657, 138_357_544));
    }

    [Fact]
    public async Task Hosting()
    {
        using Model model = Sequential.Input(28, 28, 1).Flatten().Dense(10, Activation.Softmax).Build().ToModel(Device.Best());
        await using Predictor predictor = new(model, new PredictorOptions { MaxBatchSize = 16, Timeout = TimeSpan.FromSeconds(5) });
        NDArray scores = await predictor.PredictAsync(NDArray.Zeros(DataType.Float32, 1, 28, 28, 1));
        scores.Shape.Should().Equal(1, 10);
    }

    [Fact]
    public void OnnxRuntime()
    {
        using Model model = Sequential.Input(28, 28, 1).Flatten().Dense(10, Activation.Softmax).Build().ToModel(Device.Cpu);
        NDArray images = NDArray.Zeros(DataType.Float32, 2, 28, 28, 1);
        using OnnxPredictor predictor = model.ToOnnxPredictor();
        NDArray scores = predictor.Predict(images);
        scores.Shape.Should().Equal(2, 10);
    }

    [Fact]
    public void Distributed()
    {
        using Model model = Sequential.Input(4).Dense(3, Activation.Softmax).Build().ToModel(Device.Cpu);
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 64, 4), NDArray.Zeros(DataType.Int32, 64));
        using ICollective processes = Distribution.Initialize();
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), [Metric.Accuracy()], Distribution.DataParallel());
        model.Fit(data, epochs: 5, batchSize: 64);
        processes.WorldSize.Should().Be(1);
    }

    [Fact]
    public void Engine_and_visuals()
    {
        ModelSpec spec = Sequential.Input(28, 28, 1).Conv2D(8, 3, Activation.Relu).Flatten().Dense(10, Activation.Softmax).Build();
        var (train, test) = Datasets.GeneratedDigits(trainCount: 1_000, testCount: 200);
        using Model model = spec.ToModel(Device.Best());
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        model.Fit(train, epochs: 3);
        Console.WriteLine(model.Evaluate(test)["accuracy"]);
        AnsiConsole.Write(GpuTables.Specs([GpuCatalog.Default.Find("3090"), GpuCatalog.Default.Find("4090")]));
        History history = TrainingConsole.Run(progress => model.Fit(train, epochs: 3, progress: progress));
        history["loss"].Should().HaveCount(3);
    }

    /// <summary>A fresh working folder, left and removed in the end.</summary>
    private sealed class WorkingFolder : IDisposable
    {
        private readonly string _before = Environment.CurrentDirectory;

        public WorkingFolder() => Environment.CurrentDirectory = Directory.CreateTempSubdirectory().FullName;

        public void Dispose()
        {
            var folder = Environment.CurrentDirectory;
            Environment.CurrentDirectory = _before;
            Directory.Delete(folder, recursive: true);
        }
    }
}
