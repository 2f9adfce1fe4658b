using DeepGpu.Models;
using DeepGpu.Testing.Numerics;
using TorchSharp;

namespace DeepGpu.Tests.Numerics;

/// <summary>Computes a case with the library's live model.</summary>
/// <param name="device">Where it runs.</param>
/// <param name="precision">The format it computes in. Default single precision; double precision tells rounding from a fault.</param>
internal sealed class LiveEngine(Device device, PrecisionPolicy precision = PrecisionPolicy.Float32) : INumericEngine
{
    private readonly torch.ScalarType _type = precision.ComputeType();

    /// <inheritdoc/>
    public NumericResult Run(NumericCase c, CaseNumbers numbers, bool isTraining)
    {
        TorchRuntime.Start();
        using var scope = torch.NewDisposeScope();
        using var model = Spec(c).ToModel(device, seed: 1, precision);
        foreach (var (weight, values) in model.Weights.Zip(numbers.Weights)) weight.Load(Array(values.Values, values.Spec.Shape));
        return isTraining ? Train(c, numbers, model) : Predict(c, numbers, model);
    }

    private static ModelSpec Spec(NumericCase c)
    {
        var inputs = c.Shapes.Select(shape => Functional.Input(new InputLayer(shape))).ToList();
        return Functional.Model(inputs, inputs[0].ApplyAll(c.Layer, inputs.Skip(1)));
    }

    private NumericResult Predict(NumericCase c, CaseNumbers numbers, Model model)
    {
        using var noGradient = torch.no_grad();
        var outputs = model.Graph.Run(Inputs(c, numbers, needGradient: false), ForwardContext.Inference);
        return new([.. outputs.Select(output => Numbers(output.Tensor))], [], [], After(model));
    }

    private NumericResult Train(NumericCase c, CaseNumbers numbers, Model model)
    {
        var inputs = Inputs(c, numbers, needGradient: c.Below is null);
        var outputs = model.Graph.Run(inputs, ForwardContext.Training(new torch.Generator(1)));
        var sums = outputs.Zip(numbers.Outputs, (output, factors) => (output.Tensor * Tensor(factors, output.Tensor.shape)).sum());
        sums.Aggregate((a, b) => a + b).backward();
        return new(
            [.. outputs.Select(output => Numbers(output.Tensor))],
            [.. inputs.Select(input => c.Below is null ? Gradient(input.Tensor) : null)],
            [.. model.Weights.Select(weight => weight.IsTrainable
                ? Numbers(weight.ToKeras(weight.Tensor.grad ?? torch.zeros_like(weight.Tensor))) : null)],
            After(model));
    }

    private List<Signal> Inputs(NumericCase c, CaseNumbers numbers, bool needGradient)
        => [.. c.Inputs.Select((shape, i) => new Signal(Input(numbers.Inputs[i], shape, c.Below is not null, needGradient),
            Mask(numbers.Masks[i])))];

    private torch.Tensor Input(double[] numbers, int[] shape, bool isWhole, bool needsGradient)
    {
        var input = Tensor(numbers, [.. shape.Select(length => (long)length)]);
        return isWhole ? input.to(torch.ScalarType.Int64) : input.detach().requires_grad_(needsGradient);
    }

    private torch.Tensor? Mask(bool[,]? mask)
        => mask is null ? null : torch.tensor([.. mask.Cast<bool>()]).reshape(mask.GetLength(0), mask.GetLength(1)).to(device.ToTorch());

    private torch.Tensor Tensor(double[] numbers, long[] shape)
        => torch.tensor(numbers, torch.ScalarType.Float64).reshape(shape).to(_type).to(device.ToTorch());

    private static NDArray Array(double[] numbers, IReadOnlyList<int> shape)
        => NDArray.From<float>(System.Array.ConvertAll(numbers, number => (float)number), [.. shape]);

    private static double[][] After(Model model) => [.. model.Weights.Select(weight => Numbers(weight.ToKeras(weight.Tensor.detach())))];

    private static double[] Gradient(torch.Tensor input) => Numbers(input.grad ?? torch.zeros_like(input));

    private static double[] Numbers(torch.Tensor tensor)
        => tensor.detach().to(torch.ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
}
