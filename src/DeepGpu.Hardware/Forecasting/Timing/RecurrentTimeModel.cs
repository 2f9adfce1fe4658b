namespace DeepGpu.Hardware;

/// <summary>Seconds of a recurrent layer: steps that follow one another, each as long as the longest of its start,
/// its product and its reading of the weights.</summary>
/// <remarks>t = call + steps * (start^6 + compute^6 + memory^6)^(1/6), the same again backward,
/// and one product over all steps for the weights.
/// The product with the inputs is not in it: it runs over all steps at once, as a dense layer.</remarks>
internal sealed class RecurrentTimeModel(CardFigures card, NumberFormat format, ConstantValues constants)
{
    private const double Sharpness = 6;

    /// <summary>The clock that the least time of a step is stated at.</summary>
    private const double StatedHertz = 1.5e9;

    /// <summary>Steps whose gradients of weights are computed in one product.</summary>
    private const double JoinedSteps = 8;

    private const double StatedBytes = 4;

    private readonly ProductUnit _unit = card.UnitFor(format);

    /// <summary>Seconds of a layer's forward pass, and its backward pass when training.</summary>
    public double Seconds(Recurrence shape, int steps, bool isTraining)
    {
        var forward = Step(shape, constants[RecurrentConstants.Forward], 1);
        var seconds = constants[RecurrentConstants.Call] + steps * forward;
        return isTraining
            ? seconds + steps * Step(shape, constants[RecurrentConstants.Backward], constants[RecurrentConstants.StepBackward])
                + WeightSeconds(shape, steps)
            : seconds;
    }

    private double Step(Recurrence shape, double efficiency, double startFactor)
    {
        var start = constants[RecurrentConstants.Step(shape.Gates)] * Factor(RecurrentFactor.Step) * (StatedHertz
            / card.BoostHertz) * startFactor;
        double width = shape.Gates * shape.Units;
        var occupancy = width / (width + constants[RecurrentConstants.HalfWidth] * card.Units);
        var least = _unit == ProductUnit.Vector
            ? constants[RecurrentConstants.HalfRows] * Factor(RecurrentFactor.Rows)
            : constants[RecurrentConstants.HalfRowsMatrix];
        var rows = Math.Sqrt((double)shape.Rows * shape.Rows + least * least);
        var compute = 2 * shape.StateWeights * rows / (card.PeakOf(_unit) * efficiency * UnitFactor * occupancy);
        return Math.Pow(Math.Pow(start, Sharpness) + Math.Pow(compute, Sharpness) + Math.Pow(Memory(shape), Sharpness), 1 / Sharpness);
    }

    private double Memory(Recurrence shape)
    {
        double bytes = format.BytesPerElement();
        var weights = shape.StateWeights * bytes / (card.Bandwidth * constants[RecurrentConstants.Bandwidth]
            * Factor(RecurrentFactor.Memory));
        return weights
            + constants[RecurrentConstants.StateBytes] * shape.Gates * shape.Units * shape.Rows * bytes / StatedBytes / card.Bandwidth;
    }

    private double WeightSeconds(Recurrence shape, int steps)
    {
        var small = 1 + constants[RecurrentConstants.HalfRowsWeights] / (shape.Rows * Math.Min(steps, JoinedSteps));
        return steps * shape.StepFlops / (card.PeakOf(_unit) * constants[RecurrentConstants.Weights] * UnitFactor) * small;
    }

    private double UnitFactor => _unit == ProductUnit.Vector ? Factor(RecurrentFactor.Vector) : constants[RecurrentConstants.Matrix];

    private double Factor(RecurrentFactor factor) => RecurrentConstants.Factor(constants, card.Generation, factor);
}
