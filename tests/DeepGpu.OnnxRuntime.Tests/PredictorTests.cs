using DeepGpu.Export;
using DeepGpu.Models;
using DeepGpu.Onnx.Schema;
using Google.Protobuf;

namespace DeepGpu.OnnxRuntime.Tests;

/// <summary>The predictor's calls, and its faults.</summary>
public sealed class PredictorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Model _model = Sequential.Input(4).Dense(5, Activation.Tanh).Dense(3,
        Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);

    private static NDArray Samples(int count)
        => NDArray.From<float>([.. Enumerable.Range(0, count * 4).Select(i => (float)Math.Sin(i))], count, 4);

    [Theory]
    [InlineData(1, 32)]
    [InlineData(7, 3)]
    [InlineData(6, 3)]
    [InlineData(5, 1)]
    public void It_predicts_as_the_model_does_in_batches_of_any_size(int samples, int batchSize)
    {
        using var predictor = _model.ToOnnxPredictor();
        Exported.Check([predictor.Predict(Samples(samples), batchSize)], [_model.Predict(Samples(samples))]);
    }

    [Fact]
    public void A_saved_file_opens_and_is_written_whole()
    {
        var path = Path.Combine(_folder.FullName, "net.onnx");
        _model.Save(path);
        using var predictor = OnnxPredictor.Load(path);
        Exported.Check([predictor.Predict(Samples(2))], [_model.Predict(Samples(2))]);
        File.ReadAllBytes(path).Should().Equal(_model.ToOnnx());
        predictor.InputShapes.Should().Equal(new Shape(null, 4));
        Directory.GetFileSystemEntries(_folder.FullName).Should().Equal(path);
    }

    [Fact]
    public void A_refused_model_leaves_the_file_of_before_as_it_was()
    {
        var path = Path.Combine(_folder.FullName, "net.onnx");
        File.WriteAllText(path, "before");
        using var stateful = Sequential.Input(3, 2).Apply(new GRU(2) { Stateful = true }).Build().ToModel(Device.Cpu, seed: 1);
        FluentActions.Invoking(() => stateful.Save(path)).Should().Throw<DeepGpuException>().Which.Fault.Code.Should().Be("onnx_layer");
        File.ReadAllText(path).Should().Be("before");
        Directory.GetFileSystemEntries(_folder.FullName).Should().Equal(path);
    }

    [Fact]
    public void Options_need_a_name_that_ends_in_onnx()
        => FluentActions.Invoking(() => _model.Save(Path.Combine(_folder.FullName, "net.keras"), OnnxOptions.Default)).Should()
            .Throw<DeepGpuArgumentException>().WithMessage("Save: path must be a name that ends in .onnx, but is net.keras*");

    [Fact]
    public void A_model_file_is_converted_without_an_engine()
    {
        var (from, to) = (Path.Combine(_folder.FullName, "net.keras"), Path.Combine(_folder.FullName, "net.onnx"));
        _model.Save(from);
        ModelFile.Convert(from, to)!.ParameterCount.Should().Be(_model.Spec.ParameterCount);
        using var predictor = OnnxPredictor.Load(to);
        Exported.Check([predictor.Predict(Samples(2))], [_model.Predict(Samples(2))]);
    }

    [Fact]
    public void Numbers_of_other_types_are_converted()
    {
        using var predictor = _model.ToOnnxPredictor();
        var whole = NDArray.From<long>([1, 2, 3, 4], 1, 4);
        Exported.Check([predictor.Predict(whole)], [predictor.Predict(NDArray.From<float>([1, 2, 3, 4], 1, 4))], 0);
    }

    [Fact]
    public void Whole_numbers_that_a_model_declares_go_in_as_they_are()
    {
        var spec = Functional.Input(new InputLayer(new(null, 2)) { ElementType = DataType.Int64 }).Apply(new Embedding(5, 3)).Build();
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        using var predictor = model.ToOnnxPredictor();
        var numbers = NDArray.From<long>([4, 0], 1, 2);
        Exported.Check([predictor.Predict(numbers)], [model.Predict(numbers)]);
    }

    [Fact]
    public void Many_threads_predict_at_once()
    {
        using var predictor = _model.ToOnnxPredictor(new() { Threads = 1 });
        var expected = Enumerable.Range(1, 8).Select(count => predictor.Predict(Samples(count)).ToArray<float>()).ToArray();
        Parallel.For(0, 200, new() { MaxDegreeOfParallelism = 8 }, i =>
            predictor.Predict(Samples(1 + i % 8)).ToArray<float>().Should().Equal(expected[i % 8]));
    }

    [Fact]
    public async Task What_is_disposed_while_others_predict_ends_them_well()
    {
        var predictor = _model.ToOnnxPredictor();
        var calls = Enumerable.Range(0, 8).Select(_ => Task.Run(() => PredictUntilDisposed(predictor))).ToArray();
        await Task.Delay(20, TestContext.Current.CancellationToken);
        predictor.Dispose();
        predictor.Dispose();
        (await Task.WhenAll(calls)).Should().AllBeOfType<ObjectDisposedException>();
        FluentActions.Invoking(() => predictor.Predict(Samples(1))).Should().Throw<ObjectDisposedException>();
    }

    private static Exception PredictUntilDisposed(OnnxPredictor predictor)
    {
        try
        {
            while (true) predictor.Predict(Samples(3));
        }
        catch (Exception e)
        {
            return e;
        }
    }

    [Fact]
    public void A_provider_that_the_engine_lacks_is_a_fault_with_the_remedy()
    {
        var missing = OperatingSystem.IsWindows() ? ExecutionProvider.CoreML : ExecutionProvider.DirectML;
        var fault = FluentActions.Invoking(() => _model.ToOnnxPredictor(new() { Provider = missing })).Should().Throw<DeepGpuException>()
            .Which.Fault;
        fault.Code.Should().Be("onnx_provider");
        fault.ToString().Should().StartWith($"A model runs by {missing} where the engine and the machine have it, but this engine has ")
            .And.Contain("CPUExecutionProvider").And.EndWith("or choose ExecutionProvider.Cpu.");
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        FluentActions.Invoking(() => OnnxPredictor.Load([1, 2, 3, 250])).Should().Throw<ModelFormatException>()
            .Which.Fault.Code.Should().Be("onnx_model");
        var path = Path.Combine(_folder.FullName, "net.onnx");
        FluentActions.Invoking(() => OnnxPredictor.Load(path)).Should().Throw<FileNotFoundException>();
        File.WriteAllText(path, "no model");
        FluentActions.Invoking(() => OnnxPredictor.Load(path)).Should().Throw<ModelFormatException>().Which.File.Should().Be(path);
    }

    [Fact]
    public void Wrong_arrays_are_refused_before_they_run()
    {
        using var predictor = _model.ToOnnxPredictor();
        FluentActions.Invoking(() => predictor.Predict(NDArray.Zeros(DataType.Float32, 2, 5))).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("Input 'input_layer' has shape (batch, 4), but receives (2, 5). Pass arrays with an axis of samples first.*");
        FluentActions.Invoking(() => predictor.Predict(NDArray.Zeros(DataType.Float32, 4))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => predictor.Predict([Samples(1), Samples(1)])).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("Predict: inputs must be 1 arrays (input_layer), but is 2.*");
        FluentActions.Invoking(() => predictor.Predict(Samples(0))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => predictor.Predict(Samples(1), batchSize: 0)).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void A_model_of_a_fixed_batch_takes_multiples_of_it()
    {
        using var model = Functional.Input(new InputLayer(new(2, 4))).Dense(3).Build().ToModel(Device.Cpu, seed: 1);
        using var predictor = model.ToOnnxPredictor();
        Exported.Check([predictor.Predict(Samples(6))], [model.Predict(Samples(6))]);
        FluentActions.Invoking(() => predictor.Predict(Samples(3))).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*a multiple of the model's fixed batch of 2 samples, but is 3*");
    }

    /// <summary>As models of speech have them: a sequence, a state whose batch is its second axis, and a number.</summary>
    [Fact]
    public void Inputs_without_a_common_axis_of_samples_run_at_once()
    {
        var graph = new GraphWriter(new(17));
        var x = graph.Input("x", new(null, 3), DataType.Float32);
        var state = graph.Input("state", new(2, null, 3), DataType.Float32);
        var rate = graph.Input("rate", new(Array.Empty<int?>()), DataType.Int64);
        var sum = graph.Multiply(graph.Add(x, state), graph.Cast(rate, DataType.Float32));
        var proto = new ModelProto { IrVersion = 8, Graph = new() { Name = "speech" } };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        proto.Graph.Input.AddRange([GraphProtos.Info(x), GraphProtos.Info(state), GraphProtos.Info(rate)]);
        proto.Graph.Output.Add(GraphProtos.Info(sum));
        proto.Graph.Node.AddRange(graph.Nodes.Select(GraphProtos.Node));
        using var predictor = OnnxPredictor.Load(proto.ToByteArray());
        var outputs = predictor.Predict([NDArray.From<float>([1, 2, 3], 1, 3), NDArray.From<float>([0, 0, 0, 4, 4, 4], 2, 1, 3),
            NDArray.From<long>([10], [])]);
        outputs[0].Shape.Should().Equal(2, 1, 3);
        outputs[0].ToArray<float>().Should().Equal(10, 20, 30, 50, 60, 70);
        FluentActions.Invoking(() => predictor.Predict([NDArray.Zeros(DataType.Float32, 1, 3), NDArray.Zeros(DataType.Float32, 1, 1, 3),
            NDArray.From<long>([10], [])])).Should().Throw<DeepGpuArgumentException>().WithMessage("Input 'state' has shape*");
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Delete(recursive: true);
    }
}
