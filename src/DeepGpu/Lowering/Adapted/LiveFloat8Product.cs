using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Dense and EinsumDense in floating point of 8 bits: inputs and kernel are rounded going forward, the output's gradient going
/// backward.</summary>
/// <remarks>A pass that trains rounds with the scales it finds and then sets those of the next. Keras: layers/core/dense.py,
/// _float8_call.</remarks>
internal sealed class LiveFloat8Product(LoweringContext context, string equation, Activation activation, bool passesMask = false)
    : LiveKernelLayer(activation, passesMask)
{
    private readonly LiveWeight _kernel = context.Weight("kernel");
    private readonly LiveWeight? _bias = context.OptionalWeight("bias");
    private readonly Float8Scale _inputScale = new(context, "inputs", Float8Format.E4M3);
    private readonly Float8Scale _kernelScale = new(context, "kernel", Float8Format.E4M3);
    private readonly Float8Scale _gradientScale = new(context, "outputs_grad", Float8Format.E5M2);

    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
    {
        var x = _inputScale.Rounded(input, context.IsTraining);
        var kernel = _kernelScale.Rounded(_kernel.InKerasAxes(_kernel.Value), context.IsTraining);
        var product = _gradientScale.WithRoundedGradient(torch.einsum(equation, x, kernel));
        return _bias is null ? product : product.Plus(Bias());
    }

    /// <summary>In single precision the bias is rounded to bfloat16, as Keras does for the fused kernels of GPUs.</summary>
    private torch.Tensor Bias()
    {
        var bias = _bias!.Value;
        return bias.dtype == torch.ScalarType.Float32
            ? ReplacedValue.Of(bias, bias.to(torch.ScalarType.BFloat16).to(torch.ScalarType.Float32)) : bias;
    }
}
