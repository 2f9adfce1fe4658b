using DeepGpu.Models;
using DeepGpu.Testing.Numerics;
using TorchSharp;

namespace DeepGpu.Tests.Numerics;

/// <summary>Layers that keep their states from batch to batch, against plain loops over the whole sequence.</summary>
public class StatefulTests
{
    private const int Steps = 5;

    [Theory]
    [InlineData("SimpleRNN", false)]
    [InlineData("LSTM", false)]
    [InlineData("GRU", false)]
    [InlineData("SimpleRNN", true)]
    [InlineData("LSTM", true)]
    [InlineData("GRU", true)]
    public void Two_batches_of_a_stateful_layer_are_one_sequence(string kind, bool isTraining)
    {
        RecurrentLayer layer = kind switch { "LSTM" => new LSTM(4), "GRU" => new GRU(4), _ => new SimpleRNN(4) };
        var c = new NumericCase(layer with { ReturnSequences = true, Stateful = true }, [2, 2 * Steps, 3]) { OpenAxes = [1] };
        var numbers = PlainLoops.NumbersOf(c);
        Parts(c, numbers, isTraining).Zip(new PlainLoops().Run(c, numbers, isTraining).Outputs[0]).Should()
            .OnlyContain(pair => Math.Abs(pair.First - pair.Second) < NumericTrial.ForwardTolerance);
    }

    /// <summary>The outputs of both halves of time, joined.</summary>
    private static double[] Parts(NumericCase c, CaseNumbers numbers, bool isTraining)
    {
        using var scope = torch.NewDisposeScope();
        var input = Functional.Input(new InputLayer(c.Shapes[0]));
        using var model = Functional.Model([input], [input.Apply(c.Layer)]).ToModel(Device.Cpu);
        foreach (var (weight, values) in model.Weights.Zip(numbers.Weights))
            weight.Load(NDArray.From<float>(Array.ConvertAll(values.Values, v => (float)v), [.. values.Spec.Shape]));
        var x = torch.tensor(numbers.Inputs[0], torch.ScalarType.Float32).reshape(2, 2 * Steps, 3);
        var context = isTraining ? ForwardContext.Training(new torch.Generator(1)) : ForwardContext.Inference;
        var parts = x.split(Steps, 1).Select(part => model.Graph.Run([new(part)], context)[0].Tensor.detach()).ToArray();
        return torch.cat(parts, 1).to(torch.ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
