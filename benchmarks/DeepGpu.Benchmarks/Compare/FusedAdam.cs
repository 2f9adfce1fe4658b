using TorchSharp;
using static TorchSharp.torch;

namespace DeepGpu.Benchmarks;

/// <summary>libtorch's fused Adam over all parameters in one call.</summary>
internal sealed class FusedAdam : IDisposable
{
    private static readonly jit.CompilationUnit Unit = jit.compile("""
        def adam(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor]):
            torch._foreach_add_(s, 1)
            torch._fused_adam_(p, g, m, v, [], s, lr=0.001, beta1=0.9, beta2=0.999,
                weight_decay=0.0, eps=1e-7, amsgrad=False, maximize=False)

        """);

    private readonly Tensor[] _parameters;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;
    private readonly Tensor[] _steps;

    public FusedAdam(Tensor[] parameters, torch.Device device)
    {
        _parameters = parameters;
        _means = [.. parameters.Select(parameter => zeros_like(parameter))];
        _squares = [.. parameters.Select(parameter => zeros_like(parameter))];
        _steps = [.. parameters.Select(_ => zeros([], device: device))];
    }

    public void Step()
    {
        using var noGradient = no_grad();
        Unit.invoke("adam", _parameters, _parameters.Select(parameter => parameter.grad!).ToArray(), _means, _squares, _steps);
    }

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _means, .. _squares, .. _steps]) tensor.Dispose();
    }
}
