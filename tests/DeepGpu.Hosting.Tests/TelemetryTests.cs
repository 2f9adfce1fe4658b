using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeepGpu.Hosting.Tests;

/// <summary>What is measured of a predictor, and what its health check says.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Requests_samples_batches_and_the_queue_are_counted_by_model_and_outcome()
    {
        var (model, name) = (new FakeModel(), Guid.NewGuid().ToString());
        List<(string Instrument, double Value, string? Outcome)> seen = [];
        using var listener = Listener(name, seen);
        await using var predictor = new Predictor(model, new() { Capacity = 2 }, name, ownsModel: true);
        await predictor.WarmUpAsync();
        await Task.Delay(1);
        seen.Should().BeEmpty();
        while (model.Started.Wait(0)) { }
        model.Hold();
        var held = predictor.PredictAsync(Row(3));
        await model.Started.WaitAsync();
        List<Task<NDArray>> waiting = [predictor.PredictAsync(Row(1)), predictor.PredictAsync(Row(4))];
        await FluentActions.Awaiting(() => predictor.PredictAsync(Row(5))).Should().ThrowAsync<PredictorException>();
        listener.RecordObservableInstruments();
        seen.Should().Contain(("deepgpu.predictor.queue.length", 2, null));
        model.Release();
        await Task.WhenAll([held, .. waiting]);
        seen.Count(one => one == ("deepgpu.predictor.requests", 1, "ok")).Should().Be(3);
        seen.Count(one => one == ("deepgpu.predictor.requests", 1, "rejected")).Should().Be(1);
        seen.Where(one => one.Instrument == "deepgpu.predictor.batch.size").Select(one => one.Value).Should().Equal(1, 2);
        seen.Where(one => one.Instrument == "deepgpu.predictor.samples").Sum(one => one.Value).Should().Be(3);
        seen.Count(one => one.Instrument == "deepgpu.predictor.request.duration" && one.Value > 0).Should().Be(4);
        seen.Count(one => one.Instrument == "deepgpu.predictor.batch.duration" && one.Value > 0).Should().Be(2);
    }

    [Fact]
    public async Task A_batch_is_traced_with_links_to_its_requests()
    {
        List<Activity> ended = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PredictorTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { lock (ended) ended.Add(activity); },
        };
        ActivitySource.AddActivityListener(listener);
        await using var predictor = new Predictor(new FakeModel(),
            new() { MaxBatchSize = 2, MaxDelay = TimeSpan.FromMinutes(5) }, "t", ownsModel: true);
        await Task.WhenAll(predictor.PredictAsync(Row(1)), predictor.PredictAsync(Row(2)));
        var requests = ended.Where(one => one.OperationName == "deepgpu.request").Select(one => one.SpanId);
        var batch = ended.Single(one => one.OperationName == "deepgpu.batch");
        batch.Links.Select(link => link.Context.SpanId).Should().BeEquivalentTo(requests).And.HaveCount(2);
        batch.GetTagItem("deepgpu.samples").Should().Be(2);
    }

    [Fact]
    public async Task Health_follows_the_model()
    {
        var model = new FakeModel();
        await using var services = new ServiceCollection().AddLogging().AddDeepGpuModel("m", _ => model, options =>
        {
            options.Capacity = 1;
            options.StuckAfter = TimeSpan.FromMilliseconds(200);
        }).AddHealthChecks().AddDeepGpu(tags: "ready").Services.BuildServiceProvider();
        var health = services.GetRequiredService<HealthCheckService>();
        async Task<HealthReportEntry> Now() => (await health.CheckHealthAsync()).Entries["deepgpu"];
        (await Now()).Should().Match<HealthReportEntry>(one => one.Status == HealthStatus.Healthy && one.Tags.Contains("ready"));

        model.FailsAlways = true;
        var predictor = services.GetRequiredKeyedService<Predictor>("m");
        await FluentActions.Awaiting(() => predictor.PredictAsync(Row(1))).Should().ThrowAsync<InvalidOperationException>();
        (await Now()).Description.Should().Be("predictor 'm' cannot compute its example: bad 0");
        model.FailsAlways = false;
        (await Now()).Status.Should().Be(HealthStatus.Healthy);

        while (model.Started.Wait(0)) { }
        model.Hold();
        var held = predictor.PredictAsync(Row(1));
        await model.Started.WaitAsync();
        var queued = predictor.PredictAsync(Row(2));
        while (predictor.BusyFor < TimeSpan.FromMilliseconds(200)) await Task.Delay(20);
        var stuck = await Now();
        (stuck.Status, stuck.Data["queue m"]).Should().Be((HealthStatus.Unhealthy, 1));
        stuck.Description.Should().StartWith("predictor 'm' is stuck");
        model.Release();
        await Task.WhenAll(held, queued);
        (await Now()).Status.Should().Be(HealthStatus.Healthy);

        await predictor.StopAsync();
        (await Now()).Description.Should().Be("predictor 'm' stops.");
    }

    [Fact]
    public async Task Health_says_which_model_cannot_be_made()
    {
        await using var services = new ServiceCollection().AddLogging().AddDeepGpu(_ => throw new FileNotFoundException("no m.onnx"))
            .AddHealthChecks().AddDeepGpu().Services.BuildServiceProvider();
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        report.Entries["deepgpu"].Description.Should().Be("the predictor cannot be made: no m.onnx");
        report.Status.Should().Be(HealthStatus.Unhealthy);
    }

    private static MeterListener Listener(string name, List<(string Instrument, double Value, string? Outcome)> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == PredictorTelemetry.MeterName) own.EnableMeasurementEvents(instrument);
            },
        };
        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var known = tags.ToArray().ToDictionary();
            if (!Equals(known["deepgpu.model"], name)) return;
            lock (seen) seen.Add((instrument.Name, value, known.GetValueOrDefault("deepgpu.outcome") as string));
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private static NDArray Row(float value) => NDArray.From<float>([value, value], 1, 2);
}
