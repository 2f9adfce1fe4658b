using TorchSharp;

namespace DeepGpu;

/// <summary>A rule over all weights in a few native calls: libtorch's fused and foreach kernels, reached through TorchScript.</summary>
/// <param name="source">Constant text that tests cover and that ends with an empty line: a faulty one would end the process.</param>
internal sealed class OptimizerScript(string source)
{
    private readonly Lazy<torch.jit.CompilationUnit> _unit = new(() => torch.jit.compile(source));

    /// <summary>Calls a function of the text with tensors, lists of tensors and numbers.</summary>
    public void Call(string function, params object[] arguments)
        => _unit.Value.invoke(function, Array.ConvertAll(arguments, argument => argument is double number ? Number(number) : argument));
}
