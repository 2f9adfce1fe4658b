using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>A layer as one RNN, LSTM or GRU node of ONNX.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Activations">The functions in ONNX's order, with their numbers.</param>
internal sealed record RecurrentNode(string Operator, UnitCell Cell, IReadOnlyList<RecurrentFunction> Activations)
{
    /// <summary>Keras has input, forget, candidate, output; ONNX input, output, forget, candidate. Update, reset and candidate stand in
    /// one order.</summary>
    private int[] Gates => Cell.Gates == 4 ? [0, 3, 1, 2] : [.. Enumerable.Range(0, Cell.Gates)];

    /// <summary>The node of a cell; null where ONNX's operators lack one of its functions.</summary>
    public static RecurrentNode? Of(RecurrentCell cell) => cell switch
    {
        SimpleRNNCell simple => Of("RNN", simple, simple.Activation),
        LSTMCell lstm => Of("LSTM", lstm, lstm.RecurrentActivation, lstm.Activation, lstm.Activation),
        GRUCell gru => Of("GRU", gru, gru.RecurrentActivation, gru.Activation),
        _ => null,
    };

    /// <summary>Adds the node.</summary>
    /// <param name="context">The cell's weights.</param>
    /// <param name="sequence">(batch, steps, features).</param>
    /// <param name="lengths">How many steps of each sample count; null for all.</param>
    /// <param name="states">The states before the first step; none for zeros.</param>
    /// <param name="isBackwards">Whether the last step comes first.</param>
    /// <returns>The outputs (batch, steps, units) in the order of the input's steps, and the last states.</returns>
    public (GraphValue Outputs, IReadOnlyList<GraphValue> States) Add(ExportContext context, GraphValue sequence, GraphValue? lengths,
        IReadOnlyList<GraphValue> states, bool isBackwards)
    {
        var (g, x) = (context.Graph, context.Graph.Transpose(sequence, 1, 0, 2));
        var (batch, units) = (x.Shape[1], Cell.Units);
        var last = (new Shape(1, batch, units), DataType.Float32);
        var initial = states.Select(state => g.Unsqueeze(state, 0));
        var outputs = g.EmitAll(Operator, [x, Kernel(context, "kernel"), Kernel(context, "recurrent_kernel"), Bias(context), lengths,
            .. initial],
            [(new(x.Shape[0], 1, batch, units), DataType.Float32), .. Enumerable.Repeat(last, Cell.StateCount)],
                [.. Attributes(isBackwards)]);
        return (g.Transpose(g.Squeeze(outputs[0], 1), 1, 0, 2), [.. outputs.Skip(1).Select(state => g.Squeeze(state, 0))]);
    }

    private static RecurrentNode? Of(string op, UnitCell cell, params IEnumerable<Activation> activations)
    {
        List<RecurrentFunction?> functions = [.. activations.Select(RecurrentFunction.Of)];
        return functions.Contains(null) ? null : new(op, cell, [.. functions.OfType<RecurrentFunction>()]);
    }

    private IEnumerable<(string, object)> Attributes(bool isBackwards)
    {
        yield return ("hidden_size", (long)Cell.Units);
        yield return ("direction", isBackwards ? "reverse" : "forward");
        yield return ("activations", Activations.Select(function => function.Name).ToArray());
        if (Activations.Any(f => f.Alpha is not null)) yield return ("activation_alpha", Activations.Select(f
            => f.Alpha).OfType<float>().ToArray());
        if (Activations.Any(f => f.Beta is not null)) yield return ("activation_beta", Activations.Select(f
            => f.Beta).OfType<float>().ToArray());
        if (Cell is GRUCell { ResetAfter: true }) yield return ("linear_before_reset", 1L);
    }

    /// <summary>From (inputs, gates x units) to (1, gates x units, inputs).</summary>
    private GraphValue Kernel(ExportContext context, string name)
        => context.Keep($"{name}_of_gates", () =>
        {
            var kernel = context.Numbers(name).Blocks(Gates).Permute(1, 0);
            return kernel.Reshape([1, .. kernel.Shape]);
        });

    /// <summary>The biases of the input and of the state, one after the other: (1, 2 x gates x units).</summary>
    private GraphValue? Bias(ExportContext context) => !context.Has("bias") ? null : context.Keep("bias_of_gates", () =>
    {
        var bias = context.Numbers("bias");
        var pairs = bias.Shape.Length == 2 ? bias : new([.. bias.Data, .. new float[bias.Data.Length]], [2, bias.Data.Length]);
        return pairs.Blocks(Gates).Reshape(1, -1);
    });
}

/// <summary>A function as ONNX's recurrent operators name it.</summary>
internal sealed record RecurrentFunction(string Name, float? Alpha = null, float? Beta = null)
{
    public static RecurrentFunction? Of(Activation activation) => activation switch
    {
        Activation.Tanh => new("Tanh"),
        Activation.Sigmoid => new("Sigmoid"),
        Activation.Relu => new("Relu"),
        Activation.Linear => new("Affine", 1, 0),
        Activation.HardSigmoid => new("HardSigmoid", 1f / 6, 0.5f),
        Activation.LegacyHardSigmoid => new("HardSigmoid", 0.2f, 0.5f),
        Activation.SparseSigmoid => new("HardSigmoid", 0.5f, 0.5f),
        Activation.Elu => new("Elu", 1),
        Activation.LeakyRelu => new("LeakyRelu", 0.2f),
        Activation.Softsign => new("Softsign"),
        Activation.Softplus => new("Softplus"),
        _ => null,
    };
}
