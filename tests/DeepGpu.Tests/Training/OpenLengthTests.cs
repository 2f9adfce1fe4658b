using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY2 row 14: lengths that were open when a model was built obey the rules of building once data tells them, before
/// anything native runs.</summary>
public class OpenLengthTests
{
    public static TheoryData<string> Names => [.. Cases().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_length_that_a_layer_cannot_take_is_refused_like_a_closed_one(string name)
    {
        var (open, closed, too, small) = Cases()[name]();
        using var model = open.ToModel(Device.Cpu, seed: 1);
        var refused = model.Invoking(m => m.Predict(Zeros(too))).Should().Throw<TrainingDataException>().Which.Fault;
        var built = FluentActions.Invoking(closed).Should().Throw<ModelBuildException>().Which.Faults[0];
        refused.Code.Should().Be(built.Code);
        refused.Rule.Should().Be(built.Rule);
        refused.Received.Should().Be(built.Received);
        model.Predict(Zeros(small)).Should().OnlyContain(output => output.ElementCount > 0);
    }

    [Fact]
    public void Fit_Evaluate_and_streams_refuse_too_and_name_layers_of_inner_models()
    {
        var inner = Sequential.Input(null, null, 1).MaxPooling2D(2).Conv2D(2, 3).Build("inner");
        using var model = Sequential.Input(null, null, 1).Apply(inner).GlobalAveragePooling2D().Dense(1).Build("net")
            .Compiled(Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 3, 4, 9, 1), NDArray.Zeros(DataType.Float32, 3, 1));
        Action[] calls = [() => model.Fit(data), () => model.Evaluate(data), () => model.TrainOnBatch(data), () => model.TestOnBatch(data),
            () => model.Fit(data.ToStream()), () => model.Evaluate(data.ToStream())];
        foreach (var call in calls)
        {
            call.Should().Throw<TrainingDataException>().WithMessage(
                "Conv2D 'inner/conv2d' after 'inner/max_pooling2d' needs at least 3 positions along each spatial axis, "
                + "for its output would have 0 along one but receives (batch, 2, 4, 1). *");
        }

        model.Fit(Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 3, 6, 9, 1), NDArray.Zeros(DataType.Float32, 3, 1))).Epochs.Should()
            .Be(1);
    }

    [Fact]
    public void A_custom_loss_that_runs_the_model_on_other_sizes_is_refused()
    {
        using var model = Sequential.Input(null, 2).Conv1D(3, 4).GlobalMaxPooling1D().Dense(1).Build("net").ToModel(Device.Cpu);
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 3, 6, 2), NDArray.Zeros(DataType.Float32, 3, 1));
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(null)])
        {
            CustomLoss = step =>
            step.Forward([step.Inputs[0].narrow(1, 0, 3)])[0].mean()
        });
        model.Invoking(m => m.Fit(data)).Should().Throw<TrainingDataException>().WithMessage("Conv1D 'conv1d'*at least 4 positions*");
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(null)])
        {
            CustomLoss = step =>
            step.Forward([step.Inputs[0].flatten(1)])[0].mean()
        });
        model.Invoking(m => m.Fit(data)).Should().Throw<TrainingDataException>()
            .WithMessage("*needs (batch, time, 2) but a tensor of Forward is (3, 12)*");
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(null)])
        {
            CustomLoss = step =>
            step.Forward([step.Inputs[0], step.Inputs[0]])[0].mean()
        });
        model.Invoking(m => m.Fit(data)).Should().Throw<TrainingDataException>()
            .WithMessage("'net' has 1 inputs, but Forward receives 2 tensors.*");
    }

    /// <summary>An open model, the same with closed lengths that do not fit, inputs that do not fit, inputs that do.</summary>
    private static Dictionary<string, Func<(ModelSpec Open, Func<ModelSpec> Closed, int[][] Too, int[][] Fitting)>> Cases()
    {
        var cases = new Dictionary<string, Func<(ModelSpec, Func<ModelSpec>, int[][], int[][])>>(StringComparer.Ordinal);
        void One(Layer layer, int?[] open, int[] too, int[] fitting) => cases[$"{layer.GetType().Name} {cases.Count}"] = ()
            => (Of(layer, open), () => Of(layer, [.. too.Select(n => (int?)n)]), [too], [fitting]);
        void Two(Layer layer, int?[] left, int?[] right, int[][] too, int[][] fitting)
            => cases[$"{layer.GetType().Name} {cases.Count}"] = ()
            => (Of(layer, left, right), () => Of(layer, [.. too[0].Select(n => (int?)n)], [.. too[1].Select(n => (int?)n)]), too, fitting);

        One(new Conv1D(2, 4), [null, 2], [3, 2], [4, 2]);
        One(new Conv1D(2, 2) { DilationRate = 3 }, [null, 2], [3, 2], [4, 2]);
        One(new Conv2D(2, 3), [null, null, 1], [2, 9, 1], [3, 3, 1]);
        One(new Conv2D(2, (1, 5)) { DataFormat = DataFormat.ChannelsFirst }, [1, null, null], [1, 9, 4], [1, 1, 5]);
        One(new Conv3D(1, 2), [3, null, 3, 1], [3, 1, 3, 1], [3, 2, 3, 1]);
        One(new DepthwiseConv1D(3), [null, 2], [2, 2], [3, 2]);
        One(new DepthwiseConv2D(3), [null, null, 2], [4, 2, 2], [3, 4, 2]);
        One(new SeparableConv1D(2, 3), [null, 2], [2, 2], [3, 2]);
        One(new SeparableConv2D(2, 3), [null, 5, 2], [2, 5, 2], [3, 5, 2]);
        One(new MaxPooling1D(3), [null, 2], [2, 2], [5, 2]);
        One(new MaxPooling2D(2), [null, null, 2], [4, 1, 2], [2, 3, 2]);
        One(new MaxPooling3D(2), [2, null, 2, 1], [2, 1, 2, 1], [2, 2, 2, 1]);
        One(new AveragePooling1D(3), [null, 2], [2, 2], [3, 2]);
        One(new AveragePooling2D((3, 1)) { CeilMode = true }, [null, null, 2], [2, 4, 2], [4, 4, 2]);
        One(new AveragePooling3D(2), [null, 2, 2, 1], [1, 2, 2, 1], [3, 2, 2, 1]);
        One(new Cropping1D((2, 1)), [null, 2], [3, 2], [4, 2]);
        One(new Cropping2D(((1, 1), (0, 2))), [null, null, 1], [2, 9, 1], [3, 3, 1]);
        One(new Cropping3D(1), [null, 3, 3, 1], [2, 3, 3, 1], [3, 3, 3, 1]);
        One(new ConvLSTM2D(2, 3), [2, null, null, 1], [2, 2, 5, 1], [2, 3, 4, 1]);
        One(new TimeDistributed(new Conv1D(2, 3)), [2, null, 1], [2, 2, 1], [2, 4, 1]);
        One(new Reshape(3, -1), [null, 2], [4, 2], [6, 2]);
        One(new Reshape(4, 2), [null, 2], [3, 2], [4, 2]);
        Two(new Add(), [null, 2], [null, 2], [[3, 2], [4, 2]], [[4, 2], [4, 2]]);
        Two(new Subtract(), [null], [null], [[3], [2]], [[3], [1]]);
        Two(new Multiply(), [null, 2], [2, 2], [[3, 2], [2, 2]], [[1, 2], [2, 2]]);
        Two(new Maximum(), [null, 2], [null, 2], [[3, 2], [2, 2]], [[3, 2], [3, 2]]);
        Two(new Average(), [2, null], [2, null], [[2, 3], [2, 4]], [[2, 3], [2, 3]]);
        Two(new Concatenate(), [null, 2], [null, 3], [[4, 2], [5, 3]], [[4, 2], [4, 3]]);
        Two(new Concatenate(1), [2, null], [3, null], [[2, 4], [3, 5]], [[2, 4], [3, 4]]);
        Two(new Dot(1), [null, 2], [null, 3], [[4, 2], [5, 3]], [[4, 2], [4, 3]]);
        Two(new Dot(new Axes(2, 1)) { Normalize = true }, [3, null], [null, 2], [[3, 4], [5, 2]], [[3, 4], [4, 2]]);
        Two(new Attention(), [null, null], [3, null], [[2, 4], [3, 5]], [[2, 4], [3, 4]]);
        Two(new Attention { ScoreMode = AttentionScore.Concat }, [2, null], [null, null], [[2, 4], [3, 5]], [[2, 4], [3, 4]]);
        Two(new MultiHeadAttention(2, 2) { AttentionAxes = [1] }, [null, null, 3], [null, null, 3], [[2, 4, 3], [2, 5, 3]],
            [[2, 4, 3], [3, 4, 3]]);
        return cases;
    }

    private static ModelSpec Of(Layer layer, params int?[][] shapes)
    {
        List<SymbolicTensor> inputs = [.. shapes.Select(shape => Functional.Input(shape))];
        var output = inputs.Count == 1 ? inputs[0].Apply(layer) : inputs[0].Apply(layer, inputs.Skip(1).ToArray());
        return Functional.Model(inputs, [output], "net");
    }

    private static NDArray[] Zeros(int[][] samples) => [.. samples.Select(sample => NDArray.Zeros(DataType.Float32, [2, .. sample]))];
}
