using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DeepGpu.Hosting;

/// <summary>What a predictor counts, times and traces. Every measurement carries the predictor's name as deepgpu.model.</summary>
internal sealed class PredictorMeters : IDisposable
{
    private static readonly ActivitySource Activities = new(PredictorTelemetry.ActivitySourceName);

    private readonly KeyValuePair<string, object?> _model;
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _samples;
    private readonly Histogram<double> _requestTime;
    private readonly Histogram<double> _batchTime;
    private readonly Histogram<long> _batchSize;

    public PredictorMeters(string name, IMeterFactory? factory, Func<int> queued)
    {
        _model = new("deepgpu.model", name);
        _ownsMeter = factory is null;
        _meter = factory?.Create(PredictorTelemetry.MeterName) ?? new Meter(PredictorTelemetry.MeterName);
        _requests = _meter.CreateCounter<long>("deepgpu.predictor.requests", "{request}", "Requests, by deepgpu.outcome.");
        _samples = _meter.CreateCounter<long>("deepgpu.predictor.samples", "{sample}", "Samples that the model computed.");
        _requestTime = _meter.CreateHistogram<double>("deepgpu.predictor.request.duration", "s", "From call to answer.");
        _batchTime = _meter.CreateHistogram<double>("deepgpu.predictor.batch.duration", "s", "One call of the model.");
        _batchSize = _meter.CreateHistogram<long>("deepgpu.predictor.batch.size", "{sample}", "Samples of one call of the model.");
        _meter.CreateObservableGauge("deepgpu.predictor.queue.length", () => new Measurement<int>(queued(), _model), "{request}",
            "Requests that wait.");
    }

    public Activity? Request(int samples) => Activities.StartActivity("deepgpu.request")
        ?.SetTag(_model.Key, _model.Value).SetTag("deepgpu.samples", samples);

    public Activity? Batch(IEnumerable<ActivityContext> requests, int samples) => Activities.HasListeners()
        ? Activities.StartActivity(ActivityKind.Internal, parentContext: default, name: "deepgpu.batch",
                links: requests.Where(one => one != default).Select(one => new ActivityLink(one)))
            ?.SetTag(_model.Key, _model.Value).SetTag("deepgpu.samples", samples)
        : null;

    public void Requested(string outcome, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>("deepgpu.outcome", outcome);
        _requests.Add(1, _model, tag);
        _requestTime.Record(time.TotalSeconds, _model, tag);
    }

    public void Computed(int samples, TimeSpan time)
    {
        _samples.Add(samples, _model);
        _batchSize.Record(samples, _model);
        _batchTime.Record(time.TotalSeconds, _model);
    }

    /// <summary>A factory's meter is the factory's to dispose of.</summary>
    public void Dispose()
    {
        if (_ownsMeter) _meter.Dispose();
    }
}
