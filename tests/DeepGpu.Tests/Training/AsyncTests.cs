using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>Calls on threads of their own, and calls that are cancelled.</summary>
public sealed class AsyncTests : IDisposable
{
    private static readonly Dataset Digits = Datasets.GeneratedDigits(100, 1).Train;
    private static readonly CancellationToken Cancelled = new(canceled: true);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly Model _model = Made();

    [Fact]
    public async Task Each_yields_what_the_other_form_does()
    {
        (await _model.PredictAsync(Digits.Input)).Bytes.ToArray().Should().Equal(_model.Predict(Digits.Input).Bytes.ToArray());
        (await _model.PredictAsync([Digits.Input]))[0].Shape.Should().Equal(100, 10);
        (await _model.EvaluateAsync(Digits))["loss"].Should().Be(_model.Evaluate(Digits)["loss"]);
        var path = Path.Combine(_folder, "model.keras");
        await _model.SaveAsync(path);
        using var again = await Model.LoadAsync(path, Device.Cpu);
        again.Predict(Digits.Input).Bytes.ToArray().Should().Equal(_model.Predict(Digits.Input).Bytes.ToArray());
    }

    [Fact]
    public void A_cancelled_call_ends_and_leaves_nothing()
    {
        var path = Path.Combine(_folder, "model.keras");
        FluentActions.Invoking(() => _model.Predict(Digits.Input, 32, Cancelled)).Should().Throw<OperationCanceledException>();
        FluentActions.Invoking(() => _model.Evaluate(Digits, 32, Cancelled)).Should().Throw<OperationCanceledException>();
        FluentActions.Invoking(() => _model.Save(path, Cancelled)).Should().Throw<OperationCanceledException>();
        Directory.GetFiles(_folder).Should().BeEmpty();
        _model.Save(path);
        var before = LiveTensors.Count();
        FluentActions.Invoking(() => Model.Load(path, Device.Cpu, cancellationToken: Cancelled)).Should()
            .Throw<OperationCanceledException>();
        LiveTensors.Count().Should().Be(before);
    }

    [Fact]
    public void A_file_that_is_there_survives_a_save_that_is_cancelled_on_the_way()
    {
        var path = Path.Combine(_folder, "model.safetensors");
        _model.Save(path);
        var bytes = File.ReadAllBytes(path);
        FluentActions.Invoking(() => _model.Save(path, Cancelled)).Should().Throw<OperationCanceledException>();
        File.ReadAllBytes(path).Should().Equal(bytes);
        Directory.GetFiles(_folder).Should().Equal(path);
    }

    [Fact]
    public async Task A_task_that_is_cancelled_says_so()
    {
        var predict = async () => await _model.PredictAsync(Digits.Input, cancellationToken: Cancelled);
        await predict.Should().ThrowAsync<OperationCanceledException>();
    }

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Model Made()
    {
        var model = Sequential.Input(28, 28, 1).Flatten().Dense(10, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.01), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        return model;
    }
}
