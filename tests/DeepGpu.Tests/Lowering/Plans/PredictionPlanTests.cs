using DeepGpu.Models;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Layers;

/// <summary>Prediction without torch yields what torch yields.</summary>
public class PredictionPlanTests
{
    private const double Tolerance = 2e-6;

    public static TheoryData<string> Models => [.. Specs().Select(spec => spec.Name)];

    public static TheoryData<string> LeftToTorch => [.. Refused().Select(spec => spec.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_plan_predicts_what_torch_computes(string name)
    {
        using var model = Filled(Specs().Single(spec => spec.Name == name));
        foreach (var batch in new[] { 1, 5, 67 })
        {
            var input = Input(model, batch);
            model.Graph.PlanFor([input]).Should().NotBeNull();
            Compare(model, input);
        }
    }

    [Theory]
    [MemberData(nameof(LeftToTorch))]
    public void What_a_plan_does_not_know_is_left_to_torch(string name)
    {
        using var model = Filled(Refused().Single(spec => spec.Name == name));
        var input = Input(model, 3);
        model.Graph.PlanFor([input]).Should().BeNull();
        Compare(model, input);
    }

    [Fact]
    public void Changed_weights_change_the_next_prediction()
    {
        using var model = Filled(Specs().First());
        var input = Input(model, 3);
        var before = model.Predict(input).ToArray<float>();
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        model.Fit(Dataset.FromArrays(input, RandomArray.Between(0, 1, 4, 3, 5)), epochs: 1);
        Compare(model, input);
        model.Predict(input).ToArray<float>().Should().NotEqual(before);
        foreach (var weight in model.Weights) weight.Load(RandomArray.Between(-0.2, 0.2, 9, [.. weight.Spec.Shape]));
        Compare(model, input);
    }

    [Fact]
    public void Lengths_may_change_between_calls()
    {
        using var model = Filled(Functional.Model([Open(out var x)], [x.Apply(new GRU(7)).Dense(2)]));
        foreach (var steps in new[] { 4, 9, 1, 4, 30, 2, 3, 5, 6, 7, 8, 4 })
            Compare(model, RandomArray.Between(-1, 1, steps, 3, steps, 3));
    }

    [Fact]
    public void The_same_sample_predicts_the_same_in_any_batch_of_rows_that_are_packed()
    {
        using var model = Filled(Sequential.Input(6, 5).Apply(new LSTM(9)).Build());
        var input = RandomArray.Between(-1, 1, 2, 41, 6, 5);
        var whole = model.Predict(input, batchSize: 41).ToArray<float>();
        model.Predict(input, batchSize: 1).ToArray<float>().Should().Equal(whole);
        model.Predict(input, batchSize: 7).ToArray<float>().Should().Equal(whole);
    }

    [Fact]
    public void Threads_predict_at_once()
    {
        using var model = Filled(Specs().First());
        var inputs = Enumerable.Range(1, 16).Select(batch => Input(model, batch)).ToList();
        var alone = inputs.Select(input => model.Predict(input).ToArray<float>()).ToList();
        Parallel.For(0, 64, i => model.Predict(inputs[i % 16]).ToArray<float>().Should().Equal(alone[i % 16]));
    }

    [Fact]
    public void Inputs_stay_as_they_are_and_no_tensor_is_left()
    {
        using var model = Filled(Functional.Model([Open(out var x)], [x, x.Apply(new ActivationLayer(Activation.Relu))]));
        var input = RandomArray.Between(-1, 1, 2, 2, 4, 3);
        var values = input.ToArray<float>();
        model.Predict([input]);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var outputs = model.Predict([input]);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
        input.ToArray<float>().Should().Equal(values);
        outputs[0].ToArray<float>().Should().Equal(values);
        outputs[1].ToArray<float>().Should().Equal(values.Select(value => Math.Max(value, 0)));
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Relu6)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Softmax)]
    public void What_is_not_a_number_stays_so(Activation activation)
    {
        using var model = Sequential.Input(19).Apply(new ActivationLayer(activation)).Build().ToModel(Device.Cpu);
        var values = new float[19];
        values[17] = float.NaN;
        var outputs = model.Predict(NDArray.From<float>(values, 1, 19)).ToArray<float>();
        outputs[17].Should().Be(float.NaN);
        if (activation != Activation.Softmax) outputs[16].Should().NotBe(float.NaN);
    }

    private static InputLayer OpenInput => new(new Shape([null, null, 3]));

    private static SymbolicTensor Open(out SymbolicTensor input) => input = Functional.Input(OpenInput);

