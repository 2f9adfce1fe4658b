using TorchSharp;

namespace DeepGpu;

/// <summary>Sums with numbers and tensors whose numbers live as long as torch reads them.</summary>
/// <remarks>TorchSharp 0.107 turns a number into a <see cref="Scalar"/> and passes its bare address to torch. Nothing refers to that object
/// during the call, so the finalizer may free it first: torch then throws, or computes with whatever lies there. TorchSharp's own
/// <c>tensor + tensor</c>, <c>tensor + 1</c>, <c>1 - tensor</c> and <c>square</c> do so too. The engine's assembly is tested to call
/// nothing of this kind.</remarks>
internal static class Arithmetic
{
    private const int Kept = 64;

    [ThreadStatic]
    private static Scalar?[]? _numbers;

    [ThreadStatic]
    private static int _next;

    /// <summary>A number for torch, kept until this thread has made 64 others, which is longer than a call with
    /// at most a few takes.</summary>
    public static Scalar Number(double value) => Keep(value.ToScalar());

    /// <inheritdoc cref="Number(double)"/>
    public static Scalar Number(long value) => Keep(value.ToScalar());

    /// <inheritdoc cref="Number(double)"/>
    public static Scalar Number(bool value) => Keep(value.ToScalar());

    public static torch.Tensor Plus(this torch.Tensor x, torch.Tensor other) => x.add(other, Number(1));

    public static torch.Tensor Plus(this torch.Tensor x, double number) => x.add(Number(number), Number(1));

    public static torch.Tensor Plus(this torch.Tensor x, long number) => x.add(Number(number), Number(1));

    /// <summary>A number minus x.</summary>
    public static torch.Tensor SubtractedFrom(this torch.Tensor x, double number) => x.neg().Plus(number);

    /// <inheritdoc cref="SubtractedFrom(torch.Tensor, double)"/>
    public static torch.Tensor SubtractedFrom(this torch.Tensor x, long number) => x.neg().Plus(number);

    public static torch.Tensor Squared(this torch.Tensor x) => x.pow(Number(2));

    /// <summary>ln(1 + e^x).</summary>
    public static torch.Tensor Softplus(torch.Tensor x) => x.logaddexp(torch.zeros_like(x));

    /// <summary>0, 1, ... below a length.</summary>
    public static torch.Tensor Range(long length, torch.ScalarType type, torch.Device? device = null)
        => torch.arange(Number(0), Number(length), Number(1), type, device);

    private static Scalar Keep(Scalar number)
    {
        var numbers = _numbers ??= new Scalar?[Kept];
        return numbers[_next++ % Kept] = number;
    }
}
