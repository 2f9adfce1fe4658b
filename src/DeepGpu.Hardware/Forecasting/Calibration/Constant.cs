namespace DeepGpu.Hardware;

/// <summary>A constant of a model, made by <see cref="ConstantTable.Add"/>: it finds its value among those of that model.</summary>
/// <param name="Place">Its place in the table.</param>
internal readonly record struct Constant(int Place);

/// <summary>The values of one model's constants, in the order of its table.</summary>
internal readonly struct ConstantValues(double[] values)
{
    /// <summary>The values in order.</summary>
    public IReadOnlyList<double> All => values;

    /// <summary>The value of one of them.</summary>
    public double this[Constant constant] => values[constant.Place];

    public static implicit operator ConstantValues(double[] values) => new(values);
}
