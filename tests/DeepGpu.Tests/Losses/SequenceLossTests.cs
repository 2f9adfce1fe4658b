using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>CTC against the sum over every path through the classes.</summary>
public class SequenceLossTests
{
    private const int Steps = 5;
    private const int Classes = 4;

    public SequenceLossTests() => TorchRuntime.Start();

    public static TheoryData<long[]> Rows => new([1, 2, 3], [1, 1, 0], [2, 2, 2], [3, 0, 0], [0, 0, 0], [1, 3, 1]);

    [Theory, MemberData(nameof(Rows))]
    public void The_loss_is_minus_the_log_of_the_sum_over_all_paths_that_say_the_labels(long[] row)
    {
        using var scope = torch.NewDisposeScope();
        var logits = Logits(1);
        var loss = new Ctc().PerSample(torch.tensor(row, 1, row.Length), logits, isLogits: false);
        loss.item<double>().Should().BeApproximately(ByEnumeration(row, logits), 1e-10);
    }

    [Fact]
    public void Every_sample_has_its_own_labels_and_length()
    {
        using var scope = torch.NewDisposeScope();
        var logits = Logits(3);
        long[][] rows = [[2, 1, 2], [3, 3, 0], [0, 0, 0]];
        var loss = new Ctc { Reduction = Reduction.Sum }.Compute(torch.tensor(rows.SelectMany(row => row).ToArray(), 3, 3), logits);
        var expected = rows.Select((row, i) => ByEnumeration(row, logits[i..(i + 1)])).Sum();
        loss.item<double>().Should().BeApproximately(expected, 1e-10);
    }

    [Fact]
    public void Its_gradient_is_the_slope_of_the_sum_over_paths()
    {
        using var scope = torch.NewDisposeScope();
        var logits = Logits(1).requires_grad_();
        long[] row = [1, 1, 3];
        new Ctc().PerSample(torch.tensor(row, 1, 3), logits, isLogits: false).sum().backward();
        for (var element = 0; element < Steps * Classes; element++)
        {
            var (up, down) = (Moved(logits, element, 1e-5), Moved(logits, element, -1e-5));
            var slope = (ByEnumeration(row, up) - ByEnumeration(row, down)) / 2e-5;
            logits.grad!.flatten()[element].item<double>().Should().BeApproximately(slope, 1e-7);
        }
    }

    [Fact]
    public void Sample_weights_weigh_and_floating_targets_are_taken()
    {
        using var scope = torch.NewDisposeScope();
        var logits = Logits(2);
        var loss = new Ctc().Compute(torch.tensor(new float[,] { { 1, 2 }, { 3, 0 } }), logits, weights: torch.tensor([0.5, 3.0]));
        var expected = (0.5 * ByEnumeration([1, 2], logits[..1]) + 3 * ByEnumeration([3, 0], logits[1..])) / 2;
        loss.item<double>().Should().BeApproximately(expected, 1e-10);
    }

    [Fact]
    public void Labels_that_no_path_says_have_an_infinite_loss()
    {
        using var scope = torch.NewDisposeScope();
        var loss = new Ctc().PerSample(torch.tensor(new long[] { 1, 1, 1, 1 }, 1, 4), Logits(1), isLogits: false);
        loss.item<double>().Should().Be(double.PositiveInfinity);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_training()
    {
        Refused(NDArray.From<int>([1, 4, 0, 2, 1, 0], 2, 3), "ctc needs class indices from 0 to 3, but target 1 is 4.*");
        Refused(
            NDArray.From<int>([1, 2], 2),
            "ctc needs labels (batch, labels) beside an output (batch, time, classes), here (batch, 5, 4) but receives (2).*");
        Refused(NDArray.From<int>([1, 2, 3, 0, 3, 3, 3, 3], 2, 4), "*but the labels of sample 1 need 7 of 5.*");
        Refused(NDArray.From<int>([1, 2, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0], 2, 6), "*but the labels of sample 0 need 6 of 5.*");
    }

    [Fact]
    public void A_model_learns_to_say_its_labels()
    {
        using var model = Sequential.Input(Steps, 2).Dense(8, Activation.Tanh).Dense(Classes).Build().ToModel(Device.Cpu, seed: 3);
        model.Compile(Optimizer.Adam(0.05), Loss.Ctc());
        var inputs = NDArray.From<float>([.. Enumerable.Range(0, 2 * Steps * 2).Select(i => MathF.Sin(i))], 2, Steps, 2);
        var history = model.Fit(Dataset.FromArrays(inputs, NDArray.From<int>([1, 2, 3, 0], 2, 2)), epochs: 60, batchSize: 2);
        history["loss"][^1].Should().BeLessThan(history["loss"][0] / 4);
    }

    private static void Refused(NDArray targets, string message)
    {
        using var model = Sequential.Input(Steps, 2).Dense(Classes).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), Loss.Ctc());
        FluentActions.Invoking(() => model.Fit(Dataset.FromArrays(NDArray.Zeros(DataType.Float32, [2, Steps, 2]), targets)))
            .Should().Throw<TrainingDataException>().WithMessage(message);
    }

    private static torch.Tensor Logits(int samples)
    {
        var numbers = Enumerable.Range(0, samples * Steps * Classes).Select(i => 1.7 * Math.Sin(2.3 * i + 0.4)).ToArray();
        return torch.tensor(numbers, samples, Steps, Classes);
    }

    private static torch.Tensor Moved(torch.Tensor logits, int element, double by)
    {
        var moved = logits.detach().clone();
        moved.flatten()[element].add_(by);
        return moved;
    }

    /// <summary>Every one of the classes^steps paths, those that say the labels added up.</summary>
    private static double ByEnumeration(long[] row, torch.Tensor logits)
    {
        var p = logits.detach().softmax(-1).data<double>().ToArray();
        var labels = row.Where(label => label != 0).ToArray();
        var sum = 0.0;
        for (var code = 0; code < (int)Math.Pow(Classes, Steps); code++)
        {
            var path = Enumerable.Range(0, Steps).Select(t => (long)(code / (int)Math.Pow(Classes, t) % Classes)).ToArray();
            var said = path.Where((c, t) => c != 0 && (t == 0 || c != path[t - 1]));
            if (said.SequenceEqual(labels)) sum += path.Select((c, t) => p[t * Classes + c]).Aggregate((a, b) => a * b);
        }

        return -Math.Log(sum);
    }
}
