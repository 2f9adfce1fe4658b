using DeepGpu.Export;
using DeepGpu.Models;
using DeepGpu.Onnx.Schema;
using Google.Protobuf;

namespace DeepGpu.OnnxRuntime.Tests;

/// <summary>What stands in the file: operators, names, metadata.</summary>
public class GraphTests
{
    private static readonly Func<ModelSpec, OnnxOptions?, ModelProto> Build = (spec, options) =>
    {
        var weights = spec.Layers.SelectMany(node => node.Weights.Select(weight => ($"{node.Name}/{weight.Name}", weight)))
            .ToDictionary(pair => pair.Item1, pair => Numbers(pair.weight.Shape));
        return OnnxExport.Build(spec, name => weights[name], options ?? OnnxOptions.Default);
    };

    [Fact]
    public void Transpositions_between_neighbours_that_want_channels_first_cancel()
    {
        var spec = Sequential.Input(9, 8, 3).Conv2D(4, 3, Activation.Relu).BatchNormalization().MaxPooling2D(2)
            .Apply(new DepthwiseConv2D(2)).Activate(Activation.Silu).GlobalAveragePooling2D().Dense(2).Build();
        Operators(Build(spec, null)).Count(op => op == "Transpose").Should().Be(1, "the image comes with channels last");
    }

    [Fact]
    public void A_residual_stays_channels_first()
    {
        var input = Functional.Input(6, 6, 2);
        var block = input.Conv2D(4, 3, Activation.Relu);
        var sum = block.Add(block.Apply(new Conv2D(4, 3) { Padding = Padding.Same }));
        var spec = Functional.Model([input], [sum.Conv2D(2, 2).GlobalMaxPooling2D()]);
        Operators(Build(spec, null)).Count(op => op == "Transpose").Should().Be(1);
    }

    [Fact]
    public void Recurrent_layers_are_nodes_and_stacked_ones_need_no_transposition_between()
    {
        var spec = Sequential.Input(7, 3).Apply(new LSTM(4) { ReturnSequences = true }).Apply(new GRU(3) { ReturnSequences = true })
            .Apply(new SimpleRNN(2)).Build();
        var operators = Operators(Build(spec, null));
        operators.Should().Contain(["LSTM", "GRU", "RNN"]).And.NotContain("Scan");
        operators.Count(op => op == "Transpose").Should().Be(1);
    }

    [Fact]
    public void The_way_back_of_both_directions_is_a_node_in_reverse_without_turning_its_input()
    {
        var graph = Build(Sequential.Input(7, 3).Apply(new Bidirectional(new LSTM(4) { ReturnSequences = true })).Build(), null).Graph;
        graph.Node.Where(node => node.OpType == "LSTM").Select(node => Attribute(node, "direction").S.ToStringUtf8()).Should()
            .Equal("forward", "reverse");
        graph.Node.Should().NotContain(node => node.OpType == "Slice");
    }

    [Fact]
    public void A_mask_becomes_the_lengths_of_sequences()
    {
        var graph = Build(Sequential.Input(7).Apply(new Embedding(9, 3) { MaskZero = true }).Apply(new GRU(4)).Build(), null).Graph;
        graph.Node.Single(node => node.OpType == "GRU").Input[4].Should().NotBeEmpty();
    }

    [Fact]
    public void A_function_that_the_operators_lack_makes_a_scan()
        => Operators(Build(Sequential.Input(7, 3).Apply(new LSTM(4) { Activation = Activation.Gelu }).Build(), null)).Should()
            .Contain("Scan").And.NotContain("LSTM");

    [Fact]
    public void Names_of_inputs_outputs_and_weights_are_those_of_layers()
    {
        var input = Functional.Input(new InputLayer(new(null, 4)) { Name = "reading" });
        var spec = Functional.Model([input], [input.Apply(new Dense(2) { Name = "verdict" })]);
        var graph = Build(spec, null).Graph;
        graph.Input.Select(value => value.Name).Should().Equal("reading");
        graph.Output.Select(value => value.Name).Should().Equal("verdict");
        graph.Initializer.Select(tensor => tensor.Name).Should().BeEquivalentTo("verdict/kernel", "verdict/bias");
        graph.Node.Select(node => node.Name).Should().OnlyContain(name => name.StartsWith("verdict/"));
    }

    [Fact]
    public void The_batch_is_open_and_other_lengths_are_stated()
    {
        var shape = Build(Sequential.Input(4).Dense(2).Build(), null).Graph.Output[0].Type.TensorType.Shape;
        shape.Dim.Select(dim => dim.DimParam).Should().Equal("batch", "");
        shape.Dim[1].DimValue.Should().Be(2);
    }

