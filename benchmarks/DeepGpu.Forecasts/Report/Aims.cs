namespace DeepGpu.Forecasts;

/// <summary>The mean errors aimed at, in percent.</summary>
internal static class Aims
{
    public const double Recurrent = 23;

    public static double? Of(string group) => group switch
    {
        "CNN training, FP32/TF32" => 15,
        "CNN inference, FP32/TF32, batch >= 8" => 17,
        "ResNet-50 training, FP32/TF32" or "ResNet-50 training, mixed" => 6,
        "power, ResNet-50, default limit" => 10,
        "power, ShuffleNet, default limit" => 22,
        _ => null,
    };

    public static double Memory(string kind) => kind == "memory.plain" ? 0.6 : 4.5;
}
