using System.Text.Json;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Seconds of a step on a processor: FLOP over a share of its rate, bytes over a share of its bandwidth, starts of operations
/// and of steps that follow each other.</summary>
/// <remarks><c>Measured</c> is the rate (FLOP/s) and bandwidth (bytes/s) of the processor that was measured. What a faster one gains was
/// not: the interval's long end takes it to be no faster.</remarks>
internal sealed record ProcessorModel(double ComputeShare, double MemoryShare, double OperationSeconds, double SequentialStepSeconds,
    double Factor, (double Rate, double Bandwidth) Measured, string Basis)
{
    private const double BytesAnElement = 4;

    private static readonly Lazy<ProcessorModel> BuiltIn = new(() => CalibrationFiles.Read("processor.json", Read));

    public static ProcessorModel Default => BuiltIn.Value;

    public Estimate<TimeSpan> Step(Workload workload, Processor processor)
    {
        var isTraining = workload.Task == WorkloadTask.Training;
        var (operations, steps) = (0, 0L);
        var elements = 0.0;
        foreach (var operation in workload.Operations)
        {
            var passes = isTraining && operation.HasBackward ? 2 : 1;
            elements += operation.ForwardElements + (isTraining ? operation.BackwardElements : 0);
            operations += passes;
            steps += operation.SequentialSteps > 1 ? passes * (long)operation.SequentialSteps : 0;
        }

        var flops = workload.FlopsPerStep ?? throw Unknown(workload);
        var starts = operations * OperationSeconds + steps * SequentialStepSeconds;
        var (rate, bandwidth) = (processor.Float32Rate.FlopsPerSecond, processor.Bandwidth.BytesPerSecond);
        var seconds = Seconds(rate, bandwidth);
        var slowest = Seconds(Math.Min(rate, Measured.Rate), Math.Min(bandwidth, Measured.Bandwidth));
        var beyond = slowest > seconds ? " What a faster processor gains was not measured: at the long end, nothing." : "";
        return new(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds / Factor), TimeSpan.FromSeconds(slowest * Factor),
            $"{processor.Basis} {Basis}{beyond}");

        double Seconds(double rate, double bandwidth)
            => flops / (rate * ComputeShare) + elements * BytesAnElement / (bandwidth * MemoryShare) + starts;
    }

    private static DeepGpuArgumentException Unknown(Workload workload) => new(
        new(
            "unknown_work",
            "A forecast on a processor needs the work of every layer,",
            $"but that of {string.Join(", ", workload.UnknownLayers.Select(layer => $"'{layer}'"))} is not stated.",
            "Override Layer.Operations in the custom layer."),
        nameof(workload));

    private static ProcessorModel Read(JsonElement json) => new(
        json.GetProperty("computeShare").GetDouble(),
        json.GetProperty("memoryShare").GetDouble(),
        json.GetProperty("operationMicroseconds").GetDouble() * 1e-6,
        json.GetProperty("sequentialStepMicroseconds").GetDouble() * 1e-6,
        json.GetProperty("factor").GetDouble(),
        (json.GetProperty("measuredTflops").GetDouble() * 1e12, json.GetProperty("measuredBandwidthGBs").GetDouble() * 1e9),
        json.GetProperty("basis").GetString()!);
}
