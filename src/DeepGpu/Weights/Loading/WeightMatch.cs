using System.Collections.Immutable;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>The order of a stored tensor's axes and gates.</summary>
internal enum WeightForm
{
    /// <summary>As Keras has them: (height, width, in, out), (in, out).</summary>
    Keras,

    /// <summary>As torch has them: (out, in, height, width), (out, in).</summary>
    Torch,
}

/// <summary>A weight that is to be loaded.</summary>
/// <param name="Name">Its full name, e.g. "conv2d/kernel".</param>
/// <param name="Spec">Its description.</param>
internal sealed record WeightTarget(string Name, WeightSpec Spec)
{
    /// <summary>The path before the last "/".</summary>
    public string Group => Name[..Math.Max(0, Name.LastIndexOf('/'))];

    /// <summary>What follows the last "/".</summary>
    public string Leaf => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>Every weight of a model, in order.</summary>
    public static IEnumerable<WeightTarget> Of(ModelSpec spec)
        => spec.Layers.SelectMany(node => node.Weights.Select(weight => new WeightTarget($"{node.Name}/{weight.Name}", weight)));
}

/// <summary>A tensor that a weight takes values from.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Form">How it is laid out.</param>
internal sealed record WeightSource(TensorEntry Tensor, WeightForm Form = WeightForm.Keras)
{
    /// <summary>How its values are made of other tensors of the file; null where they are the tensor's.</summary>
    public WeightConversion? Conversion { get; init; }

    /// <summary>The tensors of the file that the values come from.</summary>
    public IReadOnlyList<TensorEntry> Tensors => Conversion?.Sources ?? [Tensor];

    /// <summary>The values, in the order of <see cref="Form"/>.</summary>
    public NDArray Read(TensorFile file) => Conversion?.Read(file) ?? file.Read(Tensor);

    /// <summary>The row of the weight's first axis that it fills: the biases of a GRU; null for the whole weight.</summary>
    public int? Row { get; init; }

    /// <summary>Whether it is added to what came before: the second bias of an LSTM.</summary>
    public bool IsAdded { get; init; }

    /// <summary>The map that was flattened before a dense kernel, (height, width, channels), where the file has channels first;
    /// null where the order is the same.</summary>
    public ImmutableArray<int>? Flattened { get; init; }

    /// <summary>Whether a tensor holds numbers that a weight can be.</summary>
    public static bool IsFloatingPoint(TensorEntry tensor)
        => tensor.Type is DataType.Float16 or DataType.BFloat16 or DataType.Float32 or DataType.Float64;
}

/// <summary>A weight and what it takes its values from.</summary>
/// <param name="Target">The weight.</param>
/// <param name="Sources">The tensors, in the order they are copied.</param>
internal sealed record WeightMatch(WeightTarget Target, ImmutableArray<WeightSource> Sources);
