using TorchSharp;

namespace DeepGpu;

/// <summary>A rule over all weights in a few native calls: libtorch's fused and foreach kernels, reached through TorchScript.</summary>
/// <param name="source">Constant text that tests cover and that ends with an empty line: a faulty one would end the process.</param>
internal sealed class OptimizerScript(string source)
{
    private readonly Lazy<torch.jit.CompilationUnit> _unit = new(() => torch.jit.compile(source));

    /// <summary>Calls a function of the text.</summary>
    /// <remarks>A number lives in a native scalar that TorchSharp holds by its bare address: kept here, so that the collector cannot free it during the call.</remarks>
    public void Call(string function, params object[] arguments)
    {
        var native = Array.ConvertAll(arguments, argument => argument is double number ? (Scalar)number : argument);
        _unit.Value.invoke(function, native);
        foreach (var scalar in native.OfType<Scalar>()) scalar.Dispose();
        GC.KeepAlive(native);
    }
}
