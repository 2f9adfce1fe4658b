using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>A kernel or embeddings kept as whole numbers, with their scales.</summary>
internal sealed class LiveQuantizedMatrix
{
    private readonly LiveWeight _values;
    private readonly LiveWeight _scale;
    private readonly LiveWeight? _zero;
    private readonly LiveWeight? _blocks;
    private readonly MatrixForm _form;
    private readonly Quantization _quantization;

    public LiveQuantizedMatrix(IAdaptable layer, MatrixForm form, LoweringContext context)
    {
        (_form, _quantization) = (form, layer.Quantization!);
        Check(_quantization, context.Policy, context.Path);
        _values = context.Weight(form.Name);
        _scale = context.Weight($"{form.Name}_scale");
        _zero = context.OptionalWeight($"{form.Name}_zero");
        _blocks = context.OptionalWeight("g_idx");
    }

    /// <summary>The whole numbers of 8 bits; null in 4.</summary>
    public torch.Tensor? Whole => _quantization is Int8Quantization ? _values.Tensor : null;

    /// <summary>The scales in the layout that goes with an output.</summary>
    public torch.Tensor Scale => _scale.Value;

    /// <summary>The values in the format the layer computes in, in Keras's shape.</summary>
    public torch.Tensor Dequantized => (Whole is { } whole
        ? whole.to(Scale.dtype) / Scale.flatten().as_strided([.. _form.Shape.Select(n => (long)n)],
            [.. _form.ScaleStrides.Select(n => (long)n)])
        : Unpacked(_values.Tensor, Scale, _zero?.Tensor)).reshape([.. _form.Shape.Select(n => (long)n)]);

    /// <summary>Some rows of embeddings.</summary>
    public torch.Tensor Rows(torch.Tensor numbers)
    {
        var (values, scale) = (_values.Tensor.index_select(0, numbers), Scale.index_select(0, numbers));
        return Whole is null ? Unpacked(values, scale, _zero?.Tensor.index_select(0, numbers))
            : values.to(scale.dtype) / scale.unsqueeze(-1);
    }

    /// <summary>Refuses a mode that the format a layer computes in is too narrow for.</summary>
    /// <exception cref="ModelStateException">8 bits in half precision.</exception>
    public static void Check(Quantization quantization, PrecisionPolicy policy, string path)
    {
        if (quantization is not Int8Quantization || policy.ComputeType() != torch.ScalarType.Float16) return;
        throw new ModelStateException(new(
            "int8_in_float16",
            "A layer quantised to int8 needs a wider format than half precision to compute in,",
            $"but '{path}' computes in {policy}.",
            "Use MixedBFloat16 or Float32."));
    }

    /// <summary>Numbers of 4 bits: over the scale of an output channel, or less their block's zero point and times its scale.</summary>
    private torch.Tensor Unpacked(torch.Tensor packed, torch.Tensor scale, torch.Tensor? zero)
    {
        var values = Rounding.Unpack(packed, _form.Columns, scale.dtype);
        if (zero is null) return values / (_form.BlocksAlongColumns ? scale.unsqueeze(-1) : scale);
        var (axis, blocks) = (_form.BlocksAlongColumns ? 1 : 0, _blocks!.Tensor.to(torch.ScalarType.Int64));
        return (values - zero.index_select(axis, blocks).to(scale.dtype)) * scale.index_select(axis, blocks);
    }
}
