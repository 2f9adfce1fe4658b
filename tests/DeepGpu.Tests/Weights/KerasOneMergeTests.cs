using DeepGpu.Formats;

namespace DeepGpu.Tests.Weights;

/// <summary>Chains of Keras 1 that start with a Merge of other chains, of every mode, against plain loops.</summary>
/// <remarks>Keras 1.2: https://github.com/keras-team/keras/blob/1.2.2/keras/engine/topology.py, class Merge.</remarks>
public sealed class KerasOneMergeTests : IDisposable
{
    private const int Samples = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static readonly double[][] First = Rows(1, 4), Second = Rows(2, 2), Third = Rows(3, 5);

    public static TheoryData<string, Func<double[][], double[]>> Elementwise => new()
    {
        { "sum", parts => Each(parts, values => values.Sum()) },
        { "mul", parts => Each(parts, values => values.Aggregate((a, b) => a * b)) },
        { "ave", parts => Each(parts, values => values.Average()) },
        { "max", parts => Each(parts, values => values.Max()) },
        { "concat", parts => [.. parts.SelectMany(part => part)] },
    };

    /// <summary>Three branches: one layer, two layers, one layer; then a dense layer over what was merged.</summary>
    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Three_branches_are_merged_and_go_on(string mode, Func<double[][], double[]> merged)
    {
        var widths = mode == "concat" ? 9 : 3;
        var config = Chain(Merge(mode, Chain(Dense("a", 3, 4)), Chain(Dense("b", 6, 2), Dense("c", 3)), Chain(Dense("d", 3, 5))),
            Dense("out", 2));
        var sizes = new Dictionary<string, (int In, int Out)>
        {
            ["a"] = (4, 3),
            ["b"] = (2, 6),
            ["c"] = (6, 3),
            ["d"] = (5, 3),
            ["out"] = (widths, 2),
        };
        ShouldBe(config, sizes, [First, Second, Third], (n, layer) => layer("out", merged([
            layer("a", First[n]), layer("c", layer("b", Second[n])), layer("d", Third[n])])));
    }

    /// <summary>A branch that itself starts with a Merge: (a + b) beside c.</summary>
    [Fact]
    public void A_branch_may_start_with_a_merge_of_its_own()
    {
        var inner = Chain(Named("inner", "sum", Chain(Dense("a", 3, 4)), Chain(Dense("b", 3, 2))), Dense("m", 2));
        var config = Chain(Named("outer", "concat", inner, Chain(Dense("c", 4, 5))), Dense("out", 2));
        var sizes = new Dictionary<string, (int In, int Out)>
        {
            ["a"] = (4, 3),
            ["b"] = (2, 3),
            ["m"] = (3, 2),
            ["c"] = (5, 4),
            ["out"] = (6, 2),
        };
        ShouldBe(config, sizes, [First, Second, Third], (n, layer) => layer("out", [
            .. layer("m", Each([layer("a", First[n]), layer("b", Second[n])], values => values.Sum())), .. layer("c", Third[n])]));
    }

    [Theory]
    [InlineData("dot", "1")]
    [InlineData("dot", "-1")]
    [InlineData("dot", "[1, 1]")]
    [InlineData("dot", "[[1], [1]]")]
    [InlineData("cos", "1")]
    [InlineData("cos", "[[1], [1]]")]
    public void A_product_of_two_branches_is_a_number_a_sample(string mode, string axes)
    {
        var merge = Merge(mode, Chain(Dense("a", 3, 4)), Chain(Dense("b", 3, 2))).Replace("\"dot_axes\": -1", $"\"dot_axes\": {axes}",
            StringComparison.Ordinal);
        var sizes = new Dictionary<string, (int In, int Out)> { ["a"] = (4, 3), ["b"] = (2, 3) };
        ShouldBe(Chain(merge), sizes, [First, Second], (n, layer) =>
        {
            var (a, b) = (layer("a", First[n]), layer("b", Second[n]));
            double Product(double[] x, double[] y) => x.Zip(y, (p, q) => p * q).Sum();
            return [mode == "dot" ? Product(a, b) : Product(a, b) / Math.Sqrt(Product(a, a) * Product(b, b))];
        });
    }

    /// <summary>Steps joined: axis 1 of (batch, steps, features), of 3 and 2 steps.</summary>
    [Fact]
    public void Sequences_are_joined_along_the_axis_that_is_named()
    {
        string Sequence(string name, int steps) => $$"""
            {"class_name": "Sequential", "config": [{"class_name": "TimeDistributedDense", "config": {"name": "{{name}}",
            "output_dim": 2, "activation": "tanh", "batch_input_shape": [null, {{steps}}, 4]} }]}
            """;
        var config = Chain(Merge("concat", Sequence("a", 3), Sequence("b", 2)).Replace("\"concat_axis\": -1", "\"concat_axis\": 1",
            StringComparison.Ordinal));
        var sizes = new Dictionary<string, (int In, int Out)> { ["a"] = (4, 2), ["b"] = (4, 2) };
        var (x, y) = (Rows(4, 12), Rows(5, 8));
        ShouldBe(config, sizes, [x, y], (n, layer) => [.. x[n].Chunk(4).SelectMany(step => layer("a", step)),
            .. y[n].Chunk(4).SelectMany(step => layer("b", step))], [[3, 4], [2, 4]]);
    }

