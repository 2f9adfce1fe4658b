namespace DeepGpu.Hardware.Forecasting;

/// <summary>Seconds of a step: each kernel takes its computing time plus its memory time plus a launch;
/// the host may be slower than the card.</summary>
/// <remarks>t = FLOP / (peak * efficiency * shape * occupancy) + bytes / (share * bandwidth) + launch;
/// step = ((sum t)^6 + host^6)^(1/6).</remarks>
internal sealed class StepTimeModel
{
    private const double HostSharpness = 6;

    private readonly ConstantValues _constants;
    private readonly CardFigures _card;
    private readonly StepWork _work;
    private readonly ProductUnit _unit;
    private readonly double _peak;
    private readonly double _bytesPerSecond;
    private readonly double _bytes;

    /// <summary>Prepares a step on a card.</summary>
    /// <param name="work">The step.</param>
    /// <param name="card">The card.</param>
    /// <param name="constants">The constants, in the order of <see cref="TimeConstants.Table"/>.</param>
    public StepTimeModel(StepWork work, CardFigures card, ConstantValues constants)
    {
        (_work, _card, _constants) = (work, card, constants);
        _unit = card.UnitFor(work.Workload.Precision);
        var kind = _unit == ProductUnit.Vector ? GenerationFactor.Vector : GenerationFactor.Matrix;
        _peak = card.PeakOf(_unit) * TimeConstants.Factor(constants, card.Generation,
            kind) * (card.IsDesktop ? constants[TimeConstants.Desktop] : 1);
        _bytesPerSecond = card.Bandwidth * constants[TimeConstants.Bandwidth] * TimeConstants.Factor(constants,
            card.Generation, GenerationFactor.Memory);
        _bytes = work.Workload.Precision.BytesPerElement();
    }

    /// <summary>Whether convolutions run in channels-last layout, as half-precision matrix units want it.</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>Whether half precision is mixed by PyTorch's autocast, rather than the whole network cast at once. Default true.</summary>
    public bool IsAutocast { get; init; } = true;

    /// <summary>Whether the host is the newest measured, whatever the card.</summary>
    public bool IsInNewComputer { get; init; }

    /// <summary>Seconds of one operation's kernels on the card; the recurrent part is not in it.</summary>
    public OperationTime TimeOf(OperationWork operation)
    {
        double compute = 0, memory = 0, launches = operation.Passes;
        for (var i = 0; i < operation.Products.Count; i++)
        {
            var kernel = operation.Products[i];
            compute += kernel.Count * kernel.Flops / (_peak * EfficiencyOf(kernel));
            memory += kernel.Count * (kernel.Activations * Layout(kernel) + kernel.Weights) * _bytes / _bytesPerSecond;
            launches += kernel.Count;
        }

        compute += operation.Elements * _constants[TimeConstants.Pass] / _card.Vector;
        if (operation.OtherFlops > 0)
            compute += operation.OtherFlops / (_peak * _constants[TimeConstants.Efficiency(_unit, ProductClass.Dense)]);
        memory += operation.Elements * _bytes / _bytesPerSecond;
        return new(compute, memory, launches * _constants[TimeConstants.Launch]);
    }

    /// <summary>Seconds of the optimizer's pass over weights, gradients and its state, and of casts to half precision.</summary>
    public double OptimizerSeconds(bool updates)
    {
        if (!_work.IsTraining) return 0;
        var workload = _work.Workload;
        var bytes = (updates ? 16 + 2 * workload.OptimizerStateBytesPerParameter : 0) + (workload.IsHalf ? 12 : 0);
        return (double)workload.TrainableParameterCount * bytes / _bytesPerSecond;
    }

    /// <summary>Seconds the host needs to start a step's operations.</summary>
    public double HostSeconds => HostFactor * (_work.IsTraining
        ? _work.HostForward * _constants[TimeConstants.HostForward] + _work.HostBackward * _constants[TimeConstants.HostBackward]
        : _work.HostForward * _constants[TimeConstants.HostInference]);

    private double HostFactor => Math.Pow(_constants[TimeConstants.HostYear], IsInNewComputer ? CardFigures.NewestYears : _card.Years)
        * (IsInNewComputer || _card.IsDesktop ? _constants[TimeConstants.HostDesktop] : 1)
        * (IsAutocast && _work.Workload.IsHalf ? _constants[TimeConstants.HostAutocast] : 1);

    /// <summary>How the step uses the card.</summary>
    /// <param name="card">Seconds of its kernels.</param>
    /// <param name="step">Seconds of the whole step.</param>
    /// <param name="moving">Seconds of its kernels that moving data takes.</param>
    public CardLoad LoadOf(double card, double step, double moving)
    {
        var (flops, bytes) = (_work.Load.Flops, _work.Load.Elements * _bytes);
        return new(Math.Clamp(card / step, 0, 1), Math.Min(1, bytes / _card.Bandwidth / card),
            Math.Min(1, flops / _card.PeakOf(_unit) / card))
        { Clocked = 1 - moving / card };
    }

    /// <summary>The slower of card and host, rounded where they are alike.</summary>
    public static double Together(double card, double host)
    {
        var (slow, fast) = card > host ? (card, host) : (host, card);
        return slow * Math.Pow(1 + Math.Pow(fast / slow, HostSharpness), 1 / HostSharpness);
    }

    /// <summary>The part of a step that the host takes, from the part in which kernels run.</summary>
    public static double Apart(double card) => Math.Pow(Math.Max(0, 1 - Math.Pow(card, HostSharpness)), 1 / HostSharpness);

    private double Layout(ProductKernel kernel)
        => _unit == ProductUnit.MatrixHalf && !IsChannelsLast && kernel.Class != ProductClass.Dense
            ? _constants[TimeConstants.HalfLayout]
            : 1;

    private double GroupedLayout(ProductKernel kernel)
        => _unit == ProductUnit.MatrixHalf && !IsChannelsLast && kernel.Class is (ProductClass.Grouped or ProductClass.Depthwise)
            ? _constants[TimeConstants.GroupedLayout]
            : 1;

    private double EfficiencyOf(ProductKernel kernel)
    {
        var shape = kernel.Class == ProductClass.Depthwise ? 1
            : kernel.Rows / (kernel.Rows + _constants[TimeConstants.HalfRows]) * (kernel.Depth / (kernel.Depth
                + _constants[TimeConstants.HalfDepth]));
        var occupancy = kernel.Tiles / (kernel.Tiles + _constants[TimeConstants.HalfTiles] * _card.Units);
        return _constants[TimeConstants.Efficiency(_unit, kernel.Class)] * shape * occupancy * GroupedLayout(kernel);
    }
}
