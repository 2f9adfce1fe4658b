using System.Globalization;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Forecasts of diffusion models in words.</summary>
internal static class DiffusionText
{
    public static string Line(DiffusionForecast f)
    {
        var r = f.Request;
        var images = r.Images == 1 ? "an image" : Text($"{r.Images} images");
        var head = Text($"{PrintableText.Of(r.Model.Name)}, {images} of {r.Width} x {r.Height} in {r.Steps} steps on {f.Card.Name}");
        var fit = f.Fits == FitVerdict.DoesNotFit ? "does not fit" : "weights";
        return $"{head}: {fit} ({Text($"{f.Weights.Gibibytes:0.0} of {f.Card.Vram.Gibibytes:0.#} GiB")}){Time(f)}"
            + (f.Notes.Count == 0 ? "." : ". " + string.Join(" ", f.Notes));
    }

    private static string Time(DiffusionForecast f) => f.SecondsPerImage is not { } seconds ? ""
        : Text($"; {Words.Between(Words.Of(seconds.Value), Words.Of(seconds.Low), Words.Of(seconds.High))} s an image");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
