using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training.OwnSteps;

/// <summary>Steps that a user writes: gradients of the weights named, and of no others.</summary>
public class LiveOptimizerTests
{
    private static readonly NDArray Inputs = NDArray.From<float>([.. Enumerable.Range(0, 35).Select(i => MathF.Sin(i))], 7, 5);
    private static readonly NDArray Targets = NDArray.From<float>([.. Enumerable.Range(0, 14).Select(i => MathF.Cos(i))], 7, 2);

    [Fact]
    public void A_step_is_that_of_Fit_to_the_last_bit()
    {
        var spec = Sequential.Input(5).Dense(4, Activation.Tanh, kernelRegularizer: new L2(0.1))
            .Dense(2, kernelConstraint: new MaxNorm(0.5)).Build();
        using Model own = spec.ToModel(Device.Cpu, seed: 3), fitted = spec.ToModel(Device.Cpu, seed: 3);
        fitted.Compile(Optimizer.Adam(0.05), Loss.MeanSquaredError());
        using var optimizer = new LiveOptimizer(Optimizer.Adam(0.05), own);
        for (var i = 0; i < 4; i++)
        {
            var loss = optimizer
                .Step(step => Loss.MeanSquaredError().Compute(step.Tensor(Targets), step.Forward(own, step.Tensor(Inputs))));
            loss.Should().Be(fitted.TrainOnBatch(Dataset.FromArrays(Inputs, Targets))["loss"]);
        }

        optimizer.Steps.Should().Be(4);
        foreach (var (a, b) in own.Weights.Zip(fitted.Weights)) a.ToArray().Bytes.ToArray().Should().Equal(b.ToArray().Bytes.ToArray());
    }

    [Fact]
    public void Two_optimizers_change_the_parts_of_one_model_that_are_theirs()
    {
        using var model = Sequential.Input(5).Dense(4, name: "body").Dense(2, name: "head").Build().ToModel(Device.Cpu, seed: 1);
        using var body = new LiveOptimizer(Optimizer.Sgd(0.1), model, ["body"]);
        using var head = new LiveOptimizer(Optimizer.Sgd(0.1), model, ["head"]);
        body.Weights.Select(weight => weight.Name).Should().Equal("body/kernel", "body/bias");
        Changed(model, () => body.Step(step => step.Forward(model, step.Tensor(Inputs)).square().mean())).Should()
            .Equal("body/kernel", "body/bias");
        Changed(model, () => head.Step(step => step.Forward(model, step.Tensor(Inputs)).square().mean())).Should()
            .Equal("head/kernel", "head/bias");
    }

    [Fact]
    public void What_comes_from_another_model_leaves_its_weights_and_no_gradients_behind()
    {
        using var critic = Sequential.Input(5).Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        using var maker = Sequential.Input(3).Dense(5).Build().ToModel(Device.Cpu, seed: 1);
        using var optimizer = new LiveOptimizer(Optimizer.Adam(), maker);
        torch.Tensor Loss(GradientStep step) => step.Forward(critic, step.Forward(maker, step.Normal(8, 3))).mean();
        Changed(critic, () => optimizer.Step(Loss)).Should().BeEmpty();
        Changed(maker, () => optimizer.Step(Loss)).Should().Equal("dense/kernel", "dense/bias");
        critic.Weights.Should().OnlyContain(weight => ReferenceEquals(weight.Tensor.grad, null));
    }

    [Fact]
    public void One_optimizer_trains_several_models()
    {
        using var encoder = Sequential.Input(5).Dense(2).Build("encoder").ToModel(Device.Cpu, seed: 1);
        using var decoder = Sequential.Input(2).Dense(5).Build("decoder").ToModel(Device.Cpu, seed: 2);
        using var optimizer = new LiveOptimizer(Optimizer.Adam(0.05), encoder, decoder);
        double Step() => optimizer.Step(step
            => (step.Forward(decoder, step.Forward(encoder, step.Tensor(Inputs))) - step.Tensor(Inputs)).square().mean());
        var first = Step();
        for (var i = 0; i < 60; i++) Step();
        Step().Should().BeLessThan(first / 2);
    }

    [Fact]
    public void Statistics_move_in_passes_of_training_alone()
    {
        using var model = Sequential.Input(5).BatchNormalization().Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        using var optimizer = new LiveOptimizer(Optimizer.Sgd(1e-3), model, ["dense"]);
        Changed(model, () => optimizer.Step(step => step.Forward(model, step.Tensor(Inputs), training: false).mean())).Should()
            .NotContain(name => name.Contains("moving"));
        Changed(model, () => optimizer.Step(step => step.Forward(model, step.Tensor(Inputs)).mean())).Should()
            .Contain("batch_normalization/moving_mean");
    }

