using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>RandAugment and AugMix: which operations they choose, how they mix, what they keep.</summary>
public class AugmentationPolicyTests
{
    private const int Seeds = 660;

    /// <summary>Every operation of one outcome, with the strength 0.75; contrast and posterization draw among several.</summary>
    private static readonly (string Name, ImageLayer Layer)[] Certain =
    [
        ("translation", new RandomTranslation((0.75, 0.75), (0.75, 0.75))), ("rotation", new RandomRotation((0.75, 0.75))),
        ("brightness", new RandomBrightness((0.75, 0.75))), ("degeneration", new RandomColorDegeneration((0.75, 0.75))),
        ("sharpness", new RandomSharpness((0.75, 0.75))),
        ("solarization", new Solarization { AdditionFactor = (0.75, 0.75), ThresholdFactor = (0.75, 0.75) }),
        ("contrast stretched", new AutoContrast()), ("equalization", new Equalization()),
        .. Enumerable.Range(1, 5).Select(bits => ("posterization", (ImageLayer)new RandomPosterization((bits, bits)))),
    ];

    [Fact]
    public void RandAugment_chooses_each_of_the_eleven_operations_equally_often()
    {
        using var scope = torch.NewDisposeScope();
        var x = Images(2);
        var known = Certain.Select(operation => (operation.Name, Output: Run(operation.Layer, x, 0))).ToList();
        var layer = new RandAugment { NumOps = 1, Factor = (0.75, 0.75) };
        var counts = Enumerable.Range(0, Seeds).Select(seed => Name(Run(layer, x, (ulong)seed), x, known)).CountBy(name => name)
            .ToDictionary();
        counts.Keys.Should().BeEquivalentTo([.. Certain.Select(operation => operation.Name).Distinct(), "contrast", "shear"]);
        counts.Values.Should().OnlyContain(count => count > Seeds / 11 - 30 && count < Seeds / 11 + 30);
    }

    [Theory]
    [InlineData(0, 255, 3, DataFormat.ChannelsLast)]
    [InlineData(0, 1, 1, DataFormat.ChannelsFirst)]
    [InlineData(20, 200, 3, DataFormat.ChannelsFirst)]
    public void Outcomes_are_numbers_in_the_range_even_of_constant_images(double least, double most, int channels, DataFormat format)
    {
        using var scope = torch.NewDisposeScope();
        var random = torch.rand(3, 5, 7, channels, generator: new torch.Generator(1));
        var unit = torch.cat([random, torch.zeros_like(random), torch.ones_like(random), torch.full_like(random, 0.3)]);
        var x = unit * (most - least) + least;
        if (format == DataFormat.ChannelsFirst) x = x.permute(0, 3, 1, 2);
        ImageLayer[] layers = [new RandAugment { NumOps = 4, Factor = 1, ValueRange = [least, most] },
            new AugMix { Factor = 1, ChainDepth = 5, Alpha = 1e-3, ValueRange = [least, most] }];
        foreach (var layer in layers)
        {
            for (ulong seed = 0; seed < 60; seed++)
            {
                var y = Run(layer with { DataFormat = format }, x, seed);
                y.shape.Should().Equal(x.shape);
                y.isfinite().all().item<bool>().Should().BeTrue();
                y.min().item<float>().Should().BeGreaterThanOrEqualTo((float)(least - 1e-5 * (most - least)));
                y.max().item<float>().Should().BeLessThanOrEqualTo((float)(most + 1e-5 * (most - least)));
            }
        }
    }

    [Fact]
    public void Operations_are_one_for_a_batch_and_their_strengths_one_for_each_image()
    {
        using var scope = torch.NewDisposeScope();
        var x = Images(1).expand(6, -1, -1, -1);
        var layer = new RandAugment { NumOps = 1, Factor = (0.05, 0.2) };
        var outcomes = Enumerable.Range(0, 40).Select(seed => Run(layer, x, (ulong)seed)).ToList();
        outcomes.Count(y => y.equal(y.narrow(0, 0, 1).expand_as(y)).all().item<bool>()).Should().BeInRange(4, 19, "3 of 11 draw nothing");
        var brightened = outcomes.Count(y => IsShifted(y, x));
        brightened.Should().BeInRange(1, 12, "all six images are shifted, or none");
    }