    [Fact]
    public void A_merge_by_a_function_is_refused_with_its_mode()
        => FluentActions.Invoking(() => Load(Chain(Merge("lambda x: x", Chain(Dense("a", 3, 4)), Chain(Dense("b", 3, 2)))), [])).Should()
            .Throw<ModelFormatException>().WithMessage("*Merge of mode lambda*").Which.Fault.Code.Should().Be("unknown_class");

    public void Dispose() => _folder.Delete(recursive: true);

    private static double[] Each(double[][] parts, Func<IEnumerable<double>, double> join)
        => [.. Enumerable.Range(0, parts[0].Length).Select(i => join(parts.Select(part => part[i])))];

    private static double[][] Rows(int seed, int length)
        => [.. Enumerable.Range(0, Samples).Select(n => Enumerable.Range(0, length)
            .Select(i => Math.Round(Math.Sin(1.3 * (seed * 31 + n * length + i)), 3)).ToArray())];

    private static double Weight(string layer, int at) => Math.Round(0.6 * Math.Cos(0.9 * at + layer[0]), 3);

    private static double[] Tanh(string layer, (int In, int Out) size, double[] x) => [.. Enumerable.Range(0, size.Out).Select(o
        => Math.Tanh(Weight(layer, 1000 + o) + Enumerable.Range(0, size.In).Sum(i => x[i] * Weight(layer, i * size.Out + o))))];

    private static string Dense(string name, int units, int? input = null) => $$"""
        {"class_name": "Dense", "config": {"name": "{{name}}", "output_dim": {{units}}, "activation": "tanh", "init": "glorot_uniform",
        "bias": true{{(input is { } length ? $", \"batch_input_shape\": [null, {length}], \"input_dim\": {length}" : "")}}} }
        """;

    private static string Chain(params string[] layers)
        => $$"""{"class_name": "Sequential", "config": [{{string.Join(", ", layers)}}]}""";

    private static string Merge(string mode, params string[] branches) => Named("merge_1", mode, branches);

    private static string Named(string name, string mode, params string[] branches) => $$"""
        {"class_name": "Merge", "config": {"name": "{{name}}", "mode": "{{mode}}", "mode_type": "raw", "concat_axis": -1, "dot_axes": -1,
        "output_shape": null, "output_shape_type": "raw", "output_mask": null, "output_mask_type": "raw", "arguments": {},
        "layers": [{{string.Join(", ", branches)}}]} }
        """;

    private Model Load(string config, Dictionary<string, (int In, int Out)> sizes)
    {
        var path = Path.Combine(_folder.FullName, "merged.h5");
        AtomicFile.Write(path, stream => KerasLegacy.Write(stream, new()
        {
            ModelConfig = config,
            KerasVersion = "1.2.2",
            Layers = [.. sizes.Select(pair => new KerasLegacyLayer<NDArray>(pair.Key, [
                new($"{pair.Key}_W:0", NDArray.From<float>([.. Enumerable.Range(0, pair.Value.In * pair.Value.Out)
                    .Select(i => (float)Weight(pair.Key, i))], pair.Value.In, pair.Value.Out)),
                new($"{pair.Key}_b:0", NDArray.From<float>([.. Enumerable.Range(0, pair.Value.Out)
                    .Select(i => (float)Weight(pair.Key, 1000 + i))], pair.Value.Out))]))],
        }));
        return Model.Load(path, Device.Cpu);
    }

    private void ShouldBe(string config, Dictionary<string, (int In, int Out)> sizes, double[][][] inputs,
        Func<int, Func<string, double[], double[]>, double[]> expected, int[][]? shapes = null)
    {
        using var model = Load(config, sizes);
        var arrays = inputs.Select((rows, i) => NDArray.From<float>([.. rows.SelectMany(row => row).Select(value => (float)value)],
            [Samples, .. shapes?[i] ?? [rows[0].Length]])).ToList();
        var actual = model.Predict(arrays)[0].ToArray<float>();
        double[] right = [.. Enumerable.Range(0, Samples).SelectMany(n => expected(n, (layer, x) => Tanh(layer, sizes[layer], x)))];
        actual.Length.Should().Be(right.Length);
        actual.Select((value, i) => Math.Abs(value - right[i])).Max().Should().BeLessThan(2e-5);
    }
}
