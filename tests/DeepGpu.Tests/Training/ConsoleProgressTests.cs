using DeepGpu.Models;
using DeepGpu.Training;

namespace DeepGpu.Tests.Training;

/// <summary>What Fit writes to the console.</summary>
public class ConsoleProgressTests
{
    private static readonly Dictionary<string, double> Logs = new() { ["loss"] = 0.25, ["accuracy"] = 0.9 };

    private static readonly TrainingProgress Half = new(1, 2, 5, 10, Logs, TimeSpan.FromSeconds(3));

    [Fact]
    public void A_file_gets_one_unwrapped_line_an_epoch()
    {
        using var output = new StringWriter();
        var progress = new ConsoleProgress(output, width: null);
        progress.Report(Half);
        progress.Report(new(1, 2, 10, 10, Enumerable.Range(0, 20).ToDictionary(i => $"metric_{i}", i => (double)i), TimeSpan.FromSeconds(6))
        {
            IsEpochEnd = true,
        });
        output.ToString().Split(Environment.NewLine).Should().HaveCount(2);
        output.ToString().Should().StartWith("Epoch 1/2  10/10  6.0 s  metric_0 0.0000  metric_1 1.0000").And.Contain("metric_19 19.0000");
    }

    [Fact]
    public void A_terminal_gets_a_bar_with_the_time_left_that_ends_in_a_line()
    {
        using var output = new StringWriter();
        var progress = new ConsoleProgress(output, () => 200);
        progress.Report(Half);
        output.ToString().Should().Be("\rEpoch 1/2  [==========>         ]  5/10  3 s left  loss 0.2500  accuracy 0.9000");
        progress.Report(Half with { Batch = 10, Elapsed = TimeSpan.FromSeconds(65), IsEpochEnd = true });
        output.ToString().Split('\r')[^1].TrimEnd().Should()
            .Be("Epoch 1/2  [====================]  10/10  1:05  loss 0.2500  accuracy 0.9000");
        output.ToString().Should().EndWith(Environment.NewLine);
    }

    [Fact]
    public void A_moving_line_is_cut_to_the_terminal_and_covers_the_one_before()
    {
        using var output = new StringWriter();
        var progress = new ConsoleProgress(output, () => 40);
        progress.Report(Half);
        progress.Report(Half with { Batches = null, Logs = new Dictionary<string, double>() });
        var lines = output.ToString().Split('\r')[1..];
        lines[0].Should().HaveLength(40);
        lines[1].Should().HaveLength(40).And.StartWith("Epoch 1/2  5/?  3 s");
    }

    [Fact]
    public void A_closed_output_ends_no_training()
    {
        var output = new StreamWriter(new MemoryStream());
        output.Dispose();
        FluentActions.Invoking(() => new ConsoleProgress(output, () => 80).Report(Half)).Should().NotThrow();
    }

    [Fact]
    public void The_time_left_follows_from_the_pace()
    {
        (Half with { Batch = 2 }).TimeLeft.Should().Be(TimeSpan.FromSeconds(12));
        (Half with { Batch = 0 }).TimeLeft.Should().BeNull();
        (Half with { Batches = null }).TimeLeft.Should().BeNull();
    }

    [Fact]
    public void A_receiver_takes_the_place_of_the_console_unless_both_are_asked_for()
    {
        var receiver = new Progress<TrainingProgress>();
        ConsoleProgress.Of(new() { Progress = receiver }).Should().BeSameAs(receiver);
        ConsoleProgress.Of(new() { Progress = receiver, Verbosity = Verbosity.Silent }).Should().BeSameAs(receiver);
        ConsoleProgress.Of(new() { Verbosity = Verbosity.Silent }).Should().BeNull();
        ConsoleProgress.Of(new() { Verbosity = Verbosity.Lines }).Should().BeOfType<ConsoleProgress>().Which.IsLive.Should().BeFalse();
        ConsoleProgress.Of(new() { Verbosity = Verbosity.Bar }).Should().BeOfType<ConsoleProgress>().Which.IsLive.Should().BeTrue();
        ConsoleProgress.Of(new() { Progress = receiver, Verbosity = Verbosity.Lines }).Should().NotBeNull().And.NotBeSameAs(receiver);
    }

    [Fact]
    public void The_switch_of_the_process_silences_Auto_alone()
    {
        ConsoleProgress.Of(new()).Should().BeNull("tests run with DeepGpu.Silent on");
        AppContext.SetSwitch("DeepGpu.Silent", false);
        try
        {
            ConsoleProgress.Of(new()).Should().BeOfType<ConsoleProgress>();
        }
        finally
        {
            AppContext.SetSwitch("DeepGpu.Silent", true);
        }
    }

    [Fact]
    public void Fit_writes_a_line_for_each_epoch()
    {
        using var model = Sequential.Input(28, 28, 1).Flatten().Dense(10).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(0.01), Loss.SparseCategoricalCrossentropy(fromLogits: true));
        var (console, output) = (Console.Out, new StringWriter());
        Console.SetOut(output);
        try
        {
            model.Fit(Datasets.GeneratedDigits(64, 1).Train, epochs: 3, verbosity: Verbosity.Lines);
            model.Fit(Datasets.GeneratedDigits(64, 1).Train, epochs: 3, verbosity: Verbosity.Silent);
        }
        finally
        {
            Console.SetOut(console);
        }

        output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3)
            .And.OnlyContain(line => line.StartsWith("Epoch ") && line.Contains("2/2") && line.Contains("loss "));
    }
}
