using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Dense and EinsumDense with a kernel of whole numbers: inputs are quantised too, products are exact, scales are taken out
/// again.</summary>
/// <remarks>Going backward the inputs' gradient is that of the kernel's values in full precision.</remarks>
internal sealed class LiveQuantizedProduct(IAdaptable layer, LoweringContext context, string equation, Activation activation,
    bool passesMask = false)
    : LiveKernelLayer(activation, passesMask)
{
    private readonly LiveQuantizedMatrix _kernel = new(layer, layer.Form(context.Inputs[0]), context);
    private readonly LiveWeight? _bias = context.OptionalWeight("bias");
    private readonly LiveAdapter? _adapter = LiveAdapter.Of(layer, "kernel", context);
    private readonly AbsMaxQuantizer? _inputs = layer.Quantization is Int8Quantization q ? q.ActivationQuantizer
        : ((Int4Quantization)layer.Quantization!).ActivationQuantizer;

    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
    {
        var product = new ProductAxes(Einsum.Letters(equation, (int)input.dim()));
        var output = Product(input, product);
        if (_adapter is not null) output = output.Plus(torch.einsum(product.Equation, input, _adapter.Product));
        return _bias is null ? output : output.Plus(_bias.Value);
    }

    private torch.Tensor Product(torch.Tensor input, ProductAxes product)
    {
        var needsGradient = input.requires_grad && torch.is_grad_enabled();
        var exact = _inputs is null || _kernel.Whole is null || needsGradient ? torch.einsum(product.Equation, input, _kernel.Dequantized)
            : null;
        return _inputs is null ? exact! : exact is null ? Rounded(input, product) : ReplacedValue.Of(exact, Rounded(input, product));
    }

    private torch.Tensor Rounded(torch.Tensor input, ProductAxes product)
    {
        using var noGradient = torch.no_grad();
        var (values, scale) = Rounding.AbsMax(input, _inputs!, product.Summed);
        var aligned = product.Align(scale);
        return _kernel.Whole is { } whole
            ? WholeProduct.Of(values, whole, product).to(input.dtype) / (_kernel.Scale * aligned)
            : torch.einsum(product.Equation, values, _kernel.Dequantized) / aligned;
    }
}
