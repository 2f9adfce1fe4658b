using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>A layer whose kernel is divided, in each pass that trains, by an estimate of its largest singular value. Miyato et al.,
/// 2018.</summary>
internal static class SpectralReference
{
    private const string Vector = "vector_u";

    public static IReadOnlyList<Flow> Run(SpectralNormalization layer, Call call)
    {
        var inner = call.Inside("layer", new Flow(call.X));
        if (call.IsTraining) inner = inner with { Weights = Normalized(layer, call, inner.Weights) };
        return [new(ReferenceTable.Run(layer.Layer, inner)[0].Values)];
    }

    private static WeightValues Normalized(SpectralNormalization layer, Call call, WeightValues inner)
    {
        var kernel = inner["kernel"];
        var columns = kernel.Shape[^1];
        double[] matrix = [.. kernel.Data.Select(value => value.Value)];
        double[] u = [.. call.Weights[Vector].Data.Select(value => value.Value)];
        var v = new double[matrix.Length / columns];
        for (var i = 0; i < layer.PowerIterations; i++)
        {
            v = Unit(v.Length, row => Enumerable.Range(0, columns).Sum(column => u[column] * matrix[row * columns + column]));
            u = Unit(columns, column => Enumerable.Range(0, v.Length).Sum(row => v[row] * matrix[row * columns + column]));
        }

        var sigma = matrix.Select((value, i) => v[i / columns] * value * u[i % columns]).Sum();
        call.Weights.Update(Vector, new(call.Weights[Vector].Shape, Array.ConvertAll(u, value => (Scalar)value)));
        return inner.Replaced("kernel", new(kernel.Shape, [.. kernel.Data.Select(value => new Scalar(value.Value / sigma, value.Node))]));
    }

    private static double[] Unit(int length, Func<int, double> value)
    {
        double[] vector = [.. Enumerable.Range(0, length).Select(value)];
        var norm = Math.Sqrt(vector.Sum(x => x * x));
        return Array.ConvertAll(vector, x => x / norm);
    }
}
