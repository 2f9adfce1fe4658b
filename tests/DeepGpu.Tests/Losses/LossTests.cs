using TorchSharp;

namespace DeepGpu.Tests.Training;

public class LossTests
{
    public LossTests() => TorchRuntime.Start();

    [Fact]
    public void Cross_entropy_of_probabilities_is_minus_the_log_of_the_right_one()
    {
        using var scope = torch.NewDisposeScope();
        var probabilities = torch.tensor(new float[,] { { 0.25f, 0.75f }, { 0.5f, 0.5f } });
        var loss = Loss.SparseCategoricalCrossentropy().PerSample(torch.tensor(new[] { 1, 0 }), probabilities, isLogits: false);
        loss.data<float>().ToArray().Should().SatisfyRespectively(
            first => first.Should().BeApproximately(-MathF.Log(0.75f), 1e-6f),
            second => second.Should().BeApproximately(-MathF.Log(0.5f), 1e-6f));
    }

    [Fact]
    public void Cross_entropy_from_logits_stays_finite_where_the_probability_rounds_to_zero()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new float[,] { { 0, 200 } });
        Loss.SparseCategoricalCrossentropy(fromLogits: true).PerSample(torch.tensor(new[] { 0 }), logits, isLogits: false)
            .item<float>().Should().Be(200);
        Loss.CategoricalCrossentropy(fromLogits: true).PerSample(torch.tensor(new float[,] { { 1, 0 } }), logits, isLogits: false)
            .item<float>().Should().Be(200);
    }

    [Fact]
    public void Accuracy_is_the_share_of_right_classes_over_all_batches()
    {
        using var scope = torch.NewDisposeScope();
        using var metric = Metric.Accuracy().Begin();
        metric.Add(torch.tensor(new[] { 1, 0 }), torch.tensor(new float[,] { { 0.1f, 0.9f }, { 0.2f, 0.8f } }));
        metric.Add(torch.tensor(new float[,] { { 1, 0 } }), torch.tensor(new float[,] { { 0.6f, 0.4f } }));
        metric.Result().Should().BeApproximately(2.0 / 3, 1e-12);
        metric.Reset();
        metric.Result().Should().Be(0);
    }
}
