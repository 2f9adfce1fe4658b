using Spectre.Console;

namespace DeepGpu.Visuals.Tests;

public class TrainingConsoleTests
{
    [Fact]
    public void A_redirected_output_gets_one_line_an_epoch()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var result = TrainingConsole.Run(
            progress =>
            {
                progress.Report(new(1, 2, 5, 10, new Dictionary<string, double> { ["loss"] = 0.5 }, TimeSpan.FromSeconds(1)));
                progress.Report(new(1, 2, 10, 10,
                    new Dictionary<string, double> { ["loss"] = 0.25, ["accuracy"] = 0.9 }, TimeSpan.FromSeconds(2))
                {
                    IsEpochEnd = true
                });
                return 42;
            },
            console);
        result.Should().Be(42);
        output.ToString().Trim().Should().Be("Epoch 1/2  10/10  2.0 s  loss 0.2500  accuracy 0.9000");
    }
}
