using TorchSharp;

namespace DeepGpu;

/// <summary>libtorch's fused optimizer kernels, reached through TorchScript: one native call for all weights.</summary>
/// <remarks>The text is constant and covered by tests: a faulty one would end the process.</remarks>
internal static class OptimizerScript
{
    private const string Source = """
        def adam(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor], lr: float, beta1: float, beta2: float, eps: float):
            torch._foreach_add_(s, 1)
            torch._fused_adam_(p, g, m, v, [], s, lr=lr, beta1=beta1, beta2=beta2, weight_decay=0.0, eps=eps, amsgrad=False, maximize=False)
        def sgd(p: List[Tensor], g: List[Tensor], lr: float):
            torch._foreach_add_(p, g, alpha=-lr)
        def momentum(p: List[Tensor], g: List[Tensor], m: List[Tensor], lr: float, momentum: float):
            torch._foreach_mul_(m, momentum)
            torch._foreach_add_(m, g, alpha=-lr)
            torch._foreach_add_(p, m)

        """;

    private static readonly Lazy<torch.jit.CompilationUnit> Unit = new(() => torch.jit.compile(Source));

    public static void Call(string function, params object[] arguments) => Unit.Value.invoke(function, arguments);
}
