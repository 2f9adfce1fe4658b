using DeepGpu.Testing.Numerics;

namespace DeepGpu.Models.Tests.Layers;

public class LayerShapeTests
{
    public static TheoryData<int, string> Cases => Rows(LayerCases.All);

    public static TheoryData<int, string> OpenCases => Rows(OpenLayerCases.All);

    [Theory, MemberData(nameof(Cases))]
    public void Output_shapes_and_parameters_follow_from_options_and_input(int index, string layer) => Check(LayerCases.All[index], layer);

    [Theory, MemberData(nameof(OpenCases))]
    public void Unknown_lengths_stay_unknown_and_known_ones_known(int index, string layer) => Check(OpenLayerCases.All[index], layer);

    /// <summary>Here, or beside its formula in DeepGpu.Testing/Numerics/References.</summary>
    [Fact]
    public void Every_class_of_layers_has_a_case()
    {
        var classes = typeof(Layer).Assembly.GetTypes().Where(type
            => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && type != typeof(ConvLSTM.ConvLSTMCell)
                && type != typeof(OnnxOperation));
        LayerCases.All.Select(layerCase => layerCase.Layer.GetType()).Union(RandomCases.Kinds).Should().BeEquivalentTo(classes);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_known_batch_stays_the_batch(int index, string layer)
    {
        var (given, inputs, outputs, _) = LayerCases.All[index];
        if (given is InputLayer) return;
        given.OutputShapes([.. inputs.Select(input => input.With(0, 5))])
            .Should().Equal(outputs.Select(output => output.With(0, 5)), layer);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Operations_of_a_known_input_are_counted(int index, string layer)
    {
        var (given, inputs, outputs, _) = LayerCases.All[index];
        if (given is InputLayer) return;
        var operations = given.Operations("here", [.. inputs.Select(input => input.With(0, 2))]);
        operations.Should().OnlyContain(operation =>
            operation.Name.StartsWith("here") && operation.ForwardFlops >= 0 && operation.BackwardFlops >= operation.ForwardFlops, layer);
        if (given is not (InputLayer or NestedModel or Bidirectional or TimeDistributed))
            operations[^1].OutputElements.Should().Be(outputs.Sum(output => 2 * output.SampleElements!.Value), layer);
    }

    private static void Check(LayerCase layerCase, string layer)
    {
        layerCase.Layer.OutputShapes(layerCase.Inputs).Should().Equal(layerCase.Outputs, layer);
        layerCase.Layer.Weights(layerCase.Inputs).Sum(weight => weight.Count).Should().Be(layerCase.Parameters, layer);
        layerCase.Layer.OutputCount.Should().Be(layerCase.Outputs.Length, layer);
    }

    private static TheoryData<int, string> Rows(IReadOnlyList<LayerCase> cases)
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < cases.Count; i++) data.Add(i, cases[i].Layer.ClassName);
        return data;
    }
}
