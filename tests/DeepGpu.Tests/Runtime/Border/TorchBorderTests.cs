using System.Runtime.InteropServices;
using DeepGpu.Models;
using DeepGpu.Runtime;
using DeepGpu.Tests.Extending;
using TorchSharp;

namespace DeepGpu.Tests.Runtime.Border;

/// <summary>What torch says reaches a user as one of our exceptions, with the layer, loss or metric and its sizes, without a stack of C++
/// frames.</summary>
public sealed class TorchBorderTests : IDisposable
{
    private static readonly Dataset Data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 5, 4), NDArray.Zeros(DataType.Float32, 5, 3));

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-border-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_layer_that_torch_refuses_is_named_with_its_sizes_by_every_call()
    {
        using var model = Failing(Sequential.Input(4).Dense(3).Apply(new Odd { Name = "odd" }));
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        Action[] calls = [() => model.Predict(Data.Input), () => model.PredictOnBatch(Data.Input), () => model.Fit(Data),
            () => model.Evaluate(Data), () => model.TrainOnBatch(Data), () => model.TestOnBatch(Data), () => model.ExtractFeatures(Data), ()
            => model.ConfusionMatrix(Dataset.FromArrays(Data.Input, NDArray.Zeros(DataType.Int32, 5)))];
        foreach (var call in calls) Expect(call, "odd", "Odd 'odd'", "(5, 3)");
    }

    [Fact]
    public void A_layer_inside_a_model_has_a_path()
    {
        var inner = Sequential.Input(4).Apply(new Odd { Name = "odd" }).Build("inner");
        using var model = Failing(Sequential.Input(4).Apply(Sequential.Input(4).Apply(inner).Build("middle")));
        Expect(() => model.Predict(Data.Input), "middle/inner/odd", "Odd 'middle/inner/odd'", "(5, 4)");
    }

    [Fact]
    public void A_layer_that_uses_a_disposed_tensor_is_named()
    {
        using var model = Failing(Sequential.Input(4).Apply(new Odd { Name = "odd", UsesDisposed = true }));
        Expect(() => model.Predict(Data.Input), "odd", "Odd 'odd'", "(5, 4)");
    }

    [Fact]
    public void A_loss_or_metric_that_torch_refuses_is_named()
    {
        using var model = Sequential.Input(4).Dense(3).Build("net").ToModel(Device.Cpu);
        model.Compile(Optimizer.Sgd(), Loss.Of("mine", (target, output) => target.mm(output).sum(-1)));
        Expect(() => model.Fit(Data), null, "Loss 'mine'");
        Expect(() => model.Evaluate(Data), null, "Loss 'mine'");
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError(), Metric.Of("own", (target, output) => target.mm(output).sum(-1)));
        Expect(() => model.Fit(Data), null, "Metric 'own'");
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(null)])
        {
            CustomLoss = step =>
            step.Targets[0].mm(step.Forward()[0]).sum()
        });
        Expect(() => model.TrainOnBatch(Data), null, "CompileOptions.CustomLoss");
    }

    [Fact]
    public void The_exceptions_of_a_users_own_code_stay_as_they_are()
    {
        using var model = Sequential.Input(4).Dense(3).Build("net").ToModel(Device.Cpu);
        model.Compile(Optimizer.Sgd(), Loss.Of("mine", (_, _) => throw new NotSupportedException("mine")));
        model.Invoking(m => m.Fit(Data)).Should().Throw<NotSupportedException>().WithMessage("mine");
    }

    [Fact]
    public void What_torch_says_in_a_callback_or_a_stream_is_told_without_its_stack()
    {
        using var model = Sequential.Input(4).Dense(3).Build("net").Compiled(Loss.MeanSquaredError());
        var failing = new LambdaCallback { BatchEnd = _ => torch.ones(2, 3).mm(torch.ones(2, 3)) };
        var callback = model.Invoking(m => m.Fit(Data, new FitOptions { Callbacks = [failing] })).Should().Throw<CallbackException>().Which;
        callback.Message.Should().NotContain("frame #").And.NotContain("\n").And.Contain("cannot be multiplied");
        callback.InnerException.Should().BeAssignableTo<ExternalException>();
        var stream = Data.ToStream().Map(sample => torch.ones(2, 3).mm(torch.ones(2, 3)).dim() > 9 ? sample : sample);
        model.Invoking(m => m.Fit(stream)).Should().Throw<DataStreamException>().Which.Message.Should()
            .NotContain("frame #").And.Contain("sample 0 failed: mat1 and mat2");
    }

    [Theory]
    [InlineData("mat1 and mat2 differ\nException raised from meta at /x.cpp:1 (most recent call first):\nframe #0: c10",
        "mat1 and mat2 differ")]
    [InlineData(
        "The following operation failed.\nTraceback of TorchScript:\nRuntimeError: shape '[2]' is invalid\nmore",
        "shape '[2]' is invalid")]
    [InlineData("CUDA error: an illegal memory access\nCUDA kernel errors might be asynchronously reported",
        "CUDA error: an illegal memory access")]
    public void The_text_is_the_first_line_of_what_happened(string native, string expected)
        => TorchText.Of(new Native(native)).Should().Be(expected);

    [Fact]
    public void A_long_text_is_cut() => TorchText.Of(new Native(new('x', 5000))).Should().HaveLength(403);

    private static void Expect(Action call, string? layer, params string[] parts)
    {
        var refused = call.Should().Throw<TorchException>().Which;
        refused.Layer.Should().Be(layer);
        refused.Fault.Code.Should().Be("torch_refused");
        refused.Message.Should().ContainAll(parts).And.NotContain("frame #").And.NotContain("Exception raised from").And.NotContain("\n");
        refused.InnerException.Should().NotBeNull();
    }

    private static Model Failing(SymbolicTensor end)
        => end.Build("net").ToModel(Device.Cpu, extensions: Extensions.None.WithLayer(new Odd(), OwnJson.Default.Odd, (layer, _)
            => new LiveOdd(layer)));

    private sealed class Native(string message) : ExternalException(message);

    internal sealed record Odd : UnaryLayer
    {
        public bool UsesDisposed { get; init; }

        public override Shape OutputShape(Shape input) => input;
    }

    private sealed class LiveOdd(Odd layer) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var other = torch.ones(9, 9);
            if (layer.UsesDisposed) other.Dispose();
            return input.mm(other);
        }
    }
}
