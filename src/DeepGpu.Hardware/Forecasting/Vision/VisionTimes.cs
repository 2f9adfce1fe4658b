namespace DeepGpu.Hardware.Forecasting;

/// <summary>The time of a step of a network for pictures, with its interval.</summary>
internal static class VisionTimes
{
    private static readonly Lazy<FittedPart> BuiltIn = new(() => FittedPart.Read("vision.json", VisionConstants.Table));

    public static FittedPart Data => BuiltIn.Value;

    /// <summary>Seconds; null where the card's rates are not known.</summary>
    public static Estimate<double>? Of(FittedPart data, VisionRequest request, GpuSpec card)
        => VisionLaw.Seconds(data.Values, request, card) is not { } seconds ? null
            : data.Around($"vision.{request.Model.Family}", "vision", seconds, card);
}
