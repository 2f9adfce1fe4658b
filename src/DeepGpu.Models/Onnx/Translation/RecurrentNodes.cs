using static DeepGpu.Models.Onnx.NodeTranslation;

namespace DeepGpu.Models.Onnx;

/// <summary>RNN, GRU and LSTM as layers: one direction, or two joined.</summary>
internal static class RecurrentNodes
{
    public static IReadOnlyList<Translated> Translate(NodeTranslation node)
    {
        var (x, features) = (Sequence(node), node.Numbers(1).Dims[2]);
        Require(!node.Has(4), "lengths of sequences");
        Require(IsZero(node, 5) && IsZero(node, 6), "initial states");
        Require(!node.Has(7) && !node.Node.Attributes.ContainsKey("clip") && node.Node.Int("input_forget", 0) == 0,
            "peepholes, clipped gates or joined gates");
        var direction = node.Node.Text("direction", "forward");
        var layer = Layer(node, node.Numbers(2).Dims[2]) with
        {
            ReturnSequences = true,
            ReturnState = node.Node.Outputs.Skip(1).Any(output => output.Length > 0),
            GoBackwards = direction == "reverse",
        };
        Require(features == x.Shape![2], "steps of another length");
        return direction == "bidirectional" ? Both(node, x, layer) : One(node, x, layer);
    }

    /// <summary>The steps as (batch, time, features).</summary>
    private static SymbolicTensor Sequence(NodeTranslation node)
    {
        var value = node.Input(0);
        int[] wanted = node.Node.Int("layout", 0) != 0 ? [0, 1, 2] : [1, 0, 2];
        if (value.Order.SequenceEqual(wanted) && value.Tensor.Shape!.Rank == 3) return value.Tensor;
        Require(value.Order[wanted[0]] == 0 || value.Order[0] == 0, "steps whose batch is on another axis");
        throw new NoLayerException("steps before the batch: the batch must be the second axis of what it reads");
    }

    private static RecurrentLayer Layer(NodeTranslation node, int units) => node.Node.Operator switch
    {
        "LSTM" => Gated(node, 3, "Sigmoid", "Tanh", "Tanh") is var names ? new LSTM(units)
        {
            RecurrentActivation = Function(names[0]),
            Activation = names[1] == names[2] ? Function(names[1]) : throw new NoLayerException("two functions of an LSTM's memory"),
            UseBias = node.Has(3),
        } : null!,
        "GRU" => Gated(node, 2, "Sigmoid", "Tanh") is var names ? new GRU(units)
        {
            RecurrentActivation = Function(names[0]),
            Activation = Function(names[1]),
            ResetAfter = node.Node.Int("linear_before_reset", 0) != 0,
            UseBias = node.Has(3),
        } : null!,
        _ => new SimpleRNN(units) { Activation = Function(Gated(node, 1, "Tanh")[0]), UseBias = node.Has(3) },
    };

    private static string[] Gated(NodeTranslation node, int count, params string[] defaults)
    {
        var names = node.Node.Texts("activations") ?? defaults;
        Require(names.Length % count == 0 && names.Chunk(count).All(part => part.SequenceEqual(names.Take(count))),
            "other functions in the other direction");
        return [.. names.Take(count)];
    }

    private static Activation Function(string name) => name switch
    {
        "Sigmoid" => Activation.Sigmoid,
        "Tanh" => Activation.Tanh,
        "Relu" => Activation.Relu,
        "Softsign" => Activation.Softsign,
        "Softplus" => Activation.Softplus,
        _ => throw new NoLayerException($"the function {name} of a recurrent layer"),
    };

    private static List<Translated> One(NodeTranslation node, SymbolicTensor x, RecurrentLayer layer)
    {
        var name = node.NextName();
        node.AddWeights(name, Weights(node, 0, "cell/"));
        var made = x.ApplyAll(layer with { Name = name });
        var steps = layer.GoBackwards ? node.Function(made[0], "Flip", ("x", FunctionArgument.Input(0)), ("axis", 1)) : made[0];
        return [Steps(node, steps), .. made.Skip(1).Select(state => State(node, state))];
    }

