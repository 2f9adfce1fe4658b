using System.Globalization;

namespace DeepGpu.Training;

/// <summary>Writes the progress of a training to a console: a bar that moves, or one line an epoch.</summary>
/// <param name="output">Where to.</param>
/// <param name="width">The characters of a line with a bar; null for one line an epoch.</param>
internal sealed class ConsoleProgress(TextWriter output, Func<int>? width) : IProgress<TrainingProgress>
{
    private const int BarLength = 20;
    private const int NarrowestLine = 20;
    private const string Switch = "DeepGpu.Silent";

    private int _written;

    /// <summary>Whether it shows what happens within an epoch.</summary>
    public bool IsLive => width is not null;

    /// <summary>Who is told of a training: the receiver of the options, or the console as they ask; null for nobody.</summary>
    public static IProgress<TrainingProgress>? Of(FitOptions options) => options.Verbosity switch
    {
        Verbosity.Auto => options.Progress ?? (AppContext.TryGetSwitch(Switch, out var isOff) && isOff ? null
            : new ConsoleProgress(Console.Out, Console.IsOutputRedirected ? null : WindowWidth)),
        Verbosity.Silent => options.Progress,
        Verbosity.Bar => Both(options, WindowWidth),
        _ => Both(options, width: null),
    };

    /// <summary>Whoever cannot be written to any more is not written to: the training goes on.</summary>
    public void Report(TrainingProgress value)
    {
        try
        {
            if (IsLive) WriteOver(value);
            else if (value.IsEpochEnd) output.WriteLine(value);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _written = 0;
        }
    }

    /// <summary>The bar of an epoch, e.g. "Epoch 1/5  [=====>              ]  120/938  5 s left  loss 0.2100".</summary>
    internal static string Line(TrainingProgress value)
    {
        var batches = value.Batches?.ToString(CultureInfo.InvariantCulture) ?? "?";
        var time = value.TimeLeft is { } left && !value.IsEpochEnd ? $"{Duration(left)} left" : Duration(value.Elapsed);
        return string.Create(CultureInfo.InvariantCulture,
            $"Epoch {value.Epoch}/{value.Epochs}  {Bar(value)}{value.Batch}/{batches}  {time}  {value.LogsText()}");
    }

    private static string Bar(TrainingProgress value)
    {
        if (value.Batches is not { } batches) return "";
        var done = Math.Clamp(BarLength * value.Batch / Math.Max(1, batches), 0, BarLength);
        return $"[{new string('=', done)}{(done < BarLength ? ">" : "")}{new string(' ', Math.Max(0, BarLength - done - 1))}]  ";
    }

    private static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s")
        : time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>Writes over the line before; a line that is too long is cut while it moves.</summary>
    private void WriteOver(TrainingProgress value)
    {
        var line = Line(value);
        if (!value.IsEpochEnd && line.Length > width!()) line = line[..width()];
        output.Write('\r' + line.PadRight(_written));
        _written = value.IsEpochEnd ? 0 : line.Length;
        if (value.IsEpochEnd) output.WriteLine();
        output.Flush();
    }

    private static IProgress<TrainingProgress> Both(FitOptions options, Func<int>? width)
    {
        var console = new ConsoleProgress(Console.Out, width);
        return options.Progress is { } other ? new Several(console, other) : console;
    }

    private static int WindowWidth()
    {
        try
        {
            return Math.Max(NarrowestLine, Console.WindowWidth - 1);
        }
        catch (IOException)
        {
            return 79;
        }
    }

    private sealed class Several(params IProgress<TrainingProgress>[] receivers) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            foreach (var receiver in receivers) receiver.Report(value);
        }
    }
}
