using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Circle loss against its formula, pair by pair.</summary>
public class CircleTests
{
    private const int Features = 3;

    private static readonly long[] Classes = [4, -1, 4, 4, 7, -1, 9];

    public CircleTests() => TorchRuntime.Start();

    public static TheoryData<Circle> Options => new(
        new Circle(), new Circle { RemoveDiagonal = false }, new Circle { Gamma = 3, Margin = 0.1 },
        new Circle { Gamma = 0.5, Margin = 0, RemoveDiagonal = false });

    [Theory, MemberData(nameof(Options), DisableDiscoveryEnumeration = true)]
    public void Each_sample_has_the_loss_of_the_formula(Circle loss)
    {
        using var scope = torch.NewDisposeScope();
        var expected = ByPairs(loss);
        var each = loss.PerSample(torch.tensor(Classes), Embeddings(), isLogits: false).data<double>().ToArray();
        each.Should().HaveCount(Classes.Length);
        each.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-10 * Math.Max(1, pair.Second));
    }

    [Fact]
    public void A_mean_is_over_the_samples_with_a_loss()
    {
        using var scope = torch.NewDisposeScope();
        var each = ByPairs(new Circle());
        each.Count(loss => loss == 0).Should().Be(2, "a class of one sample has no positive pair");
        var mean = new Circle().Compute(torch.tensor(Classes).reshape(-1, 1), Embeddings());
        mean.item<double>().Should().BeApproximately(each.Sum() / 5, 1e-9);
        var sum = new Circle { Reduction = Reduction.Sum }.Compute(torch.tensor(Classes), Embeddings());
        sum.item<double>().Should().BeApproximately(each.Sum(), 1e-9);
    }

    [Fact]
    public void A_batch_of_one_class_has_no_loss_and_no_gradient()
    {
        using var scope = torch.NewDisposeScope();
        var output = Embeddings().requires_grad_();
        var loss = new Circle().Compute(torch.ones(7, torch.ScalarType.Int64), output);
        loss.backward();
        loss.item<double>().Should().Be(0);
        output.grad!.data<double>().ToArray().Should().AllBeEquivalentTo(0.0);
    }

    [Fact]
    public void Its_gradient_is_the_slope_of_the_formula_and_finite_beside_samples_without_pairs()
    {
        using var scope = torch.NewDisposeScope();
        var (loss, output) = (new Circle { Gamma = 2, Reduction = Reduction.Sum }, Embeddings().requires_grad_());
        loss.Compute(torch.tensor(Classes), output).backward();
        foreach (var element in new[] { 0, 4, 11, 20 })
        {
            var slope = (At(element, 1e-6) - At(element, -1e-6)) / 2e-6;
            output.grad!.flatten()[element].item<double>().Should().BeApproximately(slope, 1e-6);
        }

        double At(int element, double by)
        {
            var moved = output.detach().clone();
            moved.flatten()[element].add_(by);
            return loss.Compute(torch.tensor(Classes), moved).item<double>();
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_training()
    {
        Refused(NDArray.From<float>([1, 1.5f], 2), "circle needs whole numbers as targets, but target 1 is 1.5.*");
        Refused(
            NDArray.From<int>([1, 1, 0, 1], 2, 2),
            "circle needs one class (batch) for each vector of an output (batch, features), here (batch, 3) but receives (2, 2).*");
    }

    [Fact]
    public void Faults_name_the_option()
    {
        FluentActions.Invoking(() => new Circle { Gamma = 0 }).Should().Throw<DeepGpuArgumentException>().WithMessage("*gamma*");
        FluentActions.Invoking(() => new Circle { Margin = -0.1 }).Should().Throw<DeepGpuArgumentException>().WithMessage("*margin*");
    }

    private static void Refused(NDArray targets, string message)
    {
        using var model = Sequential.Input(2).Dense(3).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), Loss.Circle());
        FluentActions.Invoking(() => model.Fit(Dataset.FromArrays(NDArray.Zeros(DataType.Float32, [2, 2]), targets)))
            .Should().Throw<TrainingDataException>().WithMessage(message);
    }

    private static torch.Tensor Embeddings()
    {
        var numbers = Enumerable.Range(0, Classes.Length * Features).Select(i => Math.Sin(1.9 * i + 0.3)).ToArray();
        return torch.nn.functional.normalize(torch.tensor(numbers, Classes.Length, Features), dim: 1);
    }

    private static double[] ByPairs(Circle loss)
    {
        var y = Embeddings().data<double>().ToArray();
        return [.. Enumerable.Range(0, Classes.Length).Select(Sample)];

        double Sample(int i)
        {
            var (near, far) = (0.0, 0.0);
            for (var j = 0; j < Classes.Length; j++)
            {
                var d = Math.Max(1 - Enumerable.Range(0, Features).Sum(f => y[i * Features + f] * y[j * Features + f]), 0);
                if (Classes[i] != Classes[j]) far += Math.Exp(loss.Gamma * Math.Max(1 + loss.Margin - d, 0) * (1 - loss.Margin - d));
                else if (i != j || !loss.RemoveDiagonal) near += Math.Exp(-loss.Gamma * (loss.Margin + d) * (loss.Margin - d));
            }

            var x = Math.Log(near) + Math.Log(far);
            return Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
        }
    }
}
