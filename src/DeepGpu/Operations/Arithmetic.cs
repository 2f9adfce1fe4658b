using TorchSharp;

namespace DeepGpu;

/// <summary>Sums of tensors and numbers for losses, metrics and layers of your own: their numbers live as long as torch reads
/// them.</summary>
/// <remarks>TorchSharp 0.107 turns a number into a <see cref="Scalar"/> and passes its bare address to torch. Nothing refers to that object
/// during the call, so the finalizer may free it first: torch then throws, or computes with whatever lies there. TorchSharp's own
/// <c>tensor + tensor</c>, <c>tensor + 1</c>, <c>1 - tensor</c>, <c>tensor * 2</c> and <c>square</c> do so too.
/// It is rare, and likelier the more other threads allocate. This library itself is tested to call nothing of this kind.</remarks>
public static class Arithmetic
{
    private const int Kept = 64;

    [ThreadStatic]
    private static Scalar?[]? _numbers;

    [ThreadStatic]
    private static int _next;

    /// <summary>A number for torch, as in <c>tensor * Number(2)</c>: kept until this thread has made 64 others, longer than a call with a
    /// few of them takes.</summary>
    /// <param name="value">The number; a whole one keeps a tensor of whole numbers what it is.</param>
    /// <returns>The scalar, for one call.</returns>
    public static Scalar Number(double value) => Keep(value.ToScalar());

    /// <inheritdoc cref="Number(double)"/>
    public static Scalar Number(long value) => Keep(value.ToScalar());

    /// <inheritdoc cref="Number(double)"/>
    public static Scalar Number(bool value) => Keep(value.ToScalar());

    /// <summary>x + other, of any shapes that broadcast.</summary>
    /// <param name="x">A tensor.</param>
    /// <param name="other">A tensor.</param>
    public static torch.Tensor Plus(this torch.Tensor x, torch.Tensor other) => x.add(other, Number(1));

    /// <summary>x + number.</summary>
    /// <param name="x">A tensor.</param>
    /// <param name="number">What is added to each element.</param>
    public static torch.Tensor Plus(this torch.Tensor x, double number) => x.add(Number(number), Number(1));

    /// <inheritdoc cref="Plus(torch.Tensor, double)"/>
    public static torch.Tensor Plus(this torch.Tensor x, long number) => x.add(Number(number), Number(1));

    /// <summary>number - x.</summary>
    /// <param name="x">A tensor.</param>
    /// <param name="number">What each element is subtracted from.</param>
    public static torch.Tensor SubtractedFrom(this torch.Tensor x, double number) => x.neg().Plus(number);

    /// <inheritdoc cref="SubtractedFrom(torch.Tensor, double)"/>
    public static torch.Tensor SubtractedFrom(this torch.Tensor x, long number) => x.neg().Plus(number);

    /// <summary>x * x.</summary>
    /// <param name="x">A tensor.</param>
    public static torch.Tensor Squared(this torch.Tensor x) => x.pow(Number(2));

    /// <summary>ln(1 + e^x).</summary>
    internal static torch.Tensor Softplus(torch.Tensor x) => x.logaddexp(torch.zeros_like(x));

    /// <summary>0, 1, ... below a length.</summary>
    internal static torch.Tensor Range(long length, torch.ScalarType type, torch.Device? device = null)
        => torch.arange(Number(0), Number(length), Number(1), type, device);

    private static Scalar Keep(Scalar number)
    {
        var numbers = _numbers ??= new Scalar?[Kept];
        return numbers[_next++ % Kept] = number;
    }
}