    [Fact]
    public void AugMix_mixes_the_image_with_its_chain_by_an_evenly_drawn_share()
    {
        using var scope = torch.NewDisposeScope();
        var x = Images(2);
        var known = Certain.Select(operation => Run(operation.Layer, x, 0) - x).ToList();
        var layer = new AugMix { NumChains = 1, ChainDepth = 1, Factor = (0.75, 0.75), AllOps = true };
        var outcomes = Enumerable.Range(0, 200).Select(seed => Run(layer, x, (ulong)seed) - x).ToList();
        outcomes.Count(change => change.abs().max().item<float>() < 1e-3).Should().BeInRange(5, 35, "1 choice of 12 is none");
        var shares = outcomes.SelectMany(change => known.Select(k => Share(change, k))).OfType<double>().ToList();
        shares.Should().HaveCountGreaterThan(80).And.OnlyContain(share => share >= 0 && share <= 1.0001);
        shares.Average().Should().BeInRange(0.4, 0.6);
        shares.Count(share => share < 0.25).Should().BeInRange(shares.Count / 8, shares.Count * 3 / 8);
    }

    [Fact]
    public void AugMix_without_all_operations_leaves_out_those_of_colour()
    {
        using var scope = torch.NewDisposeScope();
        var x = Images(2);
        var brighter = Run(new RandomBrightness((0.75, 0.75)), x, 0) - x;
        int Brighter(bool all) => Enumerable.Range(0, 200).Count(seed
            => Share(Run(new AugMix { NumChains = 1, ChainDepth = 1, Factor = (0.75, 0.75), AllOps = all }, x, (ulong)seed) - x, brighter)
                is not null);
        Brighter(true).Should().BeInRange(5, 35);
        Brighter(false).Should().Be(0);
        using var spec = Sequential.Input(4, 4, 2).Apply(new AugMix { AllOps = false }).Build().ToModel(Device.Cpu, seed: 1);
        FluentActions.Invoking(() => Sequential.Input(4, 4, 2).AugMix().Build()).Should().Throw<DeepGpuException>();
        FluentActions.Invoking(() => Sequential.Input(4, 4, 2).RandAugment().Build()).Should().Throw<DeepGpuException>();
    }

    [Fact]
    public void Chains_of_no_operation_and_no_operations_return_the_image()
    {
        using var scope = torch.NewDisposeScope();
        var x = Images(2);
        (Run(new AugMix { ChainDepth = 0, NumChains = 5 }, x, 1) - x).abs().max().item<float>().Should().BeLessThan(1e-3f);
        Run(new RandAugment { NumOps = 0 }, x, 1).equal(x).all().item<bool>().Should().BeTrue();
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(30)]
    public void Dirichlet_shares_have_the_distributions_mean_and_variance(double alpha)
    {
        var random = new SampleRandom(4);
        var draws = Enumerable.Range(0, 20_000).Select(_ => RandomNumbers.Dirichlet(random, 4, alpha)).ToList();
        draws.Should().OnlyContain(shares => Math.Abs(shares.Sum() - 1) < 1e-12);
        for (var i = 0; i < 4; i++)
        {
            var (mean, variance) = (draws.Average(shares => shares[i]), 0.25 * 0.75 / (4 * alpha + 1));
            mean.Should().BeApproximately(0.25, 5 * Math.Sqrt(variance / draws.Count));
            draws.Average(shares => Math.Pow(shares[i] - 0.25, 2)).Should().BeApproximately(variance, 0.05 * variance);
        }
    }

    [Fact]
    public void Dirichlet_shares_of_a_tiny_parameter_fall_to_one_alone()
        => RandomNumbers.Dirichlet(new SampleRandom(1), 3, 1e-4).Order().Should().SatisfyRespectively(
            least => least.Should().BeLessThan(1e-9),
            middle => middle.Should().BeLessThan(1e-9),
            most => most.Should().BeGreaterThan(0.999));