    [Fact]
    public void Random_numbers_follow_from_the_seed_and_the_step()
    {
        float[] Drawn(int seed, int steps)
        {
            using var model = Sequential.Input(3).Dense(1).Build().ToModel(Device.Cpu, seed);
            using var optimizer = new LiveOptimizer(Optimizer.Sgd(0.1), model);
            var drawn = Array.Empty<float>();
            for (var i = 0; i < steps; i++)
                optimizer.Step(step =>
                {
                    var noise = step.Normal(4, 3);
                    drawn = noise.data<float>().ToArray();
                    return step.Forward(model, noise).mean() + step.Uniform(2).mean();
                });
            return drawn;
        }

        Drawn(5, 1).Should().Equal(Drawn(5, 1)).And.NotEqual(Drawn(6, 1)).And.NotEqual(Drawn(5, 2));
    }

    [Fact]
    public void Every_tensor_of_a_step_is_freed()
    {
        using var model = Sequential.Input(5).Dense(3).Dropout(0.5).Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        using var optimizer = new LiveOptimizer(Optimizer.Adam(), model);
        void Step() => optimizer.Step(step => (step.Forward(model, step.Tensor(Inputs)) * step.Uniform(7, 1)).mean());
        Step();
        var before = torch.Tensor.TotalCount;
        for (var i = 0; i < 5; i++) Step();
        torch.Tensor.TotalCount.Should().Be(before);
    }

    [Fact]
    public void A_loss_without_a_way_to_the_weights_is_refused()
    {
        using var model = Sequential.Input(5).Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        using var optimizer = new LiveOptimizer(Optimizer.Adam(), model);
        FluentActions.Invoking(() => optimizer.Step(step => step.Forward(model, step.Tensor(Inputs)).mean().detach()))
            .Should().Throw<TrainingDataException>();
        FluentActions.Invoking(() => optimizer.Step(step => step.Forward(model, step.Tensor(Inputs))))
            .Should().Throw<TrainingDataException>().WithMessage("*but gave a tensor of shape (7, 1)*one number*");
        FluentActions.Invoking(() => optimizer.Step(step => step.Forward(model, step.Tensor(Targets)).mean()))
            .Should().Throw<TrainingDataException>().WithMessage("*5*");
        optimizer.Step(step => step.Forward(model, step.Tensor(Inputs)).mean());
        optimizer.Steps.Should().Be(1);
    }

    [Fact]
    public void Weights_frozen_later_are_refused()
    {
        using var model = Sequential.Input(5).Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        using var optimizer = new LiveOptimizer(Optimizer.Adam(), model);
        model.Freeze();
        FluentActions.Invoking(() => optimizer.Step(step => step.Forward(model, step.Tensor(Inputs)).mean()))
            .Should().Throw<ModelStateException>().WithMessage("*Make a new LiveOptimizer*");
        FluentActions.Invoking(() => new LiveOptimizer(Optimizer.Adam(), model)).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void A_layer_of_another_name_is_refused()
    {
        using var model = Sequential.Input(5).Dense(1, name: "head").Build("net").ToModel(Device.Cpu, seed: 1);
        FluentActions.Invoking(() => new LiveOptimizer(Optimizer.Adam(), model, ["head", "tail"])).Should()
            .Throw<DeepGpuArgumentException>().WithMessage("*'net'*tail*");
    }

    [Fact]
    public void A_model_that_is_trained_meanwhile_is_refused()
    {
        using var model = Sequential.Input(5).Dense(2).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        using var optimizer = new LiveOptimizer(Optimizer.Adam(), model);
        var callback = new LambdaCallback { BatchEnd = _ => optimizer.Step(step => step.Forward(model, step.Tensor(Inputs)).mean()) };
        FluentActions.Invoking(() => model.Fit(Dataset.FromArrays(Inputs, Targets), callbacks: [callback])).Should()
            .Throw<ModelStateException>().Which.Fault.Code.Should().Be("already_training");
    }

    /// <summary>The names of the weights that a call changes.</summary>
    private static List<string> Changed(Model model, Action call)
    {
        var before = model.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).ToList();
        call();
        return [.. model.Weights.Zip(before).Where(pair => !pair.First.ToArray().Bytes.Span.SequenceEqual(pair.Second))
            .Select(pair => pair.First.Name)];
    }
}
