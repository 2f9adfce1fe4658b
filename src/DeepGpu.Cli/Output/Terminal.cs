using Spectre.Console;

namespace DeepGpu.Cli;

/// <summary>Where tables are drawn.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 80;

    /// <summary>The terminal, or plain text of 80 columns where the output is redirected.</summary>
    public static IAnsiConsole On(TextWriter output)
    {
        if ((output as PrintableWriter)?.Target == Console.Out && !Console.IsOutputRedirected) return AnsiConsole.Console;
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = RedirectedWidth;
        return console;
    }
}
