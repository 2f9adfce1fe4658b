using System.Text.Json;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The calibration files inside this assembly.</summary>
internal static class CalibrationFiles
{
    public static T Read<T>(string file, Func<JsonElement, T> read)
    {
        using var stream = typeof(CalibrationFiles).Assembly.GetManifestResourceStream("calibration/" + file)!;
        using var document = JsonDocument.Parse(stream);
        return read(document.RootElement);
    }
}
