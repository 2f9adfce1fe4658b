using DeepGpu.Models;
using DeepGpu.Testing.Numerics;

namespace DeepGpu.Tests.Layers;

/// <summary>Cases of layers as their plain loops draw them.</summary>
internal static class DrawnCases
{
    /// <summary>A case of a kind of layer.</summary>
    public static LayerCase Of(Type kind)
    {
        var c = RandomCases.Case(kind, seed: 1, i: 0);
        List<Shape> inputs = [.. c.Inputs.Select(shape => new Shape(shape.Skip(1).Select(length => (int?)length).Prepend(null)))];
        return new(kind.Name, c.Layer, inputs) { Below = c.Below, YieldsTruth = c.Below is not null };
    }

    /// <summary>Cases, and one of each layer that has none among them.</summary>
    public static IReadOnlyList<LayerCase> AddedTo(IReadOnlyList<LayerCase> cases)
        => [.. cases, .. RandomCases.Kinds.Except(cases.Select(c => c.Layer.GetType())).Select(Of)];
}
