using System.Globalization;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Forecasts of transformers in words.</summary>
internal static class TransformerText
{
    public static string Line(InferenceForecast f)
    {
        var r = f.Request;
        var cards = r.Cards > 1 ? $"{r.Cards} x " : "";
        var head = Text($"{PrintableText.Of(r.Model.Name)} in {r.Weights.Name} at {r.Context} tokens");
        var rest = r.Sequences > 1 ? Text($", {r.Sequences} sequences") : "";
        return $"{head}{rest} on {cards}{f.Card.Name}: {Fit(f.Fits, f.ProbabilityThatItFits)} ({Memory(f.PeakMemory, f.Card)})"
            + $"{Speed(f)}{Limits(f)}{Notes(f.Notes)}";
    }

    public static string Line(TransformerTrainingForecast f)
    {
        var t = f.Training;
        var method = t.Method switch { FineTuning.Lora => "LoRA on ", FineTuning.QLora => "QLoRA on ", _ => "training " };
        var cards = t.Cards > 1 ? $"{t.Cards} x " : "";
        var name = PrintableText.Of(t.Model.Name);
        var head = Text($"{method}{name}, batch {t.BatchSize}, length {t.SequenceLength}, on {cards}{f.Card.Name}");
        var time = f.StepTime is { } step ? $"; a step {Words.Of(step)}" : "";
        var largest = f.LargestBatch is { } batch ? Text($"; batches up to {batch} likely fit")
            : "; not even a batch of 1 is likely to fit";
        return $"{head}: {Fit(f.Fits, f.ProbabilityThatItFits)} ({Memory(f.PeakMemory, f.Card)}){time}{largest}{Notes(f.Notes)}";
    }

    private static string Fit(FitVerdict verdict, double probability) => verdict switch
    {
        FitVerdict.Fits => "fits",
        FitVerdict.DoesNotFit => "does not fit",
        _ => Text($"fits with {100 * probability:0} % chance"),
    };

    private static string Memory(Estimate<ByteSize> peak, GpuSpec card)
        => Text($"{peak.Value.Gibibytes:0.0} of {card.Vram.Gibibytes:0.#} GiB");

    private static string Speed(InferenceForecast f) => f.TokensPerSecond is not { } speed ? Pass(f)
        : $"; {Words.Between(Words.Of(speed.Value), Words.Of(speed.Low), Words.Of(speed.High))} tokens/s"
            + (f.TimeToFirstToken is { } first ? $", first token after {Words.Of(first)}" : "");

    private static string Pass(InferenceForecast f) => f.SequencesPerSecond is not { } speed ? ""
        : $"; a pass {Words.Of(f.TotalTime!.Value)}, {Words.Between(Words.Of(speed.Value), Words.Of(speed.Low), Words.Of(speed.High))} "
            + (VisionModel.IsOf(f.Request.Model) ? "images/s" : "sequences/s");

    private static string Limits(InferenceForecast f)
        => f.LargestContext is { } context ? Text($"; up to {context} tokens or {f.LargestBatch ?? 0} such sequences likely fit") : "";

    private static string Notes(IReadOnlyList<string> notes) => notes.Count == 0 ? "." : ". " + string.Join(" ", notes);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
