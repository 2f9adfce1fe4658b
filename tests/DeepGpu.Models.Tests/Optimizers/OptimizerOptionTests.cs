using System.Reflection;

namespace DeepGpu.Models.Tests.Optimizers;

public class OptimizerOptionTests
{
    public static TheoryData<string> Names => [.. OptimizerCases.All.Keys];

    public static TheoryData<string, Func<object>> Faults => new()
    {
        { "Adam: learningRate must be finite and above 0, but is -1. Pass a value that is finite and above 0.", () => Optimizer.Adam(-1) },
        { "Adam: learningRate must be finite and above 0, but is NaN. *", () => Optimizer.Adam(double.NaN) },
        { "Adam: beta1 must be at least 0 and below 1, but is 1. *", () => new Adam { Beta1 = 1 } },
        { "Sgd: momentum must be at least 0 and below 1, but is 1. *", () => new Sgd { Momentum = 1 } },
        { "RMSprop: momentum must be at least 0 and below 1, but is -0.1. *", () => new RMSprop { Momentum = -0.1 } },
        { "Adam: only one of clipNorm, globalClipNorm and clipValue may be set, but a second one is. Set one, and leave the others null.",
            () => new Adam { ClipNorm = 1, ClipValue = 1 } },
        { "Adam: clipValue must be finite and above 0, but is 0. *", () => new Adam { ClipValue = 0 } },
        { "Adam: emaMomentum must be from 0 to 1, but is 1.5. *", () => new Adam { EmaMomentum = 1.5 } },
        { "Adam: gradientAccumulationSteps must be at least 2, but is 1. *", () => new Adam { GradientAccumulationSteps = 1 } },
        { "Adam: layerRates must be one factor a layer, but is two for 'a'. *",
            () => new Adam { LayerRates = [new("a", 1), new("a", 2)] } },
        { "LayerRate: layer must be a layer's name, but is empty. *", () => new LayerRate("", 1) },
        { "LayerRate: multiplier must be finite and above 0, but is 0. *", () => new LayerRate("a", 0) },
        { "AdamW: excludeFromWeightDecay must be texts of at least one character, but is empty. *",
            () => new AdamW { ExcludeFromWeightDecay = [""] } },
        { "Ftrl: learningRatePower must be finite and at most 0, but is 0.5. *", () => new Ftrl { LearningRatePower = 0.5 } },
        { "ScheduleFreeAdamW: beta1 must be above 0 and at most 1, but is 0. *", () => new ScheduleFreeAdamW { Beta1 = 0 } },
        { "Muon: excludeLayers must be regular expressions, but is *", () => new Muon { ExcludeLayers = ["dense", "(out"] } },
        { "Muon: excludeLayers must be texts of at least one character, but is empty. *", () => new Muon { ExcludeLayers = [""] } },
        { "Lion: beta1 must be above 0 and at most 1, but is 0. *", () => new Lion { Beta1 = 0 } },
        { "LossScaleOptimizer: innerOptimizer must be an optimizer without a loss scale, but is LossScaleOptimizer. *",
            () => new LossScaleOptimizer(new Adam().WithLossScaling()) },
        { "PiecewiseConstantDecay: values must be 3 finite rates of at least 0, one more than boundaries, but is 0.1, 0.2. *",
            () => new PiecewiseConstantDecay([1, 2], [0.1, 0.2]) },
        { "PiecewiseConstantDecay: boundaries must be one or more steps, each above the one before, but is 2, 1. *",
            () => new PiecewiseConstantDecay([2, 1], [1, 1, 1]) },
        { "CosineDecay: decaySteps must be finite and above 0, but is 0. *", () => new CosineDecay(1, 0) },
        { "LinearWarmup: schedule must be finite and above 0, but is 0. *", () => new LinearWarmup(0, 5) },
    };

    /// <summary>Options that may have either sign.</summary>
    private static readonly string[] Coefficients = [nameof(Muon.MuonA), nameof(Muon.MuonC)];

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_names_the_option_its_range_and_what_it_is(string text, Func<object> make)
        => FluentActions.Invoking(make).Should().Throw<DeepGpuArgumentException>().Which.Fault.ToString().Should().Match(text);

