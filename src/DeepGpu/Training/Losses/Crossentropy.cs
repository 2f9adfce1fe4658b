using System.Globalization;
using TorchSharp;

namespace DeepGpu;

/// <summary>What the cross-entropies share.</summary>
internal static class Crossentropy
{
    /// <summary>Keras clips probabilities to [1e-7, 1 - 1e-7] before the logarithm.</summary>
    public const double Epsilon = 1e-7;

    public static torch.Tensor LogProbabilities(torch.Tensor output, bool isLogits)
        => isLogits ? output.log_softmax(-1) : (output / output.sum(-1, keepdim: true)).clamp(Epsilon, 1 - Epsilon).log();

    /// <summary>Checks that every target is a whole number in 0..classes-1.</summary>
    public static void CheckClassIndices(NDArray targets, int classes, string loss)
    {
        switch (targets.Type)
        {
            case DataType.UInt8: Check(targets.AsSpan<byte>(), classes, loss); break;
            case DataType.Int32: Check(targets.AsSpan<int>(), classes, loss); break;
            case DataType.Int64: Check(targets.AsSpan<long>(), classes, loss); break;
            case DataType.Float32: Check(targets.AsSpan<float>(), classes, loss); break;
            default: throw WrongTarget(loss, $"but receives {targets.Type}.", "Pass them as UInt8, Int32, Int64 or Float32.", classes);
        }
    }

    private static void Check<T>(ReadOnlySpan<T> values, int classes, string loss)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = double.CreateSaturating(values[i]);
            if (value >= 0 && value < classes && double.IsInteger(value)) continue;
            throw WrongTarget(loss, string.Create(CultureInfo.InvariantCulture, $"but target {i} is {value}."), "Number the classes from 0, or give the model's last layer more units.", classes);
        }
    }

    private static TrainingDataException WrongTarget(string loss, string received, string remedy, int classes)
        => new(new("label_out_of_range", $"{loss} needs class indices from 0 to {classes - 1},", received, remedy));
}
