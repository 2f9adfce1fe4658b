using TorchSharp;

namespace DeepGpu.Tests.Training.Numbers;

/// <summary>Every loss against plain loops: alone, and with each reduction, shape of weights and mask that Keras 3 takes.</summary>
public class LossValueTests
{
    public LossValueTests() => TorchRuntime.Start();

    public static IEnumerable<ITheoryDataRow> Rows => LossCases.All.Select((c, i) => new TheoryDataRow<int, string>(i, c.Name));

    public static IEnumerable<ITheoryDataRow> Reductions
        => LossCases.All
            .SelectMany((c, i)
            => Enum.GetValues<Reduction>().Select(reduction => new TheoryDataRow<int, string, Reduction>(i, c.Name, reduction)));

    /// <summary>Losses whose targets are of another form: every path, every pair, in tests of their own.</summary>
    internal static readonly string[] Elsewhere = [nameof(Ctc), nameof(Circle)];

    [Fact]
    public void Every_loss_has_a_value_by_hand()
    {
        var losses = typeof(Loss).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract);
        losses.Select(type => type.Name).Except(LossCases.All.Select(c => c.Make(Reduction.None).GetType().Name))
            .Should().BeEquivalentTo(Elsewhere);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_losses_of_samples_are_those_of_plain_loops(int index, string name)
    {
        using var scope = torch.NewDisposeScope();
        var c = Case(index, name);
        var losses = c.Make(Reduction.None).Compute(c.Target.Tensor(), c.Output.Tensor());
        losses.shape.Should().Equal(c.Losses.Shape.Select(n => (long)n));
        Close(losses.reshape(-1).data<double>().ToArray(), c.Losses.Values);
    }

    [Theory]
    [MemberData(nameof(Reductions))]
    public void Weights_of_every_shape_and_masks_count_as_in_Keras(int index, string name, Reduction reduction)
    {
        using var scope = torch.NewDisposeScope();
        var c = Case(index, name);
        foreach (var weights in Weights(c.Losses.Shape).Append(null))
        {
            foreach (var mask in Masks(c.Losses.Shape).Append(null))
            {
                var loss = c.Make(reduction).Compute(c.Target.Tensor(), c.Output.Tensor(), weights: weights?.Tensor(),
                    mask: mask?.Tensor(torch.ScalarType.Bool));
                Close(loss.reshape(-1).data<double>().ToArray(), Expected(c, reduction, weights, mask));
            }
        }
    }

    [Fact]
    public void A_batch_that_is_wholly_masked_or_ignored_has_no_loss()
    {
        using var scope = torch.NewDisposeScope();
        var (target, output) = (torch.tensor(new[] { 1, 1 }), torch.tensor(new double[,] { { 0.2, 0.8 }, { 0.7, 0.3 } }));
        foreach (var reduction in Enum.GetValues<Reduction>())
        {
            Loss.SparseCategoricalCrossentropy(ignoreClass: 1, reduction: reduction).Compute(target, output).abs().sum().item<double>()
                .Should().Be(0);
            Loss.SparseCategoricalCrossentropy(reduction: reduction).Compute(target, output,
                mask: torch.zeros(2, torch.ScalarType.Bool)).abs().sum().item<double>().Should().Be(0);
        }
    }

    /// <summary>What Keras makes of the losses: a mean is over what is kept, weighted or not; a weighted mean divides by the sum of the
    /// weights given.</summary>
    private static double[] Expected(LossCase c, Reduction reduction, Grid? weights, Grid? mask)
    {
        var shape = c.Losses.Shape;
        var kept = Product(mask, c.Counted, shape);
        var isPlainMean = reduction is Reduction.SumOverBatchSize or Reduction.Mean;
        var keeps = kept is null ? null : isPlainMean ? kept.Map(k => kept.Values.Sum() == 0 ? 0 : k * kept.Count / kept.Values.Sum())
            : kept;
        var all = Product(weights, keeps, shape);
        var weighed = c.Losses.Values.Zip(all?.RepeatedOver(shape) ?? [.. c.Losses.Values.Select(_ => 1.0)], (l, w) => l * w).ToArray();
        var divisor = reduction == Reduction.MeanWithSampleWeight && all is not null ? all.Values.Sum() * Repeats(all, shape)
            : weighed.Length;
        return reduction == Reduction.None ? weighed
            : [reduction == Reduction.Sum ? weighed.Sum() : divisor == 0 ? 0 : weighed.Sum() / divisor];
    }

    /// <summary>One weight a sample, where there are several numbers a sample, stands for each of them: Keras cannot spread it.</summary>
    private static double Repeats(Grid weights, int[] shape)
        => weights.Shape.Length == 0 ? 1 : shape[Math.Min(weights.Shape.Length, shape.Length)..].Aggregate(1, (a, b) => a * b);

    private static Grid? Product(Grid? a, Grid? b, int[] shape)
    {
        if (a is null || b is null) return a ?? b;
        return new(shape, [.. a.RepeatedOver(shape).Zip(b.RepeatedOver(shape), (x, y) => x * y)]);
    }

    /// <summary>Weights that Keras takes for losses of a shape, and one a sample.</summary>
    private static IEnumerable<Grid> Weights(int[] shape) => shape.Length switch
    {
        0 => [],
        1 => [Random(shape[0]), Random(shape[0], 1), Random(1), Random()],
        _ => [Random(shape[0]), Random(shape), Random(shape[0], 1), Random(1, shape[1]), Random()],
    };

    private static IEnumerable<Grid> Masks(int[] shape)
        => shape.Length == 0 ? []
            : [new(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => i % 3 == 1 ? 0.0 : 1)])];

    private static Grid Random(params int[] shape) => Grid.Spread(0.2, 3, 40 + shape.Length, shape);

    private static LossCase Case(int index, string name)
    {
        LossCases.All[index].Name.Should().Be(name);
        return LossCases.All[index];
    }

    private static void Close(double[] actual, double[] expected)
    {
        actual.Should().HaveCount(expected.Length);
        for (var i = 0; i < actual.Length; i++) actual[i]
            .Should().BeApproximately(expected[i], 1e-9 * Math.Max(1, Math.Abs(expected[i])), "number {0}", i);
    }
}