    [Theory, MemberData(nameof(Names))]
    public void Every_number_that_makes_no_sense_is_refused(string name)
    {
        var optimizer = OptimizerCases.All[name];
        foreach (var option in OptimizerCases.Options(optimizer).Where(option => Number(option) == typeof(double)))
        {
            foreach (var nonsense in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
                Refuses(optimizer, option, nonsense);
            if (option.GetValue(optimizer) is not < 0.0 && !Coefficients.Contains(option.Name)) Refuses(optimizer, option, -0.5);
        }

        foreach (var option in OptimizerCases.Options(optimizer).Where(option => Number(option) == typeof(int)))
        {
            Refuses(optimizer, option, option.GetValue(optimizer) is 0 ? -1 : 0);
        }
    }

    [Fact]
    public void A_number_becomes_a_constant_rate()
    {
        LearningRateSchedule rate = 0.5;
        rate.Should().Be(new ConstantRate(0.5));
        rate.At(1_000_000).Should().Be(0.5);
    }

    [Fact]
    public void Optimizers_with_equal_options_are_equal()
    {
        static Optimizer Make()
            => new AdamW
            {
                LearningRate = new PiecewiseConstantDecay([1], [0.1, 0.2]),
                ExcludeFromWeightDecay = ["bias"],
                LayerRates = [new("a", 2)]
            };
        Make().Should().Be(Make());
        Make().GetHashCode().Should().Be(Make().GetHashCode());
    }

    [Fact]
    public void The_state_counts_the_rules_tensors_averages_and_gathered_gradients()
    {
        new Sgd().StateBytesPerParameter.Should().Be(0);
        new Adam().StateBytesPerParameter.Should().Be(8);
        new Adam { AmsGrad = true, UseEma = true, GradientAccumulationSteps = 2 }.WithLossScaling().StateBytesPerParameter.Should().Be(20);
        new ScheduleFreeAdamW().StateBytesPerParameter.Should().Be(8);
        new Muon { UseEma = true }.StateBytesPerParameter.Should().Be(12);
    }

    [Fact]
    public void A_forecast_counts_one_slot_for_Muons_matrices_and_their_products()
    {
        var model = Sequential.Input(6).Dense(30, name: "wide").Dense(10, name: "out").Build();
        var (bytes, flops) = Of(new Muon { ExcludeLayers = ["^out/"], NewtonSchulzSteps = 3 });
        bytes.Should().Be(7, "(180 * 4 + (30 + 300 + 10) * 8) / 520 is 6.6");
        flops.Should().Be(520 * (12 + 3 * (4 * 6 * 6 * 30 + 2 * 6 * 6 * 6) / 520));
        Of(new Muon { ExcludeLayers = ["wide", "out"] }.WithLossScaling()).Should().Be((8, 520 * 12));

        (int Bytes, double Flops) Of(Optimizer optimizer)
        {
            var work = model.Training(8, optimizer: optimizer);
            return (work.OptimizerStateBytesPerParameter, work.Operations.Sum(operation => operation.OptimizerFlops));
        }
    }

    [Fact]
    public void A_warm_up_climbs_to_the_schedule_that_follows()
    {
        var schedule = new LinearWarmup(new ExponentialDecay(1, 1, 0.5), 4);
        Enumerable.Range(0, 7).Select(step => schedule.At(step)).Should().Equal(0, 0.25, 0.5, 0.75, 1, 0.5, 0.25);
    }

    [Fact]
    public void One_cycle_rises_and_falls_as_in_PyTorch()
    {
        var schedule = new OneCycle(1, 10);
        schedule.At(0).Should().BeApproximately(0.04, 1e-12);
        schedule.At(2).Should().BeApproximately(1, 1e-12);
        schedule.At(9).Should().BeApproximately(0.04 / 1e4, 1e-12);
        schedule.At(100).Should().BeApproximately(0.04 / 1e4, 1e-12);
        schedule.At(1).Should().BeApproximately(0.52, 1e-12);
    }

    private static Type Number(PropertyInfo option) => Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;

    private static void Refuses(Optimizer optimizer, PropertyInfo option, object value)
        => FluentActions.Invoking(() => OptimizerCases.With(optimizer, option, value)).Should()
            .Throw<TargetInvocationException>($"{option.Name} = {value} makes no sense").WithInnerException<DeepGpuArgumentException>();
}
