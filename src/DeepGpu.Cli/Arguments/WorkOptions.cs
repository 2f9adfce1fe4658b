using System.CommandLine;
using DeepGpu.Hardware;

namespace DeepGpu.Cli;

/// <summary>The options that name a kind of work without a model.</summary>
internal sealed class WorkOptions
{
    private readonly Option<string> _workload = AcceptOnly(new("--workload")
    {
        Description = "The kind of network. Default cnn.",
        DefaultValueFactory = _ => "cnn"
    });
    private readonly Option<WorkloadGoal?> _task = Options.Word("--task",
        "Training throughput, inference throughput or latency. Default training", OptionWords.Goals);
    private readonly Option<NumberFormat?> _precision = Options.Word("--precision", "The number format of the work. Default fp32",
        OptionWords.Formats);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _workload, _task, _precision }) command.Options.Add(option);
    }

    public WorkloadProfile Profile(ParseResult parsed) => WorkloadProfile.All.Single(profile => profile.Name == parsed.GetValue(_workload));

    public WorkloadGoal Goal(ParseResult parsed) => parsed.GetValue(_task) ?? WorkloadGoal.TrainingThroughput;

    public NumberFormat Precision(ParseResult parsed) => parsed.GetValue(_precision) ?? NumberFormat.Float32;

    private static Option<string> AcceptOnly(Option<string> option)
        => option.AcceptOnlyFromAmong([.. WorkloadProfile.All.Select(profile => profile.Name)]);
}