    /// <summary>Odd lengths, padding, strides and dilation of each kind of layer.</summary>
    private static IEnumerable<ModelSpec> Specs() =>
    [
        Sequential.Input(11, 9, 3).Conv2D(17, 3, Activation.Relu).MaxPooling2D(2).Conv2D(5, 2, Activation.Tanh).Flatten().Dense(5)
            .Build("cnn"),
        Sequential.Input(7).Dense(33, Activation.Sigmoid).Dropout(0.5).Dense(3, Activation.Softmax).Build("dense"),
        Sequential.Input(4, 7).Dense(2, Activation.Silu).Build("dense of steps"),
        Sequential.Input(10, 7, 2).Apply(new Conv2D(4, (3, 2)) { Padding = Padding.Same, Strides = (2, 3) }).Build("same strides"),
        Sequential.Input(12, 11, 2).Apply(new Conv2D(3, 3) { DilationRate = (2, 3), UseBias = false }).Build("dilation"),
        Sequential.Input(9, 3).Apply(new Conv1D(5, 4) { Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Relu })
            .Build("causal"),
        Sequential.Input(9, 3).Apply(new Conv1D(35, 1)).Apply(new MaxPooling1D(3) { Padding = Padding.Same, Strides = 2 }).Build("line"),
        Sequential.Input(7, 5, 19).Apply(new AveragePooling2D((3, 2)) { Padding = Padding.Same, Strides = 2 }).Build("average"),
        Sequential.Input(7, 5, 19).Apply(new BatchNormalization()).Apply(new GlobalAveragePooling2D()).Build("normalized"),
        Sequential.Input(7, 5, 19).Apply(new GlobalMaxPooling2D { KeepDims = true }).Build("global"),
        Sequential.Input(6, 5).Apply(new SimpleRNN(11) { ReturnSequences = true, GoBackwards = true }).Apply(new LSTM(7)).Build("rnn"),
        Sequential.Input(6, 5).Apply(new SimpleRNN(3) { Activation = Activation.Relu, UseBias = false }).Build("relu rnn"),
        Sequential.Input(60, 5).Apply(new GRU(17) { ReturnSequences = true }).Apply(new ReLU()).Build("gru"),
        Sequential.Input(6, 5).Apply(new LSTM(16) { UseBias = false, ReturnSequences = true }).Reshape(3, 32).Build("lstm"),
        Residual(),
    ];

    private static IEnumerable<ModelSpec> Refused() =>
    [
        Sequential.Input(7).Dense(4, Activation.Elu).Build("activation"),
        Sequential.Input(8, 8, 4).Apply(new Conv2D(4, 3) { Groups = 2 }).Build("groups"),
        Sequential.Input(4, 8, 8).Apply(new MaxPooling2D(2) { DataFormat = DataFormat.ChannelsFirst }).Build("channels first"),
        Sequential.Input(6, 5).Apply(new Masking()).Apply(new LSTM(3)).Build("mask"),
        Sequential.Input(6, 5).Apply(new GRU(3) { ResetAfter = false }).Build("reset before"),
        Sequential.Input(6, 5).Apply(new LSTM(3) { Stateful = false, RecurrentActivation = Activation.HardSigmoid }).Build("hard gates"),
    ];

    private static ModelSpec Residual()
    {
        var input = Functional.Input(6, 6, 4);
        var branch = input.Apply(new Conv2D(4, 3) { Padding = Padding.Same }).Apply(new BatchNormalization()).Apply(new ReLU());
        var sum = input.Apply(new Add(), branch);
        return Functional.Model([input], [sum.Apply(new Conv2D(4, 1)), sum], "residual");
    }

    private static Model Filled(ModelSpec spec)
    {
        var model = spec.ToModel(Device.Cpu, seed: 3);
        foreach (var (weight, i) in model.Weights.Select((weight, i) => (weight, i)))
            weight.Load(RandomArray.Between(weight.Name.EndsWith("variance", StringComparison.Ordinal) ? 0.5 : -0.6, 0.9, i,
                [.. weight.Spec.Shape]));
        return model;
    }

    private static NDArray Input(Model model, int batch)
        => RandomArray.Between(-1, 1, batch, [batch, .. model.Spec.Inputs[0].OutputShapes[0].Axes.Skip(1).Select(length => length!.Value)]);

    /// <summary>Compares a prediction with torch's own kernels, step by step in time.</summary>
    private static void Compare(Model model, NDArray input)
    {
        var predicted = model.Predict([input], batchSize: 100);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        foreach (var sequence in model.Graph.Sequences) sequence.UsesFusedKernels = false;
        var tensor = torch.tensor(input.ToArray<float>()).reshape([.. input.Shape.Select(length => (long)length)]);
        var outputs = model.Graph.Run([new(tensor)], ForwardContext.Inference);
        foreach (var sequence in model.Graph.Sequences) sequence.UsesFusedKernels = true;
        foreach (var (array, output) in predicted.Zip(outputs))
        {
            array.Shape.Select(length => (long)length).Should().Equal(output.Tensor.shape);
            var expected = output.Tensor.contiguous().data<float>().ToArray();
            array.ToArray<float>().Zip(expected, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(b))).Max().Should()
                .BeLessThan((float)Tolerance);
        }
    }
}
