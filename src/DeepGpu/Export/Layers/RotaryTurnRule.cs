using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Export;

/// <summary>Turns pairs of features by an angle that grows with the position. Where the number of steps is known, cosines and sines are
/// numbers of the file; else the graph computes them in single precision.</summary>
internal sealed class RotaryTurnRule
{
    private readonly GraphWriter _graph;
    private readonly DecoderAttention _layer;
    private readonly bool _pairsNeighbours;
    private readonly GraphValue _cosines;
    private readonly GraphValue _sines;

    /// <param name="layer">The layer.</param>
    /// <param name="pairsNeighbours">Whether a pair are neighbours, or a feature of each half.</param>
    /// <param name="context">Takes the nodes.</param>
    /// <param name="sequence">(batch, steps, ...).</param>
    public RotaryTurnRule(DecoderAttention layer, bool pairsNeighbours, ExportContext context, GraphValue sequence)
    {
        (_graph, _layer, _pairsNeighbours) = (context.Graph, layer, pairsNeighbours);
        (_cosines, _sines) = sequence.Shape[1] is { } steps ? Known(context, steps) : Open(Dim.Along(sequence, 1));
    }

    /// <summary>(batch, heads, steps, features), of which the first are turned.</summary>
    public GraphValue Apply(GraphValue x)
    {
        var (features, length) = (_layer.TurnedFeatures, x.Shape[^1]!.Value);
        if (features == 0) return x;
        if (features == length) return Turned(x);
        var parts = _graph.Split(x, -1, [features, length - features]);
        return _graph.Concatenate([Turned(parts[0]), parts[1]], -1);
    }

    private GraphValue Turned(GraphValue x)
    {
        var (g, (first, second)) = (_graph, Pairs(x));
        return g.Concatenate([g.Subtract(g.Multiply(first, _cosines), g.Multiply(second, _sines)),
            g.Add(g.Multiply(second, _cosines), g.Multiply(first, _sines))], -1);
    }

    private (GraphValue First, GraphValue Second) Pairs(GraphValue x)
    {
        var half = x.Shape[^1]!.Value / 2;
        if (!_pairsNeighbours) return _graph.Split(x, -1, [half, half]) is var halves ? (halves[0], halves[1]) : default;
        var pairs = _graph.Reshape(x, [.. Dim.AllOf(x).SkipLast(1), half, 2]);
        return (_graph.Select(pairs, -1, 0), _graph.Select(pairs, -1, 1));
    }

    private double Magnitude => _layer.RotaryScaling?.Magnitude ?? 1;

    private (GraphValue Cosines, GraphValue Sines) Known(ExportContext context, int steps)
    {
        var angles = RotaryFrequencies.Of(_layer.MaxWavelength, _layer.TurnedFeatures, _layer.RotaryScaling, steps);
        GraphValue Table(string name, Func<double, double> function) => context.Keep($"{name}_{steps}",
            () => WeightNumbers.Of([steps, angles.Length], at => function(at[0] * angles[at[1]]) * Magnitude));
        return (Table("cosines", Math.Cos), Table("sines", Math.Sin));
    }

    private (GraphValue Cosines, GraphValue Sines) Open(Dim steps)
    {
        var places = _graph.Unsqueeze(_graph.Positions(steps), 1);
        var angles = _graph.Multiply(places, Angles(_graph.Squeeze(_graph.Cast(_graph.Length(steps), DataType.Float32), 0)));
        return (_graph.Multiply(_graph.Unary("Cos", angles), Magnitude), _graph.Multiply(_graph.Unary("Sin", angles), Magnitude));
    }

    /// <summary>The angle of each pair, which may depend on how long the sequence is.</summary>
    private GraphValue Angles(GraphValue length)
    {
        var features = _layer.TurnedFeatures;
        GraphValue At(long steps) => _graph.Floats(RotaryFrequencies.Of(_layer.MaxWavelength, features, _layer.RotaryScaling, steps));
        if (_layer.RotaryScaling is not { DependsOnLength: true } scaling) return At(1);
        if (scaling.Kind == RotaryScalingKind.LongRope)
            return _graph.Where(_graph.Compare("Greater", length, scaling.OriginalLength), At(scaling.OriginalLength + 1L), At(1));
        if (features <= 2) return At(1);
        var stretch = _graph.Clip(_graph.Subtract(_graph.Multiply(length, scaling.Factor / scaling.OriginalLength), scaling.Factor - 1), 1,
            null);
        var powers = _graph.Floats(Enumerable.Range(0, features / 2).Select(pair => -2.0 * pair / (features - 2)));
        return _graph.Multiply(At(1), _graph.Binary("Pow", stretch, powers));
    }
}
