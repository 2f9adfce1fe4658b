namespace DeepGpu.Testing.Numerics;

/// <summary>Computes a case by the plain loops of the references, in double precision.</summary>
internal sealed class PlainLoops : INumericEngine
{
    /// <summary>Where a pass compared two numbers closer than this, single precision may take the other branch; such numbers prove
    /// nothing.</summary>
    private const double Margin = 1e-5;

    private const int Attempts = 50;

    /// <summary>Numbers of a case at which no comparison is close.</summary>
    public static CaseNumbers NumbersOf(NumericCase c)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var numbers = new CaseNumbers(c, attempt);
            if (MarginOf(c, numbers) > Margin) return numbers;
        }

        throw new InvalidOperationException($"In {Attempts} tries no numbers were found that are clear of every kink: {c}");
    }

    /// <inheritdoc/>
    public NumericResult Run(NumericCase c, CaseNumbers numbers, bool isTraining)
    {
        using var tape = Tape.Begin();
        var pass = new Pass(c, numbers, isTraining ? tape.Variable : value => value, isTraining);
        if (!isTraining) return pass.Result(null);
        return pass.Result(tape.Gradients(pass.Outputs.Zip(numbers.Outputs).SelectMany(pair => pair.First.Values.Data.Zip(pair.Second))));
    }

    private static double MarginOf(NumericCase c, CaseNumbers numbers)
    {
        using var tape = Tape.Begin();
        _ = new Pass(c, numbers, value => value, c.Trains);
        if (c.Trains) _ = new Pass(c, numbers, value => value, isTraining: false);
        return tape.SmallestMargin;
    }

    /// <summary>One pass.</summary>
    private sealed class Pass
    {
        private readonly Values[] _inputs;
        private readonly Values[] _weights;
        private readonly CaseNumbers _numbers;
        private readonly Dictionary<string, Values> _updates = [];
        private readonly bool _hasRealInputs;
        private readonly bool _isTrainable;

        public Pass(NumericCase c, CaseNumbers numbers, Func<double, Scalar> number, bool isTraining)
        {
            (_numbers, _hasRealInputs, _isTrainable) = (numbers, c.Below is null, c.Layer.Trainable);
            _inputs = [.. c.Inputs.Zip(numbers.Inputs, (shape, data) => new Values(shape, Array.ConvertAll(data, v => number(v))))];
            _weights = [.. numbers.Weights.Select(weight =>
                new Values([.. weight.Spec.Shape], Array.ConvertAll(weight.Values, v => number(v))))];
            var named = numbers.Weights.Zip(_weights).ToDictionary(pair => pair.First.Spec.Name, pair => pair.Second);
            var flows = _inputs.Zip(numbers.Masks, (values, mask) => new Flow(values, mask)).ToList();
            Outputs = ReferenceTable.Run(c.Layer, new(flows, new(named, _updates), isTraining));
        }

        public IReadOnlyList<Flow> Outputs { get; }

        public NumericResult Result(double[]? gradients) => new(
            [.. Outputs.Select(output => Numbers(output.Values))],
            [.. _inputs.Select(input => _hasRealInputs ? Gradient(input, gradients) : null)],
            [.. _weights.Zip(_numbers.Weights, (weight, named) => named.Spec.Trainable && _isTrainable ? Gradient(weight, gradients)
                : null)],
            [.. _weights.Zip(_numbers.Weights, (weight, named) => Numbers(_updates.GetValueOrDefault(named.Spec.Name) ?? weight))]);

        private static double[] Numbers(Values values) => Array.ConvertAll(values.Data, v => v.Value);

        private static double[]? Gradient(Values values, double[]? gradients)
            => gradients is null ? null : Array.ConvertAll(values.Data, v => gradients[v.Node]);
    }
}
