using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Grouped-query attention against its equations, written out as loops.</summary>
public class GroupedQueryAttentionTests
{
    private static readonly (GroupedQueryAttention Layer, int Batch, int Queries, int Keys, bool HasKey)[] Cases =
    [
        (new GroupedQueryAttention(3, 4, 2), 1, 3, 5, false),
        (new GroupedQueryAttention(2, 6, 3) { UseBias = false, UseCausalMask = true }, 2, 5, 5, true),
        (new GroupedQueryAttention(3, 3, 1) { UseGate = true, SlidingWindow = 2 }, 3, 4, 7, false),
        (new GroupedQueryAttention(1, 2, 2) { UseGate = true, UseBias = false, SlidingWindow = 3, UseCausalMask = true }, 2, 7, 4, true),
        (new GroupedQueryAttention(5, 1, 1), 3, 1, 1, false),
    ];

    public static IEnumerable<ITheoryDataRow> Rows => Enumerable.Range(0, Cases.Length).SelectMany(i => Enumerable.Range(0, 4).Select(masks
        => new TheoryDataRow<int, int>(i, masks)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Output_and_scores_are_those_of_the_loop(int index, int masks)
    {
        using var scope = torch.NewDisposeScope();
        var (options, batch, queries, keys, hasKey) = Cases[index];
        var layer = options with { ReturnAttentionScores = true };
        List<Grid> inputs = [Grid.Random(1, batch, queries, 5), Grid.Random(2, batch, keys, 4), .. hasKey ? new[] { Grid.Random(3, batch,
            keys, 3) } : []];
        using var run = new LayerRun(layer, [.. inputs.Select(x => new Shape(null, x.Shape[1], x.Shape[2]))], PrecisionPolicy.Float64);
        var weights = run.Model.Weights.ToDictionary(weight => weight.Spec.Name, weight
            => Grid.Random(weight.Spec.Name.Length * 7 + (int)weight.Spec.Count, [.. weight.Spec.Shape]));
        run.Load([.. run.Model.Weights.Select(weight => weights[weight.Spec.Name].ToArray())]);
        Grid?[] given = [(masks & 1) > 0 ? Mask(batch, queries, 0) : null, (masks & 2) > 0 ? Mask(batch, keys, 1) : null,
            hasKey && masks == 3 ? Mask(batch, keys, 3) : null];
        var outputs = run.Run([.. inputs.Select((x, i) => new Signal(x.ToTensor(), given[i]?.ToTensor().to(torch.ScalarType.Bool)))]);
        var (output, scores) = new Loop(layer, weights, inputs, given).Run();
        output.Check(outputs[0].Tensor, 1e-10);
        scores.Check(outputs[1].Tensor, 1e-10);
        (outputs[0].Mask is not null).Should().Be((masks & 1) > 0);
    }

    [Fact]
    public void As_many_heads_of_keys_as_of_queries_is_multi_head_attention()
    {
        using var scope = torch.NewDisposeScope();
        Shape[] shapes = [new(null, 4, 6), new(null, 3, 6)];
        using var grouped = new LayerRun(new GroupedQueryAttention(3, 2, 2) { UseGate = true }, shapes);
        using var heads = new LayerRun(new MultiHeadAttention(2, 3) { UseGate = true }, shapes);
        heads.Load([.. grouped.Model.Weights.Select(weight => weight.ToArray())]);
        List<Signal> inputs = [new(torch.randn(2, 4, 6)), new(torch.randn(2, 3, 6))];
        (grouped.Run(inputs)[0].Tensor - heads.Run(inputs)[0].Tensor).abs().max().item<float>().Should().Be(0);
    }

    [Fact]
    public void Scores_are_returned_as_they_were_before_dropout()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        foreach (Layer layer in new Layer[] { new GroupedQueryAttention(3, 4, 2) { Dropout = 0.5, ReturnAttentionScores = true },
            new MultiHeadAttention(4, 3) { Dropout = 0.5, ReturnAttentionScores = true } })
        {
            using var run = new LayerRun(layer, [new Shape(null, 5, 4), new Shape(null, 6, 4)]);
            List<Signal> inputs = [new(torch.randn(2, 5, 4)), new(torch.randn(2, 6, 4))];
            var (trained, predicted) = (run.Run(inputs, ForwardContext.Training(random)), run.Run(inputs));
            (trained[1].Tensor - predicted[1].Tensor).abs().max().item<float>().Should().Be(0);
            (trained[0].Tensor - predicted[0].Tensor).abs().max().item<float>().Should().BeGreaterThan(1e-3f);
        }
    }

    [Fact]
    public void Weights_lie_in_Kerass_files_under_its_private_attributes_and_class()
    {
        var value = Sequential.Input(4, 6);
        var spec = value.GroupedQueryAttention(3, 4, 2).Apply(new GroupedQueryAttention(2, 2, 1) { UseGate = true }, value).Build();
        var paths = KerasWeightLayout.Objects(spec).Where(item => item.Weights.Count > 0).Select(item => item.Path).ToList();
        string[] first = ["query", "key", "value", "output"];
        paths.Where(path => path.StartsWith("layers/grouped_query_attention/", StringComparison.Ordinal)).Should().Equal(first.Select(name
            => $"layers/grouped_query_attention/_{name}_dense"));
        paths.Should().Contain("layers/grouped_query_attention_1/_gate_dense");
    }

    private static Grid Mask(int batch, int steps, int seed)
    {
        var mask = new Grid(batch, steps);
        foreach (var at in Grid.Places(batch, steps)) mask[at] = (at[0] + at[1] + seed) % 3 == 1 && at[1] > 0 ? 0 : 1;
        return mask;
    }

    private sealed class Loop(GroupedQueryAttention layer, Dictionary<string, Grid> weights, List<Grid> inputs, Grid?[] masks)
    {
        private Grid Query => inputs[0];

        private Grid Value => inputs[1];

        private Grid Key => inputs[^1];

        public (Grid Output, Grid Scores) Run()
        {
            var (batch, queries, keys) = (Query.Shape[0], Query.Shape[1], Value.Shape[1]);
            var scores = new Grid(batch, layer.NumQueryHeads, queries, keys);
            var output = new Grid(Query.Shape);
            foreach (var at in Grid.Places(batch, queries))
            {
                for (var head = 0; head < layer.NumQueryHeads; head++) Attend(at[0], head, at[1], scores);
                for (var feature = 0; feature < Query.Shape[2]; feature++) output[at[0], at[1], feature] = Output(at[0], at[1], feature,
                    scores);
            }

            return (output, scores);
        }

        private void Attend(int b, int head, int query, Grid scores)
        {
            var (keys, group) = (Value.Shape[1], head / (layer.NumQueryHeads / layer.NumKeyValueHeads));
            var logits = Enumerable.Range(0, keys).Select(key => Enumerable.Range(0, layer.HeadDim)
                .Sum(d => Projected("query", Query, b, query, head, d) * Projected("key", Key, b, key, group,
                    d)) / Math.Sqrt(layer.HeadDim)).ToArray();
            var allowed = Enumerable.Range(0, keys).Select(key => IsAllowed(b, query, key)).ToArray();
            var powers = logits.Select((logit, key) => allowed[key] ? Math.Exp(logit) : 0).ToArray();
            for (var key = 0; key < keys; key++) scores[b, head, query, key] = allowed.Contains(true) ? powers[key] / powers.Sum() : 0;
        }

        private bool IsAllowed(int b, int query, int key)
            => (masks[0] is null || masks[0]![b, query] > 0) && (masks[1] is null || masks[1]![b,
                key] > 0) && (masks[2] is null || masks[2]![b, key] > 0)
                && (!layer.UseCausalMask || key <= query) && (layer.SlidingWindow is not { } window || Math.Abs(query - key) < window);

        private double Output(int b, int query, int feature, Grid scores)
        {
            var sum = layer.UseBias ? weights["_output_dense/bias"][feature] : 0;
            foreach (var at in Grid.Places(layer.NumQueryHeads, layer.HeadDim))
            {
                var group = at[0] / (layer.NumQueryHeads / layer.NumKeyValueHeads);
                var attended = Enumerable.Range(0, Value.Shape[1]).Sum(key
                    => scores[b, at[0], query, key] * Projected("value", Value, b, key, group, at[1]));
                if (layer.UseGate) attended /= 1 + Math.Exp(-Projected("gate", Query, b, query, at[0], at[1]));
                sum += attended * weights["_output_dense/kernel"][at[0], at[1], feature];
            }

            return sum;
        }

        private double Projected(string name, Grid x, int b, int step, int head, int d)
        {
            var bias = layer.UseBias ? weights[$"_{name}_dense/bias"][head, d] : 0;
            return bias + Enumerable.Range(0, x.Shape[2]).Sum(feature
                => x[b, step, feature] * weights[$"_{name}_dense/kernel"][feature, head, d]);
        }
    }
}
