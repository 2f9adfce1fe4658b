using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training.OwnSteps;

/// <summary>The forward pass on tensors, and weights copied in both directions.</summary>
public class ModelForwardTests
{
    [Fact]
    public void It_yields_what_Predict_does_and_belongs_to_the_caller()
    {
        using var model = Sequential.Input(3).Dense(4, Activation.Relu).Dropout(0.5).Dense(2).Build().ToModel(Device.Cpu, seed: 1);
        var inputs = NDArray.From<float>([1, 2, 3, -1, 0, 1], 2, 3);
        model.Predict(inputs);
        using var tensor = torch.tensor(inputs.ToArray<float>(), [2, 3]);
        var before = torch.Tensor.TotalCount;
        using (var output = model.Forward(tensor))
        {
            torch.Tensor.TotalCount.Should().Be(before + 1);
            output.data<float>().ToArray().Should().Equal(model.Predict(inputs).ToArray<float>());
        }

        torch.Tensor.TotalCount.Should().Be(before);
    }

    [Fact]
    public void The_gradient_of_the_input_is_the_sum_of_the_kernels_columns()
    {
        using var model = Sequential.Input(3).Dense(2, useBias: false).Build().ToModel(Device.Cpu, seed: 1);
        using var input = torch.ones(5, 3, requires_grad: true);
        using var output = model.Forward(input);
        output.sum().backward();
        var kernel = model.Weights[0].ToArray().ToArray<float>();
        float[] columns = [.. Enumerable.Range(0, 3).Select(i => kernel[2 * i] + kernel[2 * i + 1])];
        input.grad!.data<float>().ToArray().Should().Equal(Enumerable.Repeat(columns, 5).SelectMany(row => row));
    }

    [Fact]
    public void Several_inputs_and_outputs_come_in_the_order_of_the_model()
    {
        var (a, b) = (Functional.Input(2), Functional.Input(2));
        using var model = Functional.Model([a, b], [a.Subtract(b), a.Add(b)]).ToModel(Device.Cpu);
        using var scope = torch.NewDisposeScope();
        var outputs = model.Forward([torch.full([1, 2], 5f), torch.full([1, 2], 3f)]);
        outputs.Select(output => output[0, 0].item<float>()).Should().Equal(2, 8);
        FluentActions.Invoking(() => model.Forward(torch.ones(1, 2))).Should().Throw<TrainingDataException>().WithMessage("*2 inputs*");
    }

    [Fact]
    public void Weights_are_copied_into_a_model_inside_another_and_out_of_it()
    {
        var tower = Sequential.Input(3).Dense(2).Build("tower");
        using Model alone = tower.ToModel(Device.Cpu, seed: 1), again = tower.ToModel(Device.Cpu, seed: 2);
        var input = Functional.Input(3);
        using var whole = Functional.Model([input], [input.Apply(new NestedModel(tower)).Dense(1)]).ToModel(Device.Cpu, seed: 3);
        whole.CopyWeights(alone, "tower");
        again.CopyWeights(whole, sourceLayer: "tower");
        again.Weights[0].ToArray().ToArray<float>().Should().Equal(alone.Weights[0].ToArray().ToArray<float>());
        FluentActions.Invoking(() => again.CopyWeights(whole, sourceLayer: "towers")).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*towers*");
        FluentActions.Invoking(() => again.CopyWeights(whole)).Should().Throw<DeepGpuArgumentException>();
    }
}
