namespace DeepGpu.Operations;

/// <summary>Several numbers in one register of the processor. Kernels are written once for every width.</summary>
/// <typeparam name="T">The kind of register.</typeparam>
internal unsafe interface ILane<T>
    where T : struct, ILane<T>
{
    /// <summary>How many numbers there are.</summary>
    static abstract int Count { get; }

    /// <summary>Numbers that lie one after another.</summary>
    static abstract T Load(float* from);

    /// <summary>Writes the numbers one after another.</summary>
    static abstract void Store(T value, float* to);

    /// <summary>One number everywhere.</summary>
    static abstract T Of(float value);

    /// <summary>a b + c, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>The smaller ones; what is not a number on the right stays so.</summary>
    static abstract T Least(T bound, T value);

    /// <summary>The larger ones; what is not a number on the right stays so.</summary>
    static abstract T Most(T bound, T value);

    /// <summary>The larger ones; what is not a number on either side stays so.</summary>
    static abstract T Larger(T a, T b);

    /// <summary>Where |value| is below a bound the first ones, else the others.</summary>
    static abstract T WhereSmall(T value, float bound, T small, T large);

    /// <summary>2 to the power of the whole number that adding 1.5 x 2^23 left in the lowest bits.</summary>
    static abstract T PowerOfTwo(T shifted);

    /// <summary>The sum of all.</summary>
    static abstract float Sum(T value);
}
