using Spectre.Console;

namespace DeepGpu.Visuals;

/// <summary>Shows training in a terminal: a bar an epoch with loss and metrics; one line an epoch where the output is redirected.</summary>
public static class TrainingConsole
{
    /// <summary>Runs a training call and shows its progress.</summary>
    /// <param name="train">Calls <c>model.Fit</c> with the progress it is given.</param>
    /// <param name="console">Where to show it; null for the standard output.</param>
    /// <example><code>
    /// History history = TrainingConsole.Run(progress => model.Fit(train, epochs: 5, progress: progress));
    /// </code></example>
    public static T Run<T>(Func<IProgress<TrainingProgress>, T> train, IAnsiConsole? console = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        var target = console ?? AnsiConsole.Console;
        return target.Profile.Out.IsTerminal ? RunLive(train, target) : train(new EpochLines(target));
    }

    private static T RunLive<T>(Func<IProgress<TrainingProgress>, T> train, IAnsiConsole console) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
            new PercentageColumn(), new ElapsedTimeColumn())
        .Start(context => train(new EpochBars(context)));

    private sealed class EpochLines(IAnsiConsole console) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.IsEpochEnd) console.WriteLine(value.ToString());
        }
    }

    private sealed class EpochBars(ProgressContext context) : IProgress<TrainingProgress>
    {
        private readonly Dictionary<int, ProgressTask> _tasks = [];

        public void Report(TrainingProgress value)
        {
            if (!_tasks.TryGetValue(value.Epoch, out var task))
            {
                _tasks[value.Epoch] = task = context.AddTask($"Epoch {value.Epoch}/{value.Epochs}");
            }

            Measure(task, value.Batches);
            task.Description = $"Epoch {value.Epoch}/{value.Epochs}  {value.LogsText()}";
            task.Value = value.Batch;
            if (value.IsEpochEnd) task.StopTask();
        }

        private static void Measure(ProgressTask task, int? batches)
        {
            task.IsIndeterminate = batches is null;
            if (batches is { } count) task.MaxValue = count;
        }
    }
}
