using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Divides a layer's kernel by an estimate of its largest singular value before each pass that trains.</summary>
internal sealed class LiveSpectralNormalization : LiveLayer
{
    private const double Epsilon = 1e-7;

    private readonly int _iterations;
    private readonly LiveLayer _inner;
    private readonly LiveWeight _kernel;
    private readonly LiveWeight _vector;

    public LiveSpectralNormalization(SpectralNormalization layer, LoweringContext context)
    {
        _iterations = layer.PowerIterations;
        _inner = context.Inner(layer.Layer, "layer", context.Inputs);
        _kernel = context.Weight($"layer/{SpectralNormalization.Kernel(layer.Layer.Weights(context.Inputs)).Name}");
        _kernel.IsChangedByPasses = true;
        _vector = context.Weight("vector_u");
    }

    public override Activation Activation => _inner.Activation;

    public override bool CastsInputs => _inner.CastsInputs;

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        if (context.IsTraining) Normalize();
        return [_inner.Forward([new(inputs[0].Tensor)], context)[0] with { Mask = null }];
    }

    /// <summary>One step of the power iteration and a division; nothing where every value is 0.</summary>
    private void Normalize()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var values = _kernel.InKerasAxes(_kernel.Tensor.detach());
        var matrix = values.reshape(-1, values.shape[^1]);
        var (u, v) = (_vector.Tensor.detach(), _vector.Tensor);
        for (var i = 0; i < _iterations; i++)
        {
            v = Unit(u.mm(matrix.t()));
            u = Unit(v.mm(matrix));
        }

        var isZero = matrix.eq(Number(0)).all();
        var sigma = torch.where(isZero, torch.ones_like(isZero, matrix.dtype), v.mm(matrix).mm(u.t()).reshape([]));
        _vector.Tensor.copy_(torch.where(isZero, _vector.Tensor, u));
        _kernel.Tensor.div_(sigma);
    }

    private static torch.Tensor Unit(torch.Tensor x) => x * x.Squared().sum().rsqrt().clamp_max(Number(1 / Epsilon));
}
