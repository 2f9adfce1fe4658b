using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>A weight of a model and the tensor of a file it takes its values from.</summary>
/// <param name="Name">The weight's name, e.g. "conv2d/kernel".</param>
/// <param name="Spec">The weight's description.</param>
/// <param name="Tensor">The tensor, in Keras's layout.</param>
internal sealed record WeightMatch(string Name, WeightSpec Spec, TensorEntry Tensor)
{
    /// <summary>Matches every weight with the tensor of its name.</summary>
    /// <exception cref="ModelFormatException">One is missing.</exception>
    public static IReadOnlyList<WeightMatch> ByName(ModelSpec spec, TensorFile file)
        => [.. Named(spec).Select(weight => new WeightMatch(weight.Name, weight.Spec, file.Find(weight.Name) ?? throw Missing(weight.Name)))];

    /// <summary>Every weight of a model with its full name, in order.</summary>
    public static IEnumerable<(string Name, WeightSpec Spec)> Named(ModelSpec spec)
        => spec.Layers.SelectMany(node => node.Weights.Select(weight => ($"{node.Name}/{weight.Name}", weight)));

    /// <summary>Copies every tensor into its weight.</summary>
    public static void Apply(IReadOnlyList<WeightMatch> matches, IReadOnlyList<LiveWeight> weights, TensorFile file)
    {
        var byName = weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        foreach (var match in matches) byName[match.Name].Load(file.Read(match.Tensor));
    }

    /// <summary>Checks the tensor's shape and element type.</summary>
    /// <exception cref="ModelFormatException">They do not fit the weight.</exception>
    public void Check()
    {
        if (!Tensor.Shape.SequenceEqual(Spec.Shape.Select(length => (long)length))) throw Refuse("weight_shape", $"The weight '{Name}' needs shape ({string.Join(", ", Spec.Shape)}),", $"but the file holds ({string.Join(", ", Tensor.Shape)}).", Tensor.Name);
        if (Tensor.Type is not (DataType.Float16 or DataType.BFloat16 or DataType.Float32 or DataType.Float64)) throw Refuse("weight_type", $"The weight '{Name}' needs floating-point values,", $"but the file holds {Tensor.Type}.", Tensor.Name);
    }

    public static ModelFormatException Missing(string name) => Refuse("missing_weight", $"The file must hold the weight '{name}',", "but does not.", name);

    public static ModelFormatException Refuse(string code, string rule, string received, string entry)
        => new(new(code, rule, received, "Use a file that was written for this model, or write it again."), entry: entry);
}
