using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Attention beyond the contract of every layer.</summary>
public class AttentionTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(9, true)]
    public void A_query_attends_within_the_sliding_window_only(int window, bool causal)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(
            new MultiHeadAttention(2, 3) { SlidingWindow = window, UseCausalMask = causal, ReturnAttentionScores = true },
            [new Shape(null, 6, 4), new Shape(null, 6, 4)]);
        var scores = run.Run([new(torch.randn(1, 6, 4)), new(torch.randn(1, 6, 4))])[1].Tensor;
        for (var query = 0; query < 6; query++)
            for (var key = 0; key < 6; key++)
                (scores[0, 1, query, key].item<float>() > 0).Should().Be(Math.Abs(query - key) < window && (!causal || key <= query),
                    "query {0}, key {1}", query, key);
        (scores.sum(-1) - 1).abs().max().item<float>().Should().BeLessThan(1e-6f);
    }

    /// <summary>Equal scores make each head the mean of the values; the gate alone tells one query from another.</summary>
    [Fact]
    public void A_gate_multiplies_each_head_with_the_sigmoid_of_a_projection_of_the_query()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new MultiHeadAttention(1, 2) { UseGate = true, UseBias = false },
            [new Shape(null, 3, 2), new Shape(null, 4, 2)]);
        var (query, value) = (torch.randn(1, 3, 2), torch.randn(1, 4, 2));
        var none = NDArray.Zeros(DataType.Float32, 2, 1, 2);
        run.Load([none, none, NDArray.From<float>([1, -2, 3, 0.5f], 2, 1, 2), NDArray.From<float>([1, 0, 0, 1], 2, 1, 2),
            NDArray.From<float>([1, 0, 0, 1], 1, 2, 2)]);
        var gate = query.matmul(torch.tensor(new float[,] { { 1, -2 }, { 3, 0.5f } })).sigmoid();
        var expected = value.mean([1], keepdim: true) * gate;
        (run.Run([new(query), new(value)])[0].Tensor - expected).abs().max().item<float>().Should().BeLessThan(1e-6f);
    }
}
