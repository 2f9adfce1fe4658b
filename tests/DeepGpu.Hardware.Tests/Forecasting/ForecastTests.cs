using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class ForecastTests
{
    private static readonly ModelSpec Vgg = Applications.VGG16();

    private static readonly ModelSpec Lstm = Sequential.Input(null, 64).LSTM(256, returnSequences: true).LSTM(256).Dense(10).Build();

    public static TheoryData<string> Cards
        => ["GeForce RTX 3090", "Tesla V100 SXM2 16GB", "A100 SXM4 80GB", "GeForce GTX 1080 Ti", "Radeon RX 6800 XT", "H100 SXM5 80GB"];

    [Theory]
    [MemberData(nameof(Cards))]
    public void Every_estimate_lies_within_its_interval(string name)
    {
        var forecast = Of(Vgg.Training(16), name);
        forecast.StepTime!.Value.Should().Match<Estimate<TimeSpan>>(t => t.Low < t.Value && t.Value < t.High && t.Basis.Length > 20);
        forecast.Memory.Peak.Should().Match<Estimate<ByteSize>>(m => m.Low < m.Value && m.Value < m.High);
        forecast.AveragePower!.Value.Should().Match<Estimate<Power>>(p => p.Low < p.Value && p.Value <= p.High);
        forecast.EnergyPerSample!.Value.Should().Match<Estimate<Energy>>(e => e.Low < e.Value && e.Value < e.High);
        forecast.Layers.Sum(layer => layer.Share).Should().BeApproximately(1, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void More_samples_take_longer_and_need_more_memory(string name)
    {
        var (small, large) = (Of(Vgg.Training(8), name), Of(Vgg.Training(16), name));
        large.StepTime!.Value.Value.Should().BeGreaterThan(small.StepTime!.Value.Value);
        large.Memory.Peak.Value.Should().BeGreaterThan(small.Memory.Peak.Value);
        large.SamplesPerSecond!.Value.Value.Should().BeGreaterThanOrEqualTo(small.SamplesPerSecond!.Value.Value);
    }

    /// <summary>RELIABILITY2 section 4 D: a name of a model is shown as escapes.</summary>
    [Fact]
    public void A_workloads_name_cannot_forge_a_line()
    {
        var work = Vgg.Training(8) with { Name = "x\u001b[2J\nbasis      forged\u202e" };
        string[] texts = [Of(work, "3090").ToString(), GpuAdvisor.Default.Recommend(work).Explain(), GpuAdvisor.Default.Recommend(work)
            .ToString(),
            GpuAdvisor.Default.Compare(Find("3090"), Find("4090"), work).Explain()];
        foreach (var text in texts) text.Should().Contain("x\\u001b[2J\\u000abasis      forged\\u202e").And.NotContain("\u001b")
            .And.NotContain("\u202e").And.NotContain("\nbasis      forged");
    }

    [Fact]
    public void A_card_with_more_bandwidth_and_rate_is_faster()
    {
        var card = Find("GeForce RTX 3090");
        var faster = card with
        {
            Name = "twice",
            Bandwidth = card.Bandwidth * 2,
            Float32Rate = card.Float32Rate!.Value * 2,
            Float16MatrixRate = card.Float16MatrixRate!.Value * 2
        };
        GpuForecaster.Default.Forecast(Vgg.Training(32), faster)
            .StepTime!.Value.Value.Should().BeLessThan(GpuForecaster.Default.Forecast(Vgg.Training(32), card).StepTime!.Value.Value);
    }

    [Fact]
    public void Training_takes_longer_than_inference_and_needs_more_memory()
    {
        var (training, inference) = (Of(Vgg.Training(16), "3090"), Of(Vgg.Inference(16), "3090"));
        training.StepTime!.Value.Value.Should().BeGreaterThan(inference.StepTime!.Value.Value * 2);
        training.Memory.Peak.Value.Should().BeGreaterThan(inference.Memory.Peak.Value);
    }

    [Fact]
    public void Adam_needs_more_memory_than_momentum_and_that_more_than_plain_descent()
    {
        var peaks = new Optimizer[] { Optimizer.Sgd(), Optimizer.Sgd(momentum: 0.9), Optimizer.Adam() }
            .Select(optimizer => Of(Vgg.Training(4, optimizer: optimizer), "3090").Memory.Peak.Value).ToList();
        peaks.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Frozen_layers_save_time_and_memory()
    {
        var frozen = Sequential.Input(64, 64, 3).Conv2D(64, 3, name: "a").Conv2D(64, 3, name: "b")
            .GlobalAveragePooling2D().Dense(10).Build();
        var training = frozen.Training(32);
        var part = training with
        {
            TrainableParameterCount = 650,
            Operations = [.. training.Operations.Select(o =>
                o.Name == "dense" ? o : o with { TrainableWeightElements = 0, NeedsInputGradient = false })]
        };
        Of(part, "3090").Memory.Peak.Value.Should().BeLessThan(Of(training, "3090").Memory.Peak.Value);
        Of(part, "3090").StepTime!.Value.Value.Should().BeLessThan(Of(training, "3090").StepTime!.Value.Value);
    }

    [Fact]
    public void Longer_sequences_take_longer_and_recurrence_is_named_as_the_bound()
    {
        var (little, much) =
            (Of(Lstm.Training(16, timeSteps: 25), "Tesla V100 SXM2 16GB"), Of(Lstm.Training(16, timeSteps: 50), "Tesla V100 SXM2 16GB"));
        much.StepTime!.Value.Value.Should().BeGreaterThan(little.StepTime!.Value.Value * 1.4);
        much.BoundBy.Should().Be(ForecastBound.Recurrence);
    }

    [Fact]
    public void The_terms_of_memory_add_up_to_the_peak()
    {
        var memory = Of(Vgg.Training(8), "3090").Memory;
        var sum = memory.Weights + memory.Gradients + memory.OptimizerState + memory.Activations + memory.Workspace
            + memory.AllocatorRounding + memory.Context;
        (sum.Bytes - memory.Peak.Value.Bytes).Should().BeInRange(-10, 10);
    }

    [Fact]
    public void A_custom_context_replaces_the_measured_one()
        => Of(Vgg.Training(8), "3090", new() { FrameworkContext = ByteSize.FromMebibytes(500) })
            .Memory.Context.Should().Be(ByteSize.FromMebibytes(500));

    [Fact]
    public void The_largest_batch_fits_and_the_next_is_not_sure_to()
    {
        var most = Of(Vgg.Training(8), "3090").MaximumBatch();
        Of(Vgg.Training(most), "3090").Fits.Should().Be(FitVerdict.Fits);
        Of(Vgg.Training(most + 1), "3090").Fits.Should().NotBe(FitVerdict.Fits);
    }

    [Fact]
    public void What_makes_it_fit_is_said_where_it_does_not()
    {
        var forecast = Of(Vgg.Training(256), "3090");
        forecast.Fits.Should().Be(FitVerdict.DoesNotFit);
        forecast.WhatMakesItFit().Select(remedy => remedy.Kind)
            .Should().Contain([FitRemedyKind.SmallerBatch, FitRemedyKind.GradientAccumulation]);
        forecast.WhatMakesItFit().Should().OnlyContain(remedy => remedy.Peak <= forecast.Card.Vram);
    }

    [Fact]
    public void Costs_are_unknown_until_prices_are_given()
    {
        Of(Vgg.Training(8), "3090", new() { Samples = 1000 }).TotalCost.Should().BeNull();
        Of(Vgg.Training(8), "3090", new()
        {
            Samples = 1000,
            Epochs = 2,
            EnergyPricePerKilowattHour = Money.FromDollars(0.3),
            RentalPricePerHour = Money.FromDollars(1)
        })
            .TotalCost!.Value.Value.Dollars.Should().BePositive();
    }

    [Fact]
    public void A_power_limit_lowers_the_draw()
        => Of(Vgg.Training(32), "3090", new() { PowerLimit = Power.FromWatts(200) })
            .AveragePower!.Value.Value.Should().BeLessThan(Power.FromWatts(200));

    [Fact]
    public void An_unmeasured_vendor_widens_the_interval_and_says_so()
    {
        var (amd, nvidia) = (Of(Vgg.Training(16), "Radeon RX 6800 XT"), Of(Vgg.Training(16), "GeForce RTX 3090"));
        Width(amd).Should().BeGreaterThan(1.5 * Width(nvidia));
        amd.StepTime!.Value.Basis.Should().Contain("No card of this vendor was measured");
        amd.Notes.Should().Contain(note => note.Contains("No card of the architecture RDNA 2.0 was measured"));
    }

    [Fact]
    public void A_card_without_a_known_rate_gets_memory_and_no_time()
    {
        var forecast = GpuForecaster.Default.Forecast(Vgg.Inference(8),
            Find("3090") with { Name = "unknown", Float32Rate = null, BoostClock = null });
        forecast.StepTime.Should().BeNull();
        forecast.EnergyPerSample.Should().BeNull();
        forecast.Notes.Should().ContainSingle().Which.Should().Contain("not forecast");
    }

    [Fact]
    public void A_measurement_by_the_user_corrects_its_card_wholly_and_the_model_elsewhere_in_part()
    {
        var (workload, card, other) = (Vgg.Training(16), Find("GeForce RTX 3090"), Find("GeForce RTX 4090"));
        var measured = GpuForecaster.Default.Forecast(workload, card).StepTime!.Value.Value * 1.5;
        var own = GpuForecaster.Default.Calibrate(new(workload, card, measured));
        own.Forecast(workload, card)
            .StepTime!.Value.Value.TotalSeconds.Should().BeApproximately(measured.TotalSeconds, 0.1 * measured.TotalSeconds);
        var (before, after) = (GpuForecaster.Default.Forecast(workload, other), own.Forecast(workload, other));
        after.StepTime!.Value.Value.Should().BeGreaterThan(before.StepTime!.Value.Value);
        Width(own.Forecast(workload, card)).Should().BeLessThan(Width(GpuForecaster.Default.Forecast(workload, card)));
    }

    [Fact]
    public void Cards_in_parallel_are_at_most_as_many_times_faster()
    {
        var four = GpuForecaster.Default.ForecastDataParallel(Vgg.Training(16), Find("A100 SXM4 80GB"), 4);
        four.Speedup.Should().BeInRange(1, 4);
        four.AllReduceBytes.Bytes.Should().Be((long)(1.5 * 4 * Vgg.TrainableParameterCount));
        four.StepTime!.Value.High.Should().BeGreaterThan(four.OneCard.StepTime!.Value.High);
    }

    [Fact]
    public void A_precision_the_card_lacks_is_refused()
    {
        var act = () => Of(Vgg.Training(8, NumberFormat.BFloat16), "GeForce GTX 1080 Ti");
        act.Should().Throw<DeepGpuArgumentException>().Where(e => e.Fault.Code == "precision_not_supported")
            .WithMessage("A card must have units for BFloat16, but GeForce GTX 1080 Ti (Pascal) has none.*");
    }

    [Fact]
    public void A_batch_of_none_and_an_unknown_input_are_refused()
    {
        var none = () => Vgg.Training(0);
        var open = () => Lstm.Training(8);
        none.Should().Throw<DeepGpuArgumentException>().Where(e => e.Fault.Code == "argument_out_of_range");
        open.Should().Throw<DeepGpuArgumentException>().Where(e => e.Fault.Code == "open_input_shape");
    }

    [Fact]
    public void The_text_names_what_matters()
        => Of(Vgg.Training(16), "3090", new() { Samples = 50_000, Epochs = 3 }).ToString().Should().MatchRegex(@"(?s)vgg16, training, "
            + @"batch 16, Float32 on GeForce RTX 3090.*memory .* of 24 GiB: fits.*step .* ms \(.*\), bound by "
            + @".*samples/s.*power.*energy.*epoch.*slowest.*basis");

    private static GpuForecast Of(Workload workload, string card, ForecastOptions? options = null)
        => GpuForecaster.Default.Forecast(workload, Find(card), options);

    private static GpuSpec Find(string card) => GpuCatalog.Default.Find(card);

    private static double Width(GpuForecast forecast) => Math.Log(forecast.StepTime!.Value.High / forecast.StepTime.Value.Low);
}
