namespace DeepGpu.Testing.Numerics;

/// <summary>A number in double precision that knows its place on a <see cref="Tape"/>, so that gradients of plain loops can be
/// found.</summary>
internal readonly struct Scalar(double value, int node = 0)
{
    /// <summary>The number.</summary>
    public double Value { get; } = value;

    /// <summary>Its place on the tape; 0 for a constant.</summary>
    public int Node { get; } = node;

    public static implicit operator Scalar(double value) => new(value);

    public static Scalar operator +(Scalar a, Scalar b) => Tape.Record(a.Value + b.Value, a, 1, b, 1);

    public static Scalar operator -(Scalar a, Scalar b) => Tape.Record(a.Value - b.Value, a, 1, b, -1);

    public static Scalar operator -(Scalar a) => Tape.Record(-a.Value, a, -1);

    public static Scalar operator *(Scalar a, Scalar b) => Tape.Record(a.Value * b.Value, a, b.Value, b, a.Value);

    public static Scalar operator /(Scalar a, Scalar b)
        => Tape.Record(a.Value / b.Value, a, 1 / b.Value, b, -a.Value / (b.Value * b.Value));

    public static bool operator >(Scalar a, Scalar b) => Tape.Compare(a.Value, b.Value) > 0;

    public static bool operator <(Scalar a, Scalar b) => Tape.Compare(a.Value, b.Value) < 0;

    public static bool operator >=(Scalar a, Scalar b) => Tape.Compare(a.Value, b.Value) >= 0;

    public static bool operator <=(Scalar a, Scalar b) => Tape.Compare(a.Value, b.Value) <= 0;

    public static Scalar Max(Scalar a, Scalar b) => a >= b ? a : b;

    public static Scalar Min(Scalar a, Scalar b) => a <= b ? a : b;

    public static Scalar Clip(Scalar x, Scalar low, Scalar high) => Min(Max(x, low), high);

    public static Scalar Abs(Scalar x) => x >= 0 ? x : -x;

    public static Scalar Exp(Scalar x) => Tape.Record(Math.Exp(x.Value), x, Math.Exp(x.Value));

    public static Scalar Log(Scalar x) => Tape.Record(Math.Log(x.Value), x, 1 / x.Value);

    public static Scalar Sqrt(Scalar x) => Tape.Record(Math.Sqrt(x.Value), x, 0.5 / Math.Sqrt(x.Value));

    public static Scalar Tanh(Scalar x) => Tape.Record(Math.Tanh(x.Value), x, 1 - Math.Tanh(x.Value) * Math.Tanh(x.Value));

    public static Scalar Sigmoid(Scalar x) => 1 / (1 + Exp(-x));

    /// <summary>The normal distribution's cumulative probability.</summary>
    public static Scalar NormalProbability(Scalar x)
        => Tape.Record(Normal.Probability(x.Value), x, Math.Exp(-x.Value * x.Value / 2) / Math.Sqrt(2 * Math.PI));

    public static Scalar Square(Scalar x) => x * x;

    /// <summary>The number as a constant: no gradient flows through it.</summary>
    public static Scalar Constant(Scalar x) => x.Value;

    public static Scalar Sum(IEnumerable<Scalar> terms) => terms.Aggregate((Scalar)0, (sum, term) => sum + term);
}

/// <summary>The normal distribution.</summary>
internal static class Normal
{
    /// <summary>The cumulative probability by the series of Marsaglia, 2004: 1/2 + density * (x + x^3/3 + x^5/(3*5) + ...).</summary>
    public static double Probability(double x)
    {
        if (Math.Abs(x) > 8) return x > 0 ? 1 : 0;
        var (sum, term) = (x, x);
        for (var i = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); i += 2) sum += term *= x * x / i;
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
