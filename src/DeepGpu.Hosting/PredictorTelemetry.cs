namespace DeepGpu;

/// <summary>The names under which a <see cref="Predictor"/> measures itself; docs/serving.md lists the instruments.</summary>
public static class PredictorTelemetry
{
    /// <summary>The meter: "DeepGpu.Predictor".</summary>
    public const string MeterName = "DeepGpu.Predictor";

    /// <summary>The source of activities: "DeepGpu.Predictor", with "deepgpu.request" and "deepgpu.batch".</summary>
    public const string ActivitySourceName = "DeepGpu.Predictor";
}
