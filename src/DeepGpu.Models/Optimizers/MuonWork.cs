namespace DeepGpu.Models.Optimizers;

/// <summary>What Muon keeps and computes in a model: matrices and what goes by Adam differ.</summary>
internal static class MuonWork
{
    private const int SlotBytes = 4;

    /// <summary>Operations for each weight around the rule itself: momentum, Adam.</summary>
    private const int ElementwiseFlops = 12;

    /// <summary>The bytes of a matrix's weight are those of one slot less.</summary>
    public static int StateBytes(Muon optimizer, ModelSpec model)
    {
        var (all, matrices) = (Trainable(model).Sum(weight => weight.Spec.Count), Matrices(optimizer, model).Sum(weight => weight.Count));
        return optimizer.StateBytesPerParameter - (all == 0 ? 0 : (int)(SlotBytes * matrices / all));
    }

    /// <summary>A step of Newton and Schulz on n rows of m, n the fewer, multiplies n by m by n twice and n by n by n once.</summary>
    public static int Flops(Muon optimizer, ModelSpec model)
    {
        var all = Trainable(model).Sum(weight => weight.Spec.Count);
        var products = Matrices(optimizer, model).Sum(weight => Products(weight.Shape.Min(), weight.Shape.Max()));
        return ElementwiseFlops + (all == 0 ? 0 : (int)Math.Min(int.MaxValue / 2, optimizer.NewtonSchulzSteps * products / all));
    }

    private static double Products(double rows, double columns) => 4 * rows * rows * columns + 2 * rows * rows * rows;

    private static IEnumerable<WeightSpec> Matrices(Muon optimizer, ModelSpec model)
        => Trainable(model).Where(weight => !optimizer.UsesAdam(weight.Name, weight.Spec.Shape.Length)).Select(weight => weight.Spec);

    private static IEnumerable<(string Name, WeightSpec Spec)> Trainable(ModelSpec model) => model.Layers
        .Where(node => node.Layer.Trainable)
        .SelectMany(node => node.Weights.Where(weight => weight.Trainable).Select(weight => ($"{node.Name}/{weight.Name}", weight)));
}
