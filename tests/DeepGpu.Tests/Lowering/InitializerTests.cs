using System.Collections.Immutable;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Random initializers by the moments and limits of their formulas, on a kernel of 3x3 positions,
/// 64 channels and 96 filters.</summary>
public class InitializerTests
{
    private const double FanIn = 9 * 64;
    private const double FanOut = 9 * 96;
    private const double Truncated = 2 / 0.87962566103423978;
    private static readonly ImmutableArray<int> Kernel = [3, 3, 64, 96];

    /// <summary>Initializer, mean, standard deviation, and the largest distance from the mean in standard deviations.</summary>
    public static TheoryData<Initializer, double, double, double> Moments => new()
    {
        { new GlorotUniform(), 0, Math.Sqrt(2 / (FanIn + FanOut)), Math.Sqrt(3) },
        { new GlorotNormal(), 0, Math.Sqrt(2 / (FanIn + FanOut)), Truncated },
        { new HeUniform(), 0, Math.Sqrt(2 / FanIn), Math.Sqrt(3) },
        { new HeNormal(), 0, Math.Sqrt(2 / FanIn), Truncated },
        { new LecunUniform(), 0, Math.Sqrt(1 / FanIn), Math.Sqrt(3) },
        { new LecunNormal(), 0, Math.Sqrt(1 / FanIn), Truncated },
        { new RandomUniform(-1, 3), 1, 4 / Math.Sqrt(12), Math.Sqrt(3) },
        { new RandomNormal(2, 0.5), 2, 0.5, double.PositiveInfinity },
        { new TruncatedNormal(2, 0.5), 2, 0.5 * 0.87962566103423978, Truncated },
        { new VarianceScaling(), 0, Math.Sqrt(1 / FanIn), Truncated },
        { new VarianceScaling(3, FanMode.FanOut, VarianceDistribution.Uniform), 0, Math.Sqrt(3 / FanOut), Math.Sqrt(3) },
        { new VarianceScaling(3, FanMode.FanAvg, VarianceDistribution.UntruncatedNormal), 0,
            Math.Sqrt(6 / (FanIn + FanOut)), double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Mean_deviation_and_limits_are_those_of_the_formula(Initializer initializer, double mean, double deviation, double limit)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        var distances = (InitialValues.Sample(initializer, Kernel, random).to(torch.ScalarType.Float64) - mean) / deviation;
        distances.mean().item<double>().Should().BeApproximately(0, 0.02);
        distances.std().item<double>().Should().BeApproximately(1, 0.02);
        distances.abs().max().item<double>().Should().BeLessThanOrEqualTo(limit * 1.000001);
        if (double.IsFinite(limit)) distances.abs().max().item<double>().Should().BeGreaterThan(0.98 * limit);
    }

    [Theory]
    [InlineData(40, 24)]
    [InlineData(24, 40)]
    [InlineData(3, 3, 4, 20)]
    public void Orthogonal_matrices_have_orthogonal_rows_or_columns_of_the_gain(params int[] shape)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        var matrix = InitialValues.Sample(new Orthogonal(2), [.. shape], random).reshape(-1, shape[^1]).to(torch.ScalarType.Float64);
        var products = matrix.shape[0] < matrix.shape[1] ? matrix.matmul(matrix.t()) : matrix.t().matmul(matrix);
        (products - 4 * torch.eye(products.shape[0], dtype: torch.ScalarType.Float64)).abs().max().item<double>().Should().BeLessThan(1e-5);
    }

    [Fact]
    public void The_identity_is_one_on_the_diagonal_times_the_gain()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        InitialValues.Sample(new IdentityInitializer(3), [2, 3], random).data<float>().ToArray().Should().Equal(3, 0, 0, 0, 3, 0);
    }

    [Fact]
    public void A_constant_array_repeats_along_the_weights_axes()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        float[] Sample(ConstantValue value, params int[] shape)
            => InitialValues.Sample(new Constant(value), [.. shape], random).data<float>().ToArray();
        Sample(0.5, 2, 1).Should().Equal(0.5f, 0.5f);
        Sample(new double[] { 1, 2, 3 }, 2, 3).Should().Equal(1, 2, 3, 1, 2, 3);
        Sample(NDArray.From<int>([4, 5], 2, 1), 2, 3).Should().Equal(4, 4, 4, 5, 5, 5);
        Sample(NDArray.From<double>([1, 2, 3, 4, 5, 6], 1, 2, 3), 1, 2, 3).Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void Renormalisation_starts_its_deviations_at_the_root_of_the_variance()
    {
        var layer = new BatchNormalization
        {
            Renorm = true,
            MovingVarianceInitializer = new Constant(new double[] { 4, 0.25 }),
            MovingMeanInitializer = new Constant(3)
        };
        using var model = Sequential.Input(2).Apply(layer).Build().ToModel(Device.Cpu, seed: 1);
        float[] Of(string name) => model.Weights.Single(weight => weight.Spec.Name == name).ToArray().ToArray<float>();
        Of("moving_variance").Should().Equal(4, 0.25f);
        Of("moving_stddev").Should().Equal(2, 0.5f);
        Of("renorm_stddev").Should().Equal(2, 0.5f);
        Of("renorm_mean").Should().Equal(3, 3);
    }

    [Fact]
    public void A_seed_of_its_own_gives_the_same_values_whatever_the_models_seed()
    {
        using var scope = torch.NewDisposeScope();
        using var one = new torch.Generator(1);
        using var two = new torch.Generator(2);
        var initializer = new HeNormal { Seed = 5 };
        InitialValues.Sample(initializer, Kernel, one).Equals(InitialValues.Sample(initializer, Kernel, two)).Should().BeTrue();
    }
}
