namespace DeepGpu.Forecasts;

/// <summary>The mean errors aimed at, in percent.</summary>
internal static class Aims
{
    public const double Recurrent = 14;

    public static double? Of(string group) => group switch
    {
        "CNN training, FP32/TF32" => 8.5,
        "CNN inference, FP32/TF32, batch >= 8" => 10,
        "CNN inference, batch < 8" => 18,
        "ResNet-50 training, FP32/TF32" or "ResNet-50 training, mixed" => 4.5,
        "power, ResNet-50, default limit" => 6.5,
        "power, ShuffleNet, default limit" => 13,
        "energy, ResNet-50, lower limits" or "energy, ShuffleNet, lower limits" => 20,
        _ => null,
    };

    public static double Memory(string kind) => kind == "memory.plain" ? 0.5 : 3;
}
