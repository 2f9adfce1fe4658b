namespace DeepGpu;

/// <summary>A forecast quantity: never one number alone, but a value, an interval and what it rests on.</summary>
/// <typeparam name="T">The quantity: <see cref="TimeSpan"/>, <see cref="ByteSize"/>, <see cref="Energy"/>, ...</typeparam>
/// <param name="Value">The middle of the forecast.</param>
/// <param name="Low">The lower end of the interval that should hold the truth 80 times in 100.</param>
/// <param name="High">The upper end of that interval.</param>
/// <param name="Basis">One sentence: what the value and the width of the interval come from.</param>
public readonly record struct Estimate<T>(T Value, T Low, T High, string Basis)
    where T : struct, IComparable<T>
{
    /// <summary>The value with its interval, e.g. "12 GiB (10 GiB to 15 GiB)".</summary>
    public override string ToString() => FormattableString.Invariant($"{Value} ({Low} to {High})");
}
