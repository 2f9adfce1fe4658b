using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Modules of torch that keep in one place what are several layers or weights here: stacked recurrent layers, and kernels apart
/// from their
/// length (weight_norm).</summary>
internal static partial class TorchParts
{
    public const string Length = "weight_g";
    public const string Direction = "weight_v";

    /// <summary>A name with the newer form of weight_norm in the older: "conv.parametrizations.weight.original0" is
    /// "conv.weight_g".</summary>
    public static string Plain(string name) => name
        .Replace(".parametrizations.weight.original0", "." + Length, StringComparison.Ordinal)
        .Replace(".parametrizations.weight.original1", "." + Direction, StringComparison.Ordinal);

    /// <summary>A module whose kernel is g v / |v| as one that has the kernel.</summary>
    /// <remarks>https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.weight_norm.html</remarks>
    public static StoredGroup Normalized(StoredGroup group)
    {
        var (lengths, directions) = (group.Weights.Where(weight => weight.Leaf == Length).ToList(),
            group.Weights.Where(weight => weight.Leaf == Direction).ToList());
        if (lengths.Count != 1 || directions.Count != 1) return group;
        if (lengths[0].Tensor.Shape.Length is not 0 and var rank && rank != directions[0].Tensor.Shape.Length) return group;
        var kernel = WeightConversion.Of(directions[0].Tensor.Shape, [directions[0], lengths[0]], arrays
            => Scaled(arrays[0], arrays[1])) with
        { Leaf = "weight" };
        return group with { Weights = [kernel, .. group.Weights.Where(weight => weight.Leaf is not (Length or Direction))] };
    }

    /// <summary>The layers of a recurrent module, each as a module of one: "lstm", "lstm_1", ...</summary>
    public static IEnumerable<StoredGroup> Layers(StoredGroup group)
    {
        var layers = group.Weights.GroupBy(weight => Layer(weight.Leaf)).OrderBy(layer => layer.Key).ToList();
        return layers.Count < 2 || layers[0].Key is null ? [group]
            : layers.Select(layer => new StoredGroup(layer.Key == 0 ? group.Name : FormattableString.Invariant($"{group.Name}_{layer.Key}"),
                [.. layer.Select(weight => weight with { Leaf = Numbered().Replace(weight.Leaf, "_l0$2") })]));
    }

    private static int? Layer(string leaf) => Numbered().Match(leaf) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The direction brought to its length, along the axes that the length has.</summary>
    private static NDArray Scaled(NDArray direction, NDArray length)
    {
        var (v, g) = (ElementNumbers.Of(direction), ElementNumbers.Of(length));
        var sums = new double[g.Length];
        for (var i = 0; i < v.Length; i++) sums[Place(i, direction.Shape, length.Shape)] += v[i] * v[i];
        return NDArray.From<float>([.. v.Select((value, i) => Place(i, direction.Shape, length.Shape) is var at
            ? (float)(value * g[at] / Math.Sqrt(sums[at])) : 0)],
            [.. direction.Shape]);
    }

    /// <summary>Where the length of an element stands: its place on the axes that are longer than 1; the first where one is of all.</summary>
    private static int Place(int element, IReadOnlyList<int> shape, IReadOnlyList<int> lengths)
    {
        var (place, stride) = (0, 1);
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            if (lengths.Count > 0 && lengths[axis] > 1) (place, stride) = (place + element % shape[axis] * stride, stride * lengths[axis]);
            element /= shape[axis];
        }

        return place;
    }

    [GeneratedRegex(@"(?<=^(?:weight_ih|weight_hh|bias_ih|bias_hh))_l([0-9]{1,3})(_reverse)?$")]
    private static partial Regex Numbered();
}
