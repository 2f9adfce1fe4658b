using DeepGpu.Models.Json;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Tests.Layers;

namespace DeepGpu.Models.Tests.Json;

public class LayerRoundTripTests
{
    /// <summary>Functions of tensors are no classes of layers: their arguments are in FunctionArguments and the graph's calls.</summary>
    public static TheoryData<string> Classes
        => [.. LayerOptions.Samples.Where(layer => layer is not TensorFunction).Select(layer => layer.ClassName)];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var i = 0; i < LayerCases.All.Count; i++) data.Add(i, LayerCases.All[i].Layer.ClassName);
            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_layer_is_read_as_it_was_written(int index, string name)
    {
        var layer = LayerCases.All[index].Layer;
        if (layer is NestedModel or NotEqual or TensorFunction or AttentionLayer { ReturnAttentionScores: true } or ProjectedAttention
            { ReturnAttentionScores: true } or TransformerEncoder { ReturnAttentionScores: true } or TransformerDecoder
            { UseCausalMask: false } or ReversibleEmbedding { IsReversed: true }) return; // written with the call: GraphRoundTripTests
        RoundTrip(layer).Should().Be(layer with { Name = "x" }, name);
    }

    [Theory, MemberData(nameof(Classes))]
    public void Every_option_with_another_value_is_read_as_it_was_written(string name)
    {
        var layer = LayerOptions.Samples.Single(sample => sample.ClassName == name) with { Name = "x" };
        foreach (var option in LayerOptions.Of(layer).Where(option => !IsNotWritten(layer, option.Name)))
        {
            var changed = LayerOptions.ValuesFor(option.PropertyType).Select(value => LayerOptions.With(layer, option, value))
                .FirstOrDefault(copy => copy is not null && !copy.Equals(layer));
            changed.Should().NotBeNull($"{name}.{option.Name} needs a value to try");
            RoundTrip(changed!).Should().Be(changed, $"{name}.{option.Name} is an option");
        }
    }

    [Theory, MemberData(nameof(Classes))]
    public void Options_left_out_have_their_defaults(string name)
    {
        var defaults = LayerTypes.Find(name)!.Defaults();
        defaults.Remove("name");
        var written = LayerJson.Write((Layer)LayerTypes.Find(name)!.Sample, "x")["config"]!.AsObject();
        foreach (var key in defaults.Select(option => option.Key).ToList()) written.Remove(key);
        var layer = LayerJson.Read(
            new System.Text.Json.Nodes.JsonObject { ["class_name"] = name, ["module"] = "keras.layers", ["config"] = written.DeepClone() });
        layer.Should().Be((Layer)LayerTypes.Find(name)!.Sample with { Name = "x" });
    }

    /// <summary>Initializers that follow from a layer's options and are not written.</summary>
    private static readonly Type[] Derived = [typeof(ForgetGateOnes), typeof(SpectrumKernel), typeof(RootOf), typeof(BlockNumbers)];

    [Fact]
    public void Every_initializer_regularizer_and_constraint_is_read_as_it_was_written()
    {
        foreach (var type in typeof(Layer).Assembly.GetTypes().Where(type => !type.IsAbstract && !Derived.Contains(type)))
        {
            var dense = new Dense(2) { Name = "x" };
            if (type.IsSubclassOf(typeof(Initializer)))
                RoundTrip(dense with { KernelInitializer = Made<Initializer>(type) })
                    .Should().Be(dense with { KernelInitializer = Made<Initializer>(type) });
            if (type.IsSubclassOf(typeof(Regularizer)))
                RoundTrip(dense with { KernelRegularizer = Made<Regularizer>(type) })
                    .Should().Be(dense with { KernelRegularizer = Made<Regularizer>(type) });
            if (type.IsSubclassOf(typeof(Constraint)))
                RoundTrip(dense with { KernelConstraint = Made<Constraint>(type) })
                    .Should().Be(dense with { KernelConstraint = Made<Constraint>(type) });
        }
    }

    [Fact]
    public void Every_activation_and_precision_is_read_as_it_was_written()
    {
        foreach (var activation in Enum.GetValues<Activation>())
            RoundTrip(new Dense(2, activation)).Should().Be(new Dense(2, activation) { Name = "x" });
        foreach (var policy in Enum.GetValues<PrecisionPolicy>().Where(policy => policy != PrecisionPolicy.Float32))
            RoundTrip(new Dense(2) { Policy = policy }).Should().Be(new Dense(2) { Name = "x", Policy = policy });
        RoundTrip(new Dense(2) { Policy = PrecisionPolicy.Float32 })
            .Should().Be(new Dense(2) { Name = "x" }, "single precision is the model's own");
    }

    /// <summary>An object whose numbers are not the defaults.</summary>
    private static T Made<T>(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return (T)constructor.Invoke([.. constructor.GetParameters()
            .Select(parameter => LayerOptions.ValuesFor(parameter.ParameterType).First())]);
    }

    private static bool IsNotWritten(Layer layer, string option)
        => option == nameof(Layer.Trainable) && layer is InputLayer or NotEqual or Any or SpatialDropout or TensorFunction
            || option is nameof(Layer.Policy) && layer is InputLayer or NotEqual or Any or TensorFunction
            || option is nameof(Layer.ActivityRegularizer) && layer is TensorFunction;

    private static Layer RoundTrip(Layer layer)
        => LayerJson.Read(System.Text.Json.Nodes.JsonNode.Parse(LayerJson.Write(layer, "x").ToJsonString()));
}
