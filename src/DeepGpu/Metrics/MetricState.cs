using System.Globalization;
using DeepGpu.Losses;
using DeepGpu.Lowering;
using DeepGpu.Operations;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <summary>A metric and its sums: what was measured so far.</summary>
public sealed class MetricState : IDisposable
{
    private readonly torch.Device _device;
    private IReadOnlyList<torch.Tensor> _sums = [];
    private bool _isChecked;

    internal MetricState(Metric metric, torch.Device device)
    {
        (Metric, _device) = (metric, device);
        Reset();
    }

    /// <summary>The metric.</summary>
    public Metric Metric { get; }

    /// <summary>The sums: what a checkpoint keeps.</summary>
    internal IReadOnlyList<torch.Tensor> Sums => _sums;

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        Dispose();
        using var scope = torch.NewDisposeScope();
        _sums = [.. Metric.Start(_device).Select(sum => sum.DetachFromDisposeScope())];
    }

    /// <summary>Goes on from sums that were kept.</summary>
    internal void Restore(IReadOnlyList<NDArray> sums)
    {
        Dispose();
        _sums = [.. sums.Select(sum => Tensors.From(sum, _device).DetachFromDisposeScope())];
    }

    /// <summary>Adds a batch. Does not wait for the device.</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output, its activation applied.</param>
    /// <param name="weights">The weight of each sample, (batch), or of each part of one, (batch, ...); null for 1.</param>
    /// <exception cref="TrainingDataException">Targets or weights do not fit the output's shape, or a metric of your own gives no number
    /// for each sample or changes what it is given.</exception>
    /// <exception cref="TorchException">torch refused an operation of the metric.</exception>
    public void Add(torch.Tensor target, torch.Tensor output, torch.Tensor? weights = null)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        TargetChecks.Shape(Metric.Name, Metric.Form, target, output, Metric.ClassAxis);
        try
        {
            if (Metric.IsOwn && !_isChecked) OwnFunctions.Unchanged($"Metric '{Metric.Name}'", [target, output],
                () => Sum(target, output, weights));
            else Sum(target, output, weights);
            _isChecked = true;
        }
        catch (Exception e) when (TorchBorder.IsOfTorch(e) && !OutOfMemory.Is(e))
        {
            throw TorchBorder.In($"Metric '{Metric.Name}'", e);
        }
    }

    private bool Sum(torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        Metric.Add(_sums, target, Floats.AtLeastSingle(output), weights);
        return true;
    }

    /// <summary>The value over all batches so far. Waits for the device.</summary>
    /// <exception cref="ModelStateException">The metric has several values: see <see cref="Results"/>.</exception>
    public double Result() => Results() is [var only] ? only : throw new ModelStateException(new(
        "several_results",
        "Result() reads a metric with one value,",
        $"but {Metric.Name} has {Results().Count.ToString(CultureInfo.InvariantCulture)}.",
        "Call Results(), or let the metric average its values."));

    /// <summary>The values over all batches so far: one, or one for each threshold, class or output. Waits for the device.</summary>
    public IReadOnlyList<double> Results() => ResultsOf(_sums);

    /// <summary>The values of sums that this state or others gathered.</summary>
    private double[] ResultsOf(IReadOnlyList<torch.Tensor> sums) => TorchBorder.Run(Metric.Name, () => Read(sums));

    private double[] Read(IReadOnlyList<torch.Tensor> sums)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        return OwnFunctions.Result(Metric.Name, Metric.Result(sums)).to(torch.ScalarType.Float64).cpu().contiguous().data<double>()
            .ToArray();
    }

    /// <summary>Writes the value under a name; several under name[0], name[1], ...</summary>
    /// <param name="logs">The logs.</param>
    /// <param name="name">The name.</param>
    /// <param name="sums">The sums to read in place of this state's; null for those.</param>
    internal void WriteTo(Dictionary<string, double> logs, string name, IReadOnlyList<torch.Tensor>? sums = null)
    {
        var values = ResultsOf(sums ?? _sums);
        for (var i = 0; i < values.Length; i++)
            logs[values.Length == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]")] = values[i];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sum in _sums) sum.Dispose();
        _sums = [];
    }
}
