namespace DeepGpu.Models.Layers;

/// <content>Element-wise passes: how often PyTorch's kernels read and write each element, and what its autograd keeps.</content>
internal static partial class Work
{
    private const long BytesAPlace = 8;

    private enum Keeps
    {
        Input,
        Output,
        OutputInPlace,
    }

    /// <summary>The function after a layer: no operation where it is linear.</summary>
    public static IEnumerable<Operation> Function(string name, Activation activation, Shape input)
        => activation == Activation.Linear ? [] : [Function(name, Kept(activation), input, activation.OutputShape(input))];

    /// <summary>A function that is applied in place and whose gradient follows from its output: ReLU and similar functions.
    /// One that is cut off above keeps its input.</summary>
    public static Operation Rectifier(string name, Shape input, bool isCutOff = false)
        => Function(name, isCutOff ? Keeps.Input : Keeps.OutputInPlace, input, input);

    /// <summary>A function along an axis whose gradient follows from its output.</summary>
    public static Operation Softmax(string name, Shape input) => Function(name, Keeps.Output, input, input);

    /// <summary>Statistics, then a pass over every element.</summary>
    public static Operation Normalization(string name, UnaryLayer layer, Shape input, int forwardPasses = 2, int backwardPasses = 4)
    {
        var (elements, weights) = (input.Elements!.Value, layer.Weights(input));
        return Of(name, OperationKind.Normalization, [input], [input]) with
        {
            ForwardElements = (double)forwardPasses * elements,
            BackwardElements = (double)backwardPasses * elements,
            WeightElements = Count(weights),
            TrainableWeightElements = Count(weights.Where(weight => weight.Trainable)),
            SavesInputs = true,
        };
    }

    /// <summary>Statistics, then a pass over every element; weights are counted apart.</summary>
    public static Operation Normalization(string name, Shape input) => Of(name, OperationKind.Normalization, [input], [input]) with
    {
        ForwardElements = 2.0 * input.Elements!.Value,
        BackwardElements = 4.0 * input.Elements!.Value,
        SavesInputs = true,
    };

    /// <summary>A product with learned factors that repeat along the input.</summary>
    public static Operation Scaling(string name, UnaryLayer layer, Shape input)
        => Normalization(name, layer, input) with { Kind = OperationKind.Elementwise };

    /// <summary>A window that moves over its input; the places of maxima are kept as 64-bit numbers.</summary>
    public static Operation Pooling(string name, Shape input, Shape output, bool takesMaximum)
    {
        var pass = Of(name, OperationKind.Pooling, [input], [output]);
        return !takesMaximum ? pass : pass with
        {
            ForwardElements = pass.InputElements + 3 * pass.OutputElements,
            BackwardElements = pass.InputElements + 3 * pass.OutputElements,
            SavesInputs = true,
            SavedBytes = BytesAPlace * pass.OutputElements,
        };
    }

    /// <summary>Zeroes or scales elements by chance; a mask of one byte an element is kept.</summary>
    public static Operation Dropout(string name, Shape input)
        => Of(name, OperationKind.Elementwise, [input], [input]) with { SavedBytes = input.Elements!.Value };

    /// <summary>A copy of its inputs in another order or beside each other.</summary>
    public static Operation Copy(string name, IReadOnlyList<Shape> inputs, Shape output)
        => Of(name, OperationKind.Elementwise, inputs, [output]) with
        {
            ForwardElements = 2.0 * output.Elements!.Value,
            BackwardElements = 2.0 * output.Elements!.Value,
        };

    /// <summary>A sum or difference: its gradient is its output's, passed on as it is.</summary>
    public static Operation Sum(string name, IReadOnlyList<Shape> inputs, Shape output)
        => Of(name, OperationKind.Elementwise, inputs, [output]) with { BackwardElements = 0, BackwardLaunches = 0, PassesGradient = true };

    /// <summary>A product or choice of its inputs, element by element: both inputs are kept.</summary>
    public static Operation Product(string name, IReadOnlyList<Shape> inputs, Shape output)
    {
        var pass = Of(name, OperationKind.Elementwise, inputs, [output]);
        return pass with { BackwardElements = 2 * pass.ForwardElements, BackwardLaunches = 2, SavesInputs = true };
    }

    private static Operation Function(string name, Keeps keeps, Shape input, Shape output)
    {
        var elements = (double)output.Elements!.Value;
        return Of(name, OperationKind.Elementwise, [input], [output]) with
        {
            ForwardElements = 2 * elements,
            BackwardElements = 3 * elements,
            SavesInputs = keeps == Keeps.Input,
            SavesOutput = keeps != Keeps.Input,
            IsInPlace = keeps == Keeps.OutputInPlace,
        };
    }

    private static Keeps Kept(Activation activation) => activation switch
    {
        Activation.Relu or Activation.LeakyRelu or Activation.Elu or Activation.Selu or Activation.Celu or Activation.Threshold =>
            Keeps.OutputInPlace,
        Activation.Sigmoid or Activation.HardSigmoid or Activation.LegacyHardSigmoid or Activation.Tanh or Activation.Exponential
            or Activation.Softmax or Activation.LogSoftmax or Activation.Sparsemax => Keeps.Output,
        _ => Keeps.Input,
    };
}