    /// <summary>Both directions; the graph has them as an axis of their own, the layer joins them along the last.</summary>
    private static List<Translated> Both(NodeTranslation node, SymbolicTensor x, RecurrentLayer layer)
    {
        var (name, units) = (node.NextName(), layer.Units);
        node.AddWeights(name, [.. Weights(node, 0, "forward_layer/cell/"), .. Weights(node, 1, "backward_layer/cell/")]);
        var made = x.ApplyAll(new Bidirectional(layer) { Name = name });
        var parted = node.Apply(made[0], new Reshape(x.Shape![1] ?? -1, 2, units));
        var isBatchFirst = node.Node.Int("layout", 0) != 0;
        Translated steps = new(parted, isBatchFirst ? [0, 1, 2, 3] : [1, 2, 0, 3]);
        var states = (made.Count - 1) / 2;
        return [steps, .. Enumerable.Range(1, states).Select(i => States(node, made[i], made[i + states], units))];
    }

    /// <summary>(time, direction, batch, units), the direction an axis that the layer's output has not.</summary>
    private static Translated Steps(NodeTranslation node, SymbolicTensor steps)
        => new(steps, node.Node.Int("layout", 0) != 0 ? [0, 1, -1, 2] : [1, -1, 0, 2]);

    private static Translated State(NodeTranslation node, SymbolicTensor state)
        => new(state, node.Node.Int("layout", 0) != 0 ? [0, -1, 1] : [-1, 0, 1]);

    private static Translated States(NodeTranslation node, SymbolicTensor forward, SymbolicTensor backward, int units)
    {
        var joined = forward.Apply(new Concatenate { Name = node.NextName() }, backward);
        return new(node.Apply(joined, new Reshape(2, units)), node.Node.Int("layout", 0) != 0 ? [0, 1, 2] : [1, 0, 2]);
    }

    /// <summary>The weights of one direction in Keras's order of gates and axes.</summary>
    private static IEnumerable<(string, NumberArray)> Weights(NodeTranslation node, int direction, string prefix)
    {
        int[] gates = node.Node.Operator switch { "LSTM" => [0, 2, 3, 1], "GRU" => [0, 1, 2], _ => [0] };
        NumberArray Part(int input)
        {
            var all = node.Numbers(input);
            return Ordered(all.Part(direction, 1).Reshaped(all.Dims[1..]), gates);
        }

        yield return (prefix + "kernel", Part(1).Permuted(1, 0));
        yield return (prefix + "recurrent_kernel", Part(2).Permuted(1, 0));
        if (node.Has(3)) yield return (prefix + "bias", Bias(node, direction, gates));
    }

    /// <summary>The graph has a bias of the input and one of the state: they are added, unless the reset gate stands between
    /// them.</summary>
    private static NumberArray Bias(NodeTranslation node, int direction, int[] gates)
    {
        var both = node.Numbers(3).Part(direction, 1);
        var length = both.Numbers.Length / 2;
        var flat = both.Reshaped(2 * length);
        var (input, state) = (Ordered(flat.Part(0, length), gates), Ordered(flat.Part(length, length), gates));
        return node.Node.Operator == "GRU" && node.Node.Int("linear_before_reset", 0) != 0
            ? new([.. input.Numbers, .. state.Numbers], [2, length]) : input.Plus(state);
    }

    private static NumberArray Ordered(NumberArray gated, int[] gates)
    {
        var rows = gated.Dims[0] / gates.Length;
        return new([.. gates.SelectMany(gate => gated.Part(gate * rows, rows).Numbers)], gated.Dims);
    }

    private static bool IsZero(NodeTranslation node, int input)
    {
        if (!node.Has(input)) return true;
        if (node.Call[input].Data is { } data) return data.All(number => number == 0);
        if (node.IsConstant(input)) return node.Numbers(input).Numbers.All(number => number == 0);
        return node.Source(input).Maker is { Operator: "ConstantOfShape" } maker
            && (!maker.Attributes.TryGetValue("value", out var value) || IsZero(value));
    }

    private static bool IsZero(DeepGpu.Onnx.Schema.AttributeProto value)
        => DeepGpu.Onnx.Files.StoredTensorData.Of(value.T, model: null).Numbers(1) is [0];
}
