using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>The scale that values are rounded with to 8 bits, and the largest values of the steps it follows from.</summary>
internal sealed class Float8Scale(LoweringContext context, string name, Float8Format format)
{
    private readonly LiveWeight _scale = context.Weight($"{name}_scale");
    private readonly LiveWeight _history = context.Weight($"{name}_amax_history");

    /// <summary>Values rounded with the present scale; the gradient passes. A pass that trains then sets the next one.</summary>
    public torch.Tensor Rounded(torch.Tensor x, bool isTraining)
    {
        var rounded = ReplacedValue.Of(x, Rounding.Float8(x.detach(), _scale.Tensor, format));
        if (isTraining) Follow(x);
        return rounded;
    }

    /// <summary>The same values, whose gradient is rounded with the present scale, after which the next one is set.</summary>
    public torch.Tensor WithRoundedGradient(torch.Tensor x)
        => x.requires_grad && torch.is_grad_enabled() ? RoundedGradient.apply(x, this) : x;

    /// <summary>A gradient rounded with the present scale; sets the next one.</summary>
    public torch.Tensor RoundedOnce(torch.Tensor gradient)
    {
        var rounded = Rounding.Float8(gradient, _scale.Tensor, format);
        Follow(gradient);
        return rounded;
    }

    /// <summary>The scale becomes the largest value of the steps before over the largest number of the format; the oldest step makes room
    /// for this one.</summary>
    private void Follow(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var largest = _history.Tensor.amax([0]);
        var next = largest / Number(format.Largest);
        _scale.Tensor.copy_(torch.where(largest.gt(Number(0)).logical_and(largest.isfinite()), next, _scale.Tensor));
        var history = _history.Tensor.roll(-1, 0);
        history[0] = x.detach().abs().amax([.. Enumerable.Range(0, (int)x.dim()).Select(axis => (long)axis)]).to(history.dtype);
        _history.Tensor.copy_(history);
    }

    private sealed class RoundedGradient : torch.autograd.SingleTensorFunction<RoundedGradient>
    {
        public override string Name => nameof(RoundedGradient);

        public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("scale", vars[1]);
            return ((torch.Tensor)vars[0]).clone();
        }

        public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
        {
            using var noGradient = torch.no_grad();
            return [((Float8Scale)ctx.get_data("scale")).RoundedOnce(grad_output), null!];
        }
    }
}
