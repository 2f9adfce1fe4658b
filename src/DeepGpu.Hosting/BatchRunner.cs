using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DeepGpu.Hosting;

/// <summary>Computes batches of requests and gives each its answer.</summary>
internal sealed class BatchRunner(IServableModel model, string name, int batchSize, PredictorMeters meters, ILogger logger)
{
    /// <summary>Computes a batch: requests of one kind together, the others after them.</summary>
    public Exception? Run(IReadOnlyList<TakenRequest> batch)
    {
        if (!model.IsBatchable || batch.Count == 1) return Alone(batch);
        Exception? fault = null;
        foreach (var alike in batch.GroupBy(one => one.Request.Kind())) fault = Together([.. alike]) ?? fault;
        return fault;
    }

    /// <summary>One call for several requests; where it fails, one call for each, so that only the bad one fails.</summary>
    private Exception? Together(List<TakenRequest> batch)
    {
        if (batch.Count == 1) return Alone(batch);
        try
        {
            List<int> samples = [.. batch.Select(one => one.Request.Samples)];
            if (JoinedBatch.Split(Computed(batch, samples.Sum()), samples) is not { } answers) return Alone(batch);
            foreach (var (one, answer) in batch.Zip(answers)) one.Request.Succeed(answer);
            return null;
        }
        catch (Exception e)
        {
            PredictorLog.BatchFailed(logger, e, PredictorException.Named(name), batch.Count);
            return Alone(batch);
        }
    }

    private Exception? Alone(IReadOnlyList<TakenRequest> batch)
    {
        Exception? fault = null;
        foreach (var one in batch.Where(one => !one.Request.IsOver)) fault = Alone(one) ?? fault;
        return fault;
    }

    private Exception? Alone(TakenRequest one)
    {
        try
        {
            one.Request.Succeed(Computed([one], one.Request.Samples));
            return null;
        }
        catch (Exception e)
        {
            PredictorLog.Failed(logger, e, PredictorException.Named(name));
            one.Request.Fail(e);
            return e;
        }
    }

    private IReadOnlyList<NDArray> Computed(List<TakenRequest> batch, int samples)
    {
        using var activity = meters.Batch(batch.Select(one => one.Request.Trace), samples);
        var began = Stopwatch.GetTimestamp();
        var outputs = model.Predict(JoinedBatch.Join([.. batch.Select(one => one.Inputs)]), batchSize);
        var took = Stopwatch.GetElapsedTime(began);
        if (!batch.All(one => one.Request.IsProbe)) meters.Computed(samples, took);
        PredictorLog.Computed(logger, PredictorException.Named(name), samples, batch.Count, took.TotalMilliseconds);
        return outputs;
    }
}
