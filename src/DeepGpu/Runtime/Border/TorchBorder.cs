using System.Runtime.InteropServices;
using TorchSharp;

namespace DeepGpu;

/// <summary>Where exceptions of torch become this library's own: every public call that reaches torch runs inside <see cref="Run{T}"/>,
/// every layer inside <see cref="GraphStep"/>.</summary>
internal static class TorchBorder
{
    /// <summary>Runs a call that uses torch.</summary>
    /// <param name="call">What the caller wrote, e.g. "Predict".</param>
    /// <param name="run">The call's work.</param>
    /// <exception cref="TorchException">torch refused an operation.</exception>
    /// <exception cref="OutOfGpuMemoryException">Memory ran out.</exception>
    public static T Run<T>(string call, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (IsForeign(e))
        {
            throw Ours(call, e);
        }
    }

    /// <summary>Runs a call that uses torch and returns nothing.</summary>
    /// <inheritdoc cref="Run{T}"/>
    public static void Run(string call, Action run) => Run(call, () =>
    {
        run();
        return true;
    });

    /// <summary>Whether an exception is torch's, or TorchSharp's for a tensor that is gone.</summary>
    public static bool IsOfTorch(Exception e)
        => e is ExternalException || e is InvalidOperationException && e.Message.StartsWith("Tensor invalid", StringComparison.Ordinal);

    /// <summary>Whether an exception may not reach a user as it is.</summary>
    public static bool IsForeign(Exception e) => IsOfTorch(e) || e is OutOfMemoryException;

    /// <summary>An exception that left a layer, with the layer and the sizes of its inputs.</summary>
    public static Exception InLayer(string layer, string type, IEnumerable<torch.Tensor> inputs, Exception cause)
    {
        if (cause is TorchException known) return Inside(layer, known);
        var sizes = string.Join(" and ", inputs.Where(tensor => !tensor.IsInvalid).Select(tensor => ShapeText.Of(tensor.shape)));
        if (cause is AllocationException) return cause;
        if (OutOfMemory.Is(cause)) return new AllocationException($"{type} '{layer}' on {sizes}", cause);
        return new TorchException(
            new("torch_refused", Rule(type, layer), $"but torch refused inputs of {sizes}: {TorchText.Of(cause)}",
                "Check the shapes and types of what reaches the layer; torch's own message is in the inner exception."),
            cause,
            layer,
            type);
    }

    /// <summary>An exception of something of the user's, a loss or a metric.</summary>
    public static TorchException In(string what, Exception cause) => new(
        new("torch_refused", $"{what} must be able to compute its tensors,", $"but torch refused: {TorchText.Of(cause)}",
            "Check the shapes and types it computes with; torch's own message is in the inner exception."),
        cause);

    /// <summary>Runs a function of the user's; what torch says there becomes one of our exceptions that names it.</summary>
    public static T OfUser<T>(string who, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (IsOfTorch(e) && !OutOfMemory.Is(e))
        {
            throw In(who, e);
        }
    }

    /// <summary>The exception of a layer inside a model that is a layer itself.</summary>
    private static TorchException Inside(string outer, TorchException inner)
    {
        if (inner is not { Layer: { } layer, LayerType: { } type }) return inner;
        var path = $"{outer}/{layer}";
        return new(inner.Fault with { Rule = Rule(type, path) }, inner.InnerException!, path, type);
    }

    private static string Rule(string type, string layer) => $"{type} '{layer}' must be able to compute its inputs,";

    private static Exception Ours(string call, Exception e)
    {
        if (OutOfMemory.Is(e) || e is OutOfMemoryException) return OutOfMemory.In(call, e);
        var received = $"but it refused one: {TorchText.Of(e)}";
        var rule = $"{call} needs torch to carry out every operation,";
        return new TorchException(new("torch_refused", rule, received, "torch's own message is in the inner exception."), e);
    }
}
