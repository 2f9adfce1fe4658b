using DeepGpu.Models;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Workloads;
using DeepGpu.Tests.Layers;

namespace DeepGpu.Tests.Training;

/// <summary>Each kind of layer with its activations made again in the backward pass: the same training to the last bit, random numbers and
/// moving statistics included.</summary>
public class CheckpointedLayerTests
{
    private const int Samples = 6, Scales = 8;

    public static IEnumerable<ITheoryDataRow> Rows => LayerCases.All.Select((c, i) => (c, i)).Where(p => IsTrained(p.c))
        .Select(p => new TheoryDataRow<int, string>(p.i, p.c.Name));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_layer_trains_the_same_to_the_last_bit(int index, string name)
    {
        var c = LayerCases.All[index];
        c.Name.Should().Be(name);
        var spec = Spec(c);
        var (plain, again) = (Trained(spec, c, checkpointing: false), Trained(spec, c, checkpointing: true));
        again.Losses.Should().Equal(plain.Losses);
        foreach (var (weight, values) in plain.Weights)
        {
            if (!IsPermuted(c)) again.Weights[weight].Should().Equal(values, weight);
            else again.Weights[weight].Zip(values, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThanOrEqualTo(2, weight);
        }
    }

    /// <summary>The elements' bits as whole numbers, of which neighbours are one apart.</summary>
    private static int[] Bits(NDArray values) => values.Type == DataType.Float32
        ? [.. values.ToArray<float>().Select(BitConverter.SingleToInt32Bits)] : [.. values.Bytes.ToArray().Select(bits => (int)bits)];

    /// <summary>Whether the layer's output lies in memory in another order than its axes. Autograd keeps gradients that wait between
    /// segments in that order, so that sums over them may be taken in another one: the last bit of a bias may differ.</summary>
    private static bool IsPermuted(LayerCase c) => c.Layer is Conv1DTranspose or Conv2DTranspose
        || c.Layer is BatchNormalization { Axis: not -1 };

    /// <summary>The test above would say nothing of layers that are kept: they are few, and known. Those that keep states, or move what
    /// they read, must be; of a pooling and a cropping that leave little behind nothing is gained.</summary>
    [Fact]
    public void All_but_those_that_cannot_be_repeated_are_made_again()
        => LayerCases.All.Where(c => IsTrained(c) && !IsRepeated(c)).Select(c => c.Layer.GetType()).Distinct()
            .Where(type => type.Name is not (nameof(SpectralNormalization) or nameof(BatchNormalization) or nameof(NestedModel)
                or nameof(Dense) or nameof(EinsumDense) or nameof(GlobalAveragePooling2D) or nameof(Cropping3D)))
            .Where(type => !type.IsSubclassOf(typeof(SequenceLayer))).Should().BeEmpty();

    /// <summary>Whether it can be trained: not a kernel of few bits without matrices beside it.</summary>
    private static bool IsTrained(LayerCase c) => !c.YieldsTruth && (c.Layer is not IAdaptable
    {
        Quantization: Int8Quantization
        or Int4Quantization, LoraRank: null
    });

    private static bool IsRepeated(LayerCase c) => CheckpointPlan.Of(Spec(c)).Where(segment => segment.IsRepeated)
        .SelectMany(segment => segment.Nodes).Any(node => node.Layer.GetType() == c.Layer.GetType());

    /// <summary>The layer between scales that are learned: enough of them that it does not stand in the last segment, which is
    /// kept.</summary>
    private static ModelSpec Spec(LayerCase c)
    {
        var inputs = c.Inputs.Select(shape => Functional.Input(new InputLayer(shape))).ToList();
        var before = c.Below is null ? [.. inputs.Select(input => input.LayerScale(0.9))] : inputs;
        var x = before[0].ApplyAll(c.Layer, before.Skip(1))[0];
        for (var i = 0; i < Scales; i++) x = x.Rescaling([0.9]);
        return Functional.Model(inputs, [x.LayerScale(0.8)]);
    }

    private static (IReadOnlyList<double> Losses, Dictionary<string, int[]> Weights) Trained(ModelSpec spec, LayerCase c,
        bool checkpointing)
    {
        using var model = spec.ToModel(Device.Cpu, seed: 7);
        model.Compile(Optimizer.Sgd(0.01), Loss.MeanSquaredError());
        var random = new Random(3);
        NDArray Drawn(Shape shape, int? below)
        {
            int[] lengths = [Samples, .. shape.Axes.Skip(1).Select(length => length!.Value)];
            var count = lengths.Aggregate(1, (product, length) => product * length);
            return NDArray.From<float>([.. Enumerable.Range(0, count)
                .Select(_ => below is { } n ? random.Next(n) : random.NextSingle() - 0.4f)], lengths);
        }

        var data = new ArrayData([.. c.Inputs.Select(shape => Drawn(shape, c.Below))], [Drawn(spec.Outputs[0].Shape, null)]);
        var history = model.Fit(data, new FitOptions { Epochs = 2, BatchSize = 3, GradientCheckpointing = checkpointing });
        return (history["loss"], model.Weights.ToDictionary(weight => weight.Name, weight => Bits(weight.ToArray())));
    }
}
