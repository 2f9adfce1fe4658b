using Microsoft.Extensions.Logging;

namespace DeepGpu.Hosting;

/// <summary>What a predictor logs.</summary>
internal static partial class PredictorLog
{
    [LoggerMessage(1, LogLevel.Information, "{Predictor} is warm after {Milliseconds:0} ms.")]
    public static partial void Warm(ILogger logger, string predictor, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "{Predictor} is not warmed up: it needs PredictorOptions.Example. {Reason}")]
    public static partial void NoExample(ILogger logger, string predictor, string reason);

    [LoggerMessage(3, LogLevel.Debug, "{Predictor} computed {Samples} samples of {Requests} requests in {Milliseconds:0.0} ms.")]
    public static partial void Computed(ILogger logger, string predictor, int samples, int requests, double milliseconds);

    [LoggerMessage(4, LogLevel.Warning, "{Predictor}: a batch of {Requests} requests failed; each is computed alone.")]
    public static partial void BatchFailed(ILogger logger, Exception cause, string predictor, int requests);

    [LoggerMessage(5, LogLevel.Error, "{Predictor}: the model failed.")]
    public static partial void Failed(ILogger logger, Exception cause, string predictor);

    [LoggerMessage(6, LogLevel.Warning, "{Predictor} refuses a request: its queue of {Capacity} is full.")]
    public static partial void Full(ILogger logger, string predictor, int capacity);

    [LoggerMessage(7, LogLevel.Information, "{Predictor} stops; {Waiting} requests wait and are answered first.")]
    public static partial void Stopping(ILogger logger, string predictor, int waiting);

    [LoggerMessage(8, LogLevel.Warning, "{Predictor} had no more time: {Count} waiting requests are refused.")]
    public static partial void Refused(ILogger logger, string predictor, int count);

    [LoggerMessage(9, LogLevel.Information, "{Predictor} has stopped.")]
    public static partial void Stopped(ILogger logger, string predictor);
}