    [Fact]
    public void Configs_of_Keras_are_read_as_they_are_written()
    {
        const string Rand = """{"class_name": "RandAugment", "config": {"name": "a", "trainable": true, "dtype": "float32","""
            + """ "value_range": [0, 1], "num_ops": 3, "factor": [0, 0.7], "interpolation": "nearest", "seed": 3}}""";
        const string Mix = """{"class_name": "AugMix", "config": {"name": "m", "value_range": [0, 255], "num_chains": 2,"""
            + """ "chain_depth": 5, "factor": [0, 0.4], "alpha": 0.5, "all_ops": false, "interpolation": "bilinear", "seed": null}}""";
        Read(Rand).Should().BeOfType<RandAugment>().Which.Should().Be(new RandAugment
        {
            Name = "a",
            ValueRange = [0, 1],
            NumOps = 3,
            Factor = 0.7,
            Interpolation = Interpolation.Nearest,
            Policy = ((RandAugment)Read(Rand)).Policy,
        });
        Read(Mix).Should().Be(new AugMix { Name = "m", NumChains = 2, ChainDepth = 5, Factor = 0.4, Alpha = 0.5, AllOps = false });
        new RandAugment().Factor.Should().Be(new FactorRange(0, 0.5));
        new AugMix().Factor.Should().Be(new FactorRange(0, 0.3));
    }

    private static Layer Read(string json) => LayerJson.Read(System.Text.Json.Nodes.JsonNode.Parse(json));

    /// <summary>Images of 1 to 200, so that operations differ.</summary>
    private static torch.Tensor Images(int count)
        => (torch.rand(count, 6, 6, 3, generator: new torch.Generator(9)) * 199 + 1).floor();

    private static string Name(torch.Tensor y, torch.Tensor x, List<(string Name, torch.Tensor Output)> known)
    {
        var match = known.FirstOrDefault(k => Enumerable.Range(0, 2).All(b => known.Where(other => other.Name == k.Name)
            .Any(other => (other.Output[b] - y[b]).abs().max().item<float>() < 1e-3)));
        if (match.Name is { } name) return name;
        return IsContrast(y, x) ? "contrast" : "shear";
    }

    /// <summary>Whether each channel differs from its mean by one factor times what it did, where nothing is cut off.</summary>
    private static bool IsContrast(torch.Tensor y, torch.Tensor x)
    {
        var (spread, before) = (y[0] - x[0].mean([0, 1], keepdim: true), x[0] - x[0].mean([0, 1], keepdim: true));
        var ratio = (spread / before)[y[0].gt(0.01).logical_and(y[0].lt(254.99)).logical_and(before.abs().gt(1))];
        return (ratio.max() - ratio.min()).item<float>() < 1e-2;
    }

    private static bool IsShifted(torch.Tensor y, torch.Tensor x)
    {
        var shift = y - x;
        return Enumerable.Range(0, 6).All(b => (shift[b].max() - shift[b].min()).item<float>() < 1e-3 && shift[b].max().item<float>() > 1)
            && (shift.max() - shift.min()).item<float>() > 1;
    }

    /// <summary>By how much of a known change an image changed; null if by something else.</summary>
    private static double? Share(torch.Tensor change, torch.Tensor known)
    {
        var share = ((change * known).sum() / (known * known).sum()).item<float>();
        return Math.Abs(share) > 1e-4 && (change - known * share).abs().max().item<float>() < 2e-3 ? share : null;
    }

    private static torch.Tensor Run(Layer layer, torch.Tensor x, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Sequential.Input([.. x.shape.Skip(1).Select(n => (int?)n)]).Apply(layer).Build().ToModel(Device.Cpu, seed: 1);
        return model.Graph.Run([new(x)], ForwardContext.Training(new torch.Generator(seed)))[0].Tensor.clone().MoveToOuterDisposeScope();
    }
}
