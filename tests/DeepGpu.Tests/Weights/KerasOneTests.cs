using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

/// <summary>Weights as Keras 1, Theano and CuDNN lay them out, written by plain loops from those of a model, predict what the model
/// does.</summary>
public sealed class KerasOneTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public static IEnumerable<ITheoryDataRow> Cases()
    {
        const string Window = "\"border_mode\": \"valid\", \"activation\": \"tanh\"";
        (string Name, Func<SymbolicTensor> Model, string Config, string Version, string? Backend, Func<NDArray[],
            NDArray[]> Written)[] cases =
        [
            ("conv2d of th", () => Sequential.Input(2, 6, 5)
                .Apply(new Conv2D(3, new(3, 2), Activation.Tanh) { DataFormat = DataFormat.ChannelsFirst }),
                $$"""
                    [{"class_name": "Convolution2D", "config": {"name": "a", "nb_filter": 3, "nb_row": 3, "nb_col": 2,
                    "dim_ordering": "th", {{Window}}, "batch_input_shape": [null, 2, 6, 5]} }]
                    """,
                "1.2.2", null, w => [Turned(w[0], 3, 2, 0, 1), w[1]]),
            ("conv1d", () => Sequential.Input(7, 2).Apply(new Conv1D(3, 4, Activation.Tanh)),
                $$"""
                    [{"class_name": "Convolution1D", "config": {"name": "a", "nb_filter": 3, "filter_length": 4, {{Window}},
                    "batch_input_shape": [null, 7, 2]} }]
                    """,
                "1.2.2", null, w => [Shaped(w[0], 4, 1, 2, 3), w[1]]),
            ("gru", () => Sequential.Input(5, 3)
                .Apply(new GRU(4) { ResetAfter = false, RecurrentActivation = Activation.LegacyHardSigmoid }),
                """
                    [{"class_name": "GRU", "config": {"name": "a", "output_dim": 4, "inner_activation": "hard_sigmoid",
                    "activation": "tanh", "batch_input_shape": [null, 5, 3]} }]
                    """,
                "1.2.2", null, w => [.. Enumerable.Range(0, 3).SelectMany(gate => w.Select(array => Gate(array, gate, 3)))]),
            ("lstm in both directions", () => Sequential.Input(5, 3)
                .Apply(new Bidirectional(new LSTM(4) { RecurrentActivation = Activation.LegacyHardSigmoid })),
                """
                    [{"class_name": "Bidirectional", "config": {"name": "a", "merge_mode": "concat", "layer": {"class_name": "LSTM",
                    "config": {"name": "l", "output_dim": 4, "inner_activation": "hard_sigmoid", "activation": "tanh"} },
                    "batch_input_shape": [null, 5, 3]} }]
                    """,
                "1.2.2", null, w => [.. new[] { w[..3], w[3..] }.SelectMany(half
                    => new[] { 0, 2, 1, 3 }.SelectMany(gate => half.Select(array => Gate(array, gate, 4))))]),
            ("theano conv2d transpose", () => Sequential.Input(4, 5, 2).Apply(new Conv2DTranspose(3, new(3, 2), Activation.Tanh)),
                """
                    {"name": "s", "layers": [{"class_name": "Conv2DTranspose", "config": {"name": "a", "filters": 3,
                    "kernel_size": [3, 2], "activation": "tanh", "batch_input_shape": [null, 4, 5, 2]} }]}
                    """,
                "2.1.3", "theano", w => [Reversed(w[0]), w[1]]),
            ("theano conv1d", () => Sequential.Input(7, 2).Apply(new Conv1D(3, 4, Activation.Tanh)),
                """
                    {"name": "s", "layers": [{"class_name": "Conv1D", "config": {"name": "a", "filters": 3, "kernel_size": [4],
                    "activation": "tanh", "batch_input_shape": [null, 7, 2]} }]}
                    """,
                "2.1.3", "theano", w => [Reversed(w[0]), w[1]]),
            ("theano depthwise", () => Sequential.Input(6, 5, 2).Apply(new DepthwiseConv2D(new Extent(3, 2))),
                """
                    {"name": "s", "layers": [{"class_name": "DepthwiseConv2D", "config": {"name": "a", "kernel_size": [3, 2],
                    "groups": 1, "batch_input_shape": [null, 6, 5, 2]} }]}
                    """,
                "2.1.3", "theano", w => w),
            ("cudnn lstm", () => Sequential.Input(5, 3).Apply(new LSTM(4)),
                """
                    {"name": "s", "layers": [{"class_name": "CuDNNLSTM", "config": {"name": "a", "units": 4,
                    "batch_input_shape": [null, 5, 3]} }]}
                    """,
                "2.2.4", "tensorflow", w => [Folded(w[0], 4), Transposed(w[1], 4), Joined(w[2])]),
        ];
        return cases.Select(row => new TheoryDataRow<string, Func<SymbolicTensor>, string, string, string?, Func<NDArray[], NDArray[]>>(
            row.Name, row.Model, row.Config, row.Version, row.Backend, row.Written)
        { TestDisplayName = row.Name });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_in_an_older_order_predict_the_same(string name, Func<SymbolicTensor> make, string config, string version,
        string? backend, Func<NDArray[], NDArray[]> written)
    {
        using var model = make().Build().ToModel(Device.Cpu);
        foreach (var weight in model.Weights) weight.Load(Numbers(weight.Name.Length + weight.Spec.Shape.Length, [.. weight.Spec.Shape]));
        var arrays = written([.. model.Weights.Select(weight => weight.ToArray())]);
        var path = Path.Combine(_folder.FullName, "old.h5");
        AtomicFile.Write(path, stream => KerasLegacy.Write(stream, new()
        {
            ModelConfig = $$"""{"class_name": "Sequential", "config": {{config}} }""",
            KerasVersion = version,
            Backend = backend,
            Layers = [new("a", [.. arrays.Select((array, i) => KeyValuePair.Create($"a_{i}:0", array))])],
        }));
        using var old = Model.Load(path, Device.Cpu);
        var x = Numbers(3, [2, .. model.Spec.InputShape.Axes.Skip(1).Select(length => length!.Value)]);
        old.Predict(x).ToArray<float>().ToArray().Zip(model.Predict(x).ToArray<float>().ToArray(), (a, b) => Math.Abs(a - b)).Max().Should()
            .BeLessThan(2e-6f, name);
    }

    /// <summary>Keras 1 does not say its backend; TensorFlow's names end in ":0", Theano's do not.</summary>
    [Fact]
    public void A_kernel_of_Keras_1_without_TensorFlows_ending_is_Theanos()
    {
        using var model = Sequential.Input(5, 5, 2).Conv2D(2, 3).Build().ToModel(Device.Cpu);
        var path = Path.Combine(_folder.FullName, "theano.h5");
        AtomicFile.Write(path, stream => KerasLegacy.Write(stream, new()
        {
            ModelConfig = """
                {"class_name": "Sequential", "config": [{"class_name": "Convolution2D", "config": {"name": "a", "nb_filter": 2,
                "nb_row": 3, "nb_col": 3, "dim_ordering": "tf", "batch_input_shape": [null, 5, 5, 2]} }]}
                """,
            KerasVersion = "1.2.2",
            Layers = [new("a", [new("a_W", Reversed(model.Weights[0].ToArray())), new("a_b", model.Weights[1].ToArray())])],
        }));
        using var old = Model.Load(path, Device.Cpu);
        old.Predict(Numbers(1, 1, 5, 5, 2)).ToArray<float>().ToArray()
            .Zip(model.Predict(Numbers(1, 1, 5, 5, 2)).ToArray<float>().ToArray(), (a, b) => Math.Abs(a - b)).Max()
            .Should().BeLessThan(2e-6f);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The axes in another order: the array's axis for each of the result.</summary>
    private static NDArray Turned(NDArray array, params int[] axes)
        => Filled([.. axes.Select(axis => array.Shape[axis])], index
            => At(array, [.. Enumerable.Range(0, axes.Length).Select(axis => index[Array.IndexOf(axes, axis)])]));

    /// <summary>Every axis but the last two backwards.</summary>
    private static NDArray Reversed(NDArray array) => Filled([.. array.Shape],
        index => At(array, [.. index.Select((place, axis) => axis < index.Length - 2 ? array.Shape[axis] - 1 - place : place)]));

    private static NDArray Gate(NDArray array, int gate, int of)
    {
        var units = array.Shape[^1] / of;
        return Filled([.. array.Shape.SkipLast(1), units], index => At(array, [.. index.SkipLast(1), gate * units + index[^1]]));
    }

    private static NDArray Shaped(NDArray array, params int[] shape) => new(array.Type, shape, array.Bytes);

    /// <summary>Each gate's elements in the order of columns, put down in that of rows.</summary>
    private static NDArray Folded(NDArray kernel, int of)
    {
        var (rows, units) = (kernel.Shape[0], kernel.Shape[1] / of);
        return Filled([rows, kernel.Shape[1]], index =>
        {
            var flat = index[0] * units + index[1] % units;
            return At(kernel, flat % rows, index[1] / units * units + flat / rows);
        });
    }

    private static NDArray Transposed(NDArray kernel, int of)
    {
        var units = kernel.Shape[1] / of;
        return Filled([units, kernel.Shape[1]], index => At(kernel, index[1] % units, index[1] / units * units + index[0]));
    }

    /// <summary>A bias as the sum of two.</summary>
    private static NDArray Joined(NDArray bias)
        => Filled([2 * bias.Shape[0]], index => index[0] < bias.Shape[0] ? 0.25f : At(bias, index[0] - bias.Shape[0]) - 0.25f);

    private static NDArray Filled(int[] shape, Func<int[], float> value)
    {
        var numbers = new float[shape.Aggregate(1, (a, b) => a * b)];
        for (var i = 0; i < numbers.Length; i++)
        {
            var (index, flat) = (new int[shape.Length], i);
            for (var axis = shape.Length - 1; axis >= 0; axis--) (index[axis], flat) = (flat % shape[axis], flat / shape[axis]);
            numbers[i] = value(index);
        }

        return NDArray.From<float>(numbers, shape);
    }

    private static float At(NDArray array, params int[] index)
        => array.ToArray<float>()[index.Select((place, axis) => place * array.Shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b)).Sum()];

    private static NDArray Numbers(int seed, params int[] shape) => RandomArray.Between(-0.5, 0.5, seed, shape);
}
