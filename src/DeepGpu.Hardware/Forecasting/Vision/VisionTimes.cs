namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of a step of a network for pictures, with its interval.</summary>
internal static class VisionTimes
{
    private static readonly Lazy<FittedPart> Data = new(() => FittedPart.Read("vision.json", VisionConstants.Table));

    /// <summary>Seconds; null where the card's rates are not known.</summary>
    public static Estimate<double>? Of(VisionRequest request, GpuSpec card)
        => VisionLaw.Seconds(Data.Value.Values, request, card) is not { } seconds ? null
            : Data.Value.Around($"vision.{request.Model.Family}", "vision", seconds, card);

    public static Estimate<TimeSpan> Span(Estimate<double> seconds) => new(TimeSpan.FromSeconds(seconds.Value),
        TimeSpan.FromSeconds(seconds.Low), TimeSpan.FromSeconds(seconds.High), seconds.Basis);
}
