using System.Text.Json;
using DeepGpu.Models;
using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Keras's own numbers for activations, initializers and regularizers.</summary>
public class ActivationOracleTests
{
    public static IEnumerable<ITheoryDataRow> Activations => Of("activation");

    public static IEnumerable<ITheoryDataRow> Initializers => Of("initializer");

    public static IEnumerable<ITheoryDataRow> Regularizers => Of("regularizer");

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_gives_Kerass_numbers(string id)
    {
        using var scope = torch.NewDisposeScope();
        var c = OracleCase.Find(id);
        var result = Apply(c.Name, Tensors.From(OracleCase.Array(c.Arguments[0]), torch.CPU).to(torch.ScalarType.Float64), new(c));
        c.Check(Tensors.ToArray(c.Entry.TryGetProperty("output_index", out var index) ? result[index.GetInt32()] : result));
    }

    [Theory]
    [MemberData(nameof(Initializers))]
    public void An_initializer_gives_Kerass_numbers(string id)
    {
        var c = OracleCase.Find(id);
        using var random = new torch.Generator(1);
        var shape = (c.Keywords.TryGetValue("shape", out var given) ? given : c.Arguments[0]).EnumerateArray().Select(n => n.GetInt32());
        using var values = InitialValues.Sample(Read<Initializer>(c), [.. shape], random);
        c.Check(Tensors.ToArray(values));
    }

    [Theory]
    [MemberData(nameof(Regularizers))]
    public void A_regularizer_gives_Kerass_numbers(string id)
    {
        using var scope = torch.NewDisposeScope();
        var c = OracleCase.Find(id);
        c.Check(Tensors.ToArray(Read<Regularizer>(c).Penalty(Tensors.From(OracleCase.Array(c.Arguments[0]), torch.CPU))).Reshape(1));
    }

    private static IEnumerable<ITheoryDataRow> Of(string area)
        => OracleCase.Rows(OracleCase.In("keras_cases.json").Where(c => c.Area == area));


    private static T Read<T>(OracleCase c)
        => JsonSerializer.Deserialize<T>($$"""{"class_name": "{{c.Name}}", "config": {{c.Entry.GetProperty("config").GetRawText()}}}""",
            ModelJsonContext.Default.Options)!;

    /// <summary>Functions that take arguments by themselves, the others by their name in a layer's options.</summary>
    private static torch.Tensor Apply(string name, torch.Tensor x, CallArguments a) => name switch
    {
        "relu" => ActivationFunctions.Relu(x, a.Number("negative_slope", 1, 0), a.Given("max_value", 2), a.Number("threshold", 3, 0)),
        "leaky_relu" => ActivationFunctions.Relu(x, a.Number("negative_slope", 1, 0.2)),
        "elu" => ActivationFunctions.Elu(x, a.Number("alpha", 1, 1)),
        "celu" => ActivationFunctions.Celu(x, a.Number("alpha", 1, 1)),
        "gelu" => ActivationFunctions.Gelu(x, a.Flag("approximate", 1)),
        "glu" => ActivationFunctions.Glu(x, a.Axes("axis", 1)[0]),
        "squareplus" => ActivationFunctions.Squareplus(x, a.Number("b", 1, 4)),
        "hard_shrink" => ActivationFunctions.HardShrink(x, a.Number("threshold", 1, 0.5)),
        "soft_shrink" => ActivationFunctions.SoftShrink(x, a.Number("threshold", 1, 0.5)),
        "threshold" => ActivationFunctions.Threshold(x, a.Number("threshold", 1, 0), a.Number("default_value", 2, 0)),
        "softmax" => ActivationFunctions.Softmax(x, a.Axes("axis", 1)),
        "log_softmax" => ActivationFunctions.LogSoftmax(x, a.Axes("axis", 1)),
        "sparsemax" => ActivationFunctions.Sparsemax(x, a.Axes("axis", 1)[0]),
        _ => JsonSerializer.Deserialize<Activation>($"\"{name}\"", ModelJsonContext.Default.Options).Apply(x),
    };

    /// <summary>Arguments by name or position.</summary>
    private sealed class CallArguments(OracleCase c)
    {
        public double? Given(string name, int position)
            => Find(name, position) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

        public double Number(string name, int position, double missing) => Given(name, position) ?? missing;

        public bool Flag(string name, int position) => Find(name, position) is { ValueKind: JsonValueKind.True };

        public int[] Axes(string name, int position) => Find(name, position) is { } value
            ? value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(n => n.GetInt32())] : [value.GetInt32()]
            : [-1];

        private JsonElement? Find(string name, int position)
            => c.Keywords.TryGetValue(name, out var value) ? value : c.Arguments.Count > position ? c.Arguments[position] : null;
    }
}
