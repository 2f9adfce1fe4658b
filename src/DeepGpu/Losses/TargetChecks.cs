using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Checks of targets against outputs, before anything native sees them.</summary>
internal static class TargetChecks
{
    /// <summary>An axis counted from the front.</summary>
    /// <exception cref="DeepGpuArgumentException">There is no such axis.</exception>
    public static int Axis(int axis, int rank, string owner)
        => axis >= -rank && axis < rank
            ? (axis + rank) % rank
            : throw Require.OutOfRange(owner, nameof(axis), $"from {-rank} to {rank - 1} for {rank} axes", axis);

    /// <summary>Checks tensors. The shapes alone: looking at values would wait for the device.</summary>
    public static void Shape(string name, TargetForm form, torch.Tensor target, torch.Tensor output, int classAxis = -1)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        if (form == TargetForm.Any) return;
        var (of, beside) = (target.shape, Array.ConvertAll(output.shape, length => (long?)length));
        if (!Fits(name, form, of, beside, classAxis)) throw WrongShape(name, form, of, beside, ShapeText.Of(output.shape));
    }

    /// <summary>Checks a whole array of targets against the shape of a model's output.</summary>
    public static void Shape(string name, TargetForm form, NDArray targets, Shape output, int classAxis = -1)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(output);
        if (form == TargetForm.Any) return;
        var of = targets.Shape.Select(length => (long)length).ToArray();
        var beside = output.Axes.Select((length, axis) => axis == 0 && of.Length > 0 ? of[0] : (long?)length).ToArray();
        if (!Fits(name, form, of, beside, classAxis)) throw WrongShape(name, form, of, beside, output.ToString());
    }

    private static bool Fits(string name, TargetForm form, ReadOnlySpan<long> target, ReadOnlySpan<long?> output, int classAxis)
        => form switch
        {
            TargetForm.LikeOutput => Same(target, output)
                || target.Length == output.Length - 1 && output[^1] == 1 && Same(target, output[..^1])
                || target.Length == output.Length + 1 && target[^1] == 1 && Same(target[..^1], output),
            TargetForm.OneHot => Same(target, output),
            TargetForm.ClassIndex => IsIndex(target, output, Axis(classAxis, output.Length, name)),
            TargetForm.LabelSequence => target.Length == 2 && output.Length == 3 && target[0] == (output[0] ?? target[0]),
            TargetForm.SampleClass =>
                output.Length == 2 && (target.Length == 1 || target is [_, 1]) && target[0] == (output[0] ?? target[0]),
            _ => Same(target, output) || IsIndex(target, output, Axis(classAxis, output.Length, name)),
        };

    /// <summary>Indices may be folded otherwise than the output, as long as there is one for each place: (batch,
    /// height * width) beside (batch, height, width, classes).</summary>
    private static bool IsIndex(ReadOnlySpan<long> target, ReadOnlySpan<long?> output, int classAxis)
    {
        if (output.Length == 0) return false;
        long? places = 1;
        for (var axis = 0; axis < output.Length; axis++) if (axis != classAxis) places *= output[axis];
        var indices = 1L;
        foreach (var length in target) indices *= length;
        return places is null || places == indices;
    }

    private static bool Same(ReadOnlySpan<long> target, ReadOnlySpan<long?> output)
    {
        if (target.Length != output.Length) return false;
        for (var axis = 0; axis < target.Length; axis++) if (output[axis] is { } length && length != target[axis]) return false;
        return true;
    }

    private static TrainingDataException WrongShape(string name, TargetForm form, long[] target, long?[] output, string outputText)
    {
        var looksLikeIndices = target.Length < output.Length || target is [.., 1] && output is not [.., 1];
        var (needs, remedy) = form switch
        {
            TargetForm.OneHot when looksLikeIndices => ("one-hot targets of shape", "Use SparseCategoricalCrossentropy for class indices."),
            TargetForm.OneHot =>
                ("one-hot targets of shape", "Make the targets as wide as the model's last layer, or the layer as wide as the targets."),
            TargetForm.LikeOutput =>
                ("targets of shape", "Make the targets as wide as the model's last layer, or the layer as wide as the targets."),
            TargetForm.LabelSequence => (
                "labels (batch, labels) beside an output (batch, time, classes), here",
                "Fill rows up with 0, and let the model yield logits for each time step."),
            TargetForm.SampleClass => (
                "one class (batch) for each vector of an output (batch, features), here",
                "Pass class numbers, and let the model yield one vector for each sample."),
            _ => ("one class index for each place of an output of shape",
                "Pass class indices (batch), or use the form for one-hot targets."),
        };
        return new(new("target_shape", $"{name} needs {needs} {outputText}", $"but receives {ShapeText.Of(target)}.", remedy));
    }
}
