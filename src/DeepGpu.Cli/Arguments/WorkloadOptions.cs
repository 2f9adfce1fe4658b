using System.CommandLine;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace DeepGpu.Cli;

/// <summary>The options that make a workload of a model, and what a forecast assumes.</summary>
internal sealed class WorkloadOptions
{
    private static readonly Dictionary<string, WorkloadTask> Tasks =
        new(StringComparer.OrdinalIgnoreCase) { ["training"] = WorkloadTask.Training, ["inference"] = WorkloadTask.Inference };

    private static readonly Dictionary<string, OptimizerWord> Optimizers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sgd"] = OptimizerWord.Momentum,
        ["adam"] = OptimizerWord.Adam,
        ["plain-sgd"] = OptimizerWord.Plain
    };

    private enum OptimizerWord
    {
        Momentum,
        Adam,
        Plain,
    }

    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _batch =
        new("--batch") { Description = "Samples a step. Default 32.", HelpName = "count", DefaultValueFactory = _ => "32" };
    private readonly Option<NumberFormat?> _precision = Options.Word("--precision",
        "fp32, tf32, or mixed precision with sums in fp32 (fp16, bf16). Default fp32", OptionWords.Precisions);
    private readonly Option<WorkloadTask?> _task = Options.Word("--task", "What is done with the model. Default training", Tasks);
    private readonly Option<OptimizerWord?> _optimizer = Options.Word("--optimizer",
        "What changes the weights: sgd with a momentum of 0.9, plain-sgd without, adam. Default sgd", Optimizers);
    private readonly Option<int?> _timeSteps = Options.TimeSteps();
    private readonly Option<string?> _inputShape = Options.InputShape();
    private readonly Option<double?> _powerLimit = Options.Number("--power-limit-watts",
        "The power limit set on the card; default its rated power.");
    private readonly Option<double?> _samples = Options.Number("--samples", "Samples of an epoch.");
    private readonly Option<int> _epochs = Options.Count("--epochs", "Epochs. Default 1.", 1);
    private readonly Option<double?> _energyPrice = Options.Number("--energy-price", "US dollars for a kilowatt-hour.");
    private readonly Option<double?> _rent = Options.Number("--rent-per-hour", "US dollars for an hour of the card.");

    public void AddTo(Command command)
    {
        command.Arguments.Add(_model);
        foreach (var option in new Option[] { _batch, _precision, _task, _optimizer, _timeSteps, _inputShape, _powerLimit, _samples,
            _epochs, _energyPrice, _rent })
            command.Options.Add(option);
    }

    public Workload Workload(ParseResult parsed)
    {
        var spec = ModelArgument.Read(parsed.GetValue(_model)!, parsed.GetValue(_inputShape), parsed.GetValue(_timeSteps),
            parsed.InvocationConfiguration.Error);
        var (batch, precision, steps) =
            (Batch(parsed.GetValue(_batch)!), parsed.GetValue(_precision) ?? NumberFormat.Float32, parsed.GetValue(_timeSteps));
        return parsed.GetValue(_task) == WorkloadTask.Inference
            ? spec.Inference(batch, precision, steps)
            : spec.Training(batch, precision, steps, OptimizerOf(parsed.GetValue(_optimizer)));
    }

    public ForecastOptions Forecast(ParseResult parsed) => new()
    {
        PowerLimit = parsed.GetValue(_powerLimit) is { } watts ? Power.FromWatts(watts) : null,
        Samples = parsed.GetValue(_samples) is { } samples ? (long)Math.Ceiling(samples) : null,
        Epochs = parsed.GetValue(_epochs),
        EnergyPricePerKilowattHour = parsed.GetValue(_energyPrice) is { } price ? Money.FromDollars(price) : null,
        RentalPricePerHour = parsed.GetValue(_rent) is { } rent ? Money.FromDollars(rent) : null,
    };

    private static Optimizer OptimizerOf(OptimizerWord? word) => word switch
    {
        OptimizerWord.Adam => Optimizer.Adam(),
        OptimizerWord.Plain => Optimizer.Sgd(),
        _ => Optimizer.Sgd(momentum: 0.9),
    };

    /// <summary>A batch is an argument of the library, whose fault is shown as it is: 0 is refused by the workload itself.</summary>
    private static int Batch(string text)
        => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var batch) && batch >= 1
            ? batch
            : throw Require.OutOfRange("Workload", "batchSize", "a whole number, at least 1", StrictJson.Printable(text));
}
