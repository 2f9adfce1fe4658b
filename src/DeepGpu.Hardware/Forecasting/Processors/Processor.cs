using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>A processor as work without a GPU sees it: how fast it computes and moves data. Not a card: it is never ranked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Float32Rate">Single precision, all cores together.</param>
/// <param name="Bandwidth">Rate of its memory.</param>
/// <param name="Basis">Where both come from.</param>
public sealed record Processor(string Name, ComputeRate Float32Rate, Bandwidth Bandwidth, string Basis)
{
    private static readonly Lazy<Processor> Measured = new(ProcessorMeasurement.Run);

    /// <summary>The processor of this machine, measured when it is first asked for (under a tenth of a second), with what else runs on
    /// it.</summary>
    public static Processor OfThisMachine => Measured.Value;

    /// <summary>A processor of the catalogue: all cores at the clock that its maker promises for all of them.</summary>
    /// <param name="cpu">The processor, e.g. from <see cref="GpuCatalog.FindCpu"/>.</param>
    public static Processor From(CpuSpec cpu)
    {
        ArgumentNullException.ThrowIfNull(cpu);
        return new(cpu.Name, cpu.Float32Rate, cpu.Bandwidth, "Its data sheet.");
    }

    /// <summary>Forecasts a step on it: arithmetic, memory and the starts of operations one after another.</summary>
    /// <param name="workload">What is run; on a processor always in single precision.</param>
    /// <exception cref="DeepGpuArgumentException">A custom layer does not state its work.</exception>
    public Estimate<TimeSpan> Forecast(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return ProcessorModel.Default.Step(workload, this);
    }
}