    [Fact]
    public void The_file_tells_who_made_it_its_licence_and_the_classes()
    {
        var options = new OnnxOptions { Opset = 15, License = "MIT", Classes = ["cat", "dög \"x\""], Description = "Pets." };
        var model = Build(Sequential.Input(4).Dense(2).Build(), options);
        model.ProducerName.Should().Be("DeepGpu");
        model.DocString.Should().Be("Pets.");
        model.OpsetImport.Should().ContainSingle().Which.Version.Should().Be(15);
        using var predictor = OnnxPredictor.Load(model.ToByteArray());
        predictor.Metadata["license"].Should().Be("MIT");
        predictor.Classes.Should().Equal("cat", "dög \"x\"");
    }

    [Theory]
    [InlineData(12)]
    [InlineData(23)]
    public void Another_version_of_the_operators_is_refused(int opset)
        => FluentActions.Invoking(() => new OnnxOptions { Opset = opset }).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("OnnxOptions: opset must be from 13 to 22*");

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public void Batch_normalizations_are_folded_on_request_and_the_numbers_stay(bool folds, int left)
    {
        var spec = Sequential.Input(6, 5, 2).Apply(new Conv2D(3, 2) { UseBias = false }).BatchNormalization().Activate(Activation.Relu)
            .Flatten().Dense(4).Apply(new BatchNormalization { Scale = false, Epsilon = 0.1 }).Build();
        var options = new OnnxOptions { FoldBatchNormalization = folds };
        var model = Build(spec, options);
        Operators(model).Count(op => op == "BatchNormalization").Should().Be(left);
        var input = Numbers([3, 6, 5, 2]);
        using var predictor = OnnxPredictor.Load(model.ToByteArray());
        using var plain = OnnxPredictor.Load(Build(spec, null).ToByteArray());
        Exported.Check([predictor.Predict(input)], [plain.Predict(input)]);
    }

    [Fact]
    public void A_normalization_whose_input_is_read_elsewhere_is_not_folded()
    {
        var input = Functional.Input(4);
        var dense = input.Dense(3);
        var spec = Functional.Model([input], [dense.BatchNormalization(), dense.Activate(Activation.Tanh)]);
        Operators(Build(spec, new() { FoldBatchNormalization = true })).Should().Contain("BatchNormalization");
    }

    [Fact]
    public void What_cannot_be_expressed_is_refused_by_the_names_of_all_such_layers()
    {
        var spec = Sequential.Input(3, 2).Apply(new LSTM(2) { Stateful = true, Name = "memory", ReturnSequences = true })
            .Flatten().Apply(new Hashing(4) { Name = "bins" }).Build();
        FluentActions.Invoking(() => Build(spec, null)).Should().Throw<DeepGpuException>().WithMessage(
            "A model is written as ONNX where each of its layers has operators there, but in 'sequential' 'memory' (LSTM) is stateful, and "
            + "a graph of ONNX keeps nothing between calls; 'bins' (Hashing) hashes its input, for which ONNX has no operator. Leave the "
            + "layers out, do their work before the model, or save it as .keras.");
    }

    [Fact]
    public void A_layer_inside_another_is_named_too()
    {
        var inner = Sequential.Input(3).Apply(new Hashing(4) { Name = "bins" }).Build("part");
        var spec = Sequential.Input(3).Apply(inner).Build();
        FluentActions.Invoking(() => Build(spec, null)).Should().Throw<DeepGpuException>()
            .WithMessage("*'part' (Sequential) holds 'bins' (Hashing), which hashes its input*");
    }

    [Fact]
    public void A_shared_layer_keeps_its_weights_once_and_outputs_that_are_inputs_are_passed_on()
    {
        var (a, b) = (Functional.Input(3), Functional.Input(3));
        var shared = new Dense(2) { Name = "shared" };
        var spec = Functional.Model([a, b], [a.Apply(shared), b.Apply(shared), a]);
        var model = Build(spec, null);
        model.Graph.Initializer.Should().HaveCount(2);
        model.Graph.Output.Select(value => value.Name).Should().OnlyHaveUniqueItems();
        using var predictor = OnnxPredictor.Load(model.ToByteArray());
        var (x, y) = (Numbers([2, 3]), Numbers([2, 3]));
        var outputs = predictor.Predict([x, y]);
        outputs[2].ToArray<float>().Should().Equal(x.ToArray<float>());
        outputs[0].ToArray<float>().Should().Equal(outputs[1].ToArray<float>());
    }

    private static List<string> Operators(ModelProto model) => [.. model.Graph.Node.Select(node => node.OpType)];

    private static AttributeProto Attribute(NodeProto node, string name) => node.Attribute.Single(attribute => attribute.Name == name);

    private static NDArray Numbers(IReadOnlyList<int> shape)
    {
        var random = new Random(shape.Count);
        return NDArray.From<float>([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle() + 0.1f)],
            [.. shape]);
    }
}
