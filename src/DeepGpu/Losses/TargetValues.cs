using System.Globalization;
using System.Numerics;

namespace DeepGpu;

/// <summary>Checks of the values of targets, before anything native sees them.</summary>
internal static class TargetValues
{
    /// <summary>Checks that every target is a whole number in 0..classes-1, or the class to ignore.</summary>
    public static void AreClassIndices(NDArray targets, int classes, string name, int? ignored = null) => Check(
        targets,
        value => value >= 0 && value < classes && double.IsInteger(value) || value == ignored,
        (received, remedy) => new("label_out_of_range", $"{name} needs class indices from 0 to {classes - 1},", received,
            remedy ?? "Number the classes from 0, or give the model's last layer more units."));

    /// <summary>Checks that every target is in [0, 1]: a truth value or a probability.</summary>
    public static void AreProbabilities(NDArray targets, string name) => Check(
        targets,
        value => value is >= 0 and <= 1,
        (received, remedy) => new("target_out_of_range", $"{name} needs targets from 0 to 1,", received,
            remedy ?? "Write the classes as 0 and 1, or use a loss for regression."));

    /// <summary>Checks that every target is a whole number of at least 0: a class index where the number of classes is not known.</summary>
    public static void AreWhole(NDArray targets, string name) => Check(
        targets,
        value => value >= 0 && double.IsInteger(value),
        (received, remedy) =>
            new("label_out_of_range", $"{name} needs class indices from 0,", received, remedy ?? "Number the classes from 0."));

    /// <summary>Checks that every target is a whole number of any sign: the name of a class.</summary>
    public static void AreIntegers(NDArray targets, string name) => Check(
        targets,
        double.IsInteger,
        (received, remedy) => new("label_out_of_range", $"{name} needs whole numbers as targets,", received, remedy ?? "Number them."));

    private static void Check(NDArray targets, Func<double, bool> accepts, Func<string, string?, Fault> fault)
    {
        switch (targets.Type)
        {
            case DataType.Bool: break;
            case DataType.UInt8: Check(targets.AsSpan<byte>(), accepts, fault); break;
            case DataType.Int8: Check(targets.AsSpan<sbyte>(), accepts, fault); break;
            case DataType.Int16: Check(targets.AsSpan<short>(), accepts, fault); break;
            case DataType.Int32: Check(targets.AsSpan<int>(), accepts, fault); break;
            case DataType.Int64: Check(targets.AsSpan<long>(), accepts, fault); break;
            case DataType.Float16: Check(targets.AsSpan<Half>(), accepts, fault); break;
            case DataType.Float32: Check(targets.AsSpan<float>(), accepts, fault); break;
            case DataType.Float64: Check(targets.AsSpan<double>(), accepts, fault); break;
            default:
                throw new TrainingDataException(fault($"but receives {targets.Type}.", "Pass them as UInt8, Int32, Int64 or Float32."));
        }
    }

    private static void Check<T>(ReadOnlySpan<T> values, Func<double, bool> accepts, Func<string, string?, Fault> fault)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = double.CreateSaturating(values[i]);
            if (!accepts(value))
                throw new TrainingDataException(fault(string.Create(CultureInfo.InvariantCulture, $"but target {i} is {value}."), null));
        }
    }
}
