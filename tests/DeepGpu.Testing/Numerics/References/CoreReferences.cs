using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Dense layers, embeddings, masks.</summary>
internal static class CoreReferences
{
    public static void Add()
    {
        ReferenceTable.AddMasked<Dense>((layer, call)
            => Functions.Apply(layer.Activation, Product(call.X, call.Weights["kernel"], call.Weights.Find("bias"))));
        ReferenceTable.Add<EinsumDense>((layer, call)
            => Functions.Apply(layer.Activation, EinsumReference.Sums(layer.Equation, layer.BiasAxes, call)));
        ReferenceTable.AddMany<Embedding>(Embed);
        ReferenceTable.AddMany<Masking>(Mark);
        ReferenceTable.AddMasked<IdentityLayer>((_, call) => call.X);
        ReferenceTable.Add<TensorFunction>((_, call) => call.X.Map(x => x * x));
        ReferenceTable.Add<NotEqual>((layer, call) => call.X.Map(x => x.Value != layer.Value ? 1 : 0));
        ReferenceTable.Add<Any>((layer, call)
            => Reductions.Reduce(call.X, layer.Axis.In(call.X.Rank), layer.KeepDims, x => x.Any(v => v.Value != 0) ? 1 : 0));
    }

    /// <summary>The sums of products along the last axis: x . kernel + bias.</summary>
    public static Values Product(Values x, Values kernel, Values? bias)
    {
        var (features, units) = (kernel.Shape[0], kernel.Shape[1]);
        return Values.Of([.. x.Shape[..^1], units], at =>
        {
            var unit = at[^1];
            var row = RowStart(x, at);
            var sum = bias is null ? 0 : bias[unit];
            for (var i = 0; i < features; i++) sum += x.Data[row + i] * kernel.Data[i * units + unit];
            return sum;
        });
    }

    /// <summary>Where the row of the last axis begins that holds a position of another last axis.</summary>
    private static int RowStart(Values x, int[] at)
    {
        var row = 0;
        for (var axis = 0; axis < x.Rank - 1; axis++) row = row * x.Shape[axis] + at[axis];
        return row * x.Shape[^1];
    }

    private static IReadOnlyList<Flow> Embed(Embedding layer, Call call)
    {
        var (table, x) = (call.Weights["embeddings"], call.X);
        var vectors = Values.Of([.. x.Shape, layer.OutputDim], at => table[(int)x[at.AsSpan(0, x.Rank)].Value, at[^1]]);
        return [new(vectors, layer.MaskZero && x.Rank == 2 ? Masks.Where(x.Shape, (n, t) => x[n, t].Value != 0) : null)];
    }

    private static IReadOnlyList<Flow> Mark(Masking layer, Call call)
    {
        var x = call.X;
        var mask = Masks.Where(x.Shape, (n, t) => Enumerable.Range(0, x.Shape[2]).Any(i => x[n, t, i].Value != layer.MaskValue));
        return [new(Values.Of(x.Shape, at => mask[at[0], at[1]] ? x[at] : 0), mask)];
    }
}
