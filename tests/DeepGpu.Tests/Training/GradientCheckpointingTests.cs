using System.Runtime.InteropServices;
using DeepGpu.Models;
using DeepGpu.Models.Workloads;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Activations that are made again in the backward pass: the same training to the last bit, with less kept.</summary>
public class GradientCheckpointingTests
{
    private const int Samples = 14;

    private static readonly Dictionary<string, Func<ModelSpec>> Networks = new()
    {
        ["transformer"] = () =>
        {
            var numbers = Functional.Input(9);
            var x = numbers.TokenAndPositionEmbedding(11, 9, 8, maskZero: true);
            for (var block = 0; block < 4; block++)
                x = x.TransformerEncoder(12, 2, dropout: 0.3, normalizeFirst: block % 2 == 1, activation: Activation.Gelu);
            return Functional.Model([numbers], [x.GlobalAveragePooling1D().Dropout(0.2).Dense(3, Activation.Softmax)]);
        },
        ["decoder with cross attention and causal heads"] = () =>
        {
            var numbers = Functional.Input(9);
            var x = numbers.Embedding(11, 8, maskZero: true);
            var memory = x.TransformerEncoder(10, 2, dropout: 0.1);
            for (var block = 0; block < 3; block++) x = x.TransformerDecoder(10, 2, memory, dropout: 0.2);
            return Functional.Model([numbers], [x.Flatten().Dense(3, Activation.Softmax)]);
        },
        ["residual convolutions with statistics"] = () =>
        {
            var image = Functional.Input(9);
            var x = image.Reshape([3, 3, 1]).Conv2D(4, 2, padding: Models.Padding.Same);
            for (var block = 0; block < 4; block++)
            {
                var branch = x.Conv2D(4, 3, padding: Models.Padding.Same, kernelRegularizer: new L2(0.01));
                x = x.Add(branch.BatchNormalization().ReLU().Dropout(0.25));
            }

            return Functional.Model([image], [x.Flatten().Dense(3, Activation.Softmax)]);
        },
        ["values read by many"] = () =>
        {
            var input = Functional.Input(9);
            var shared = new Dense(9, Activation.Tanh) { KernelRegularizer = new L2(0.1), ActivityRegularizer = new L1(0.01) };
            var x = input.Apply(shared);
            var (y, z) = (x.Apply(shared), x.Dense(9, Activation.Sigmoid));
            for (var i = 0; i < 4; i++)
            {
                (y, z) = (y.Multiply(x).Dense(9, activityRegularizer: new L2(0.02)), z.Add(x, y).GaussianNoise(0.1).Apply(shared));
            }

            return Functional.Model([input], [x.Add(y, z).Dense(3, Activation.Softmax)]);
        },
        ["recurrent layers, penalised"] = () => Sequential.Input(9).Reshape([3, 3])
            .Bidirectional(new LSTM(4) { ReturnSequences = true, KernelRegularizer = new L2(0.1), Dropout = 0.2 })
            .GRU(5, returnSequences: true, recurrentDropout: 0.1).SimpleRNN(4, returnSequences: true).TimeDistributed(new Dense(4))
            .LSTM(3).Dense(3, Activation.Softmax).Build(),
        ["layers that change what they read"] = () => Sequential.Input(9).Dense(8).BatchNormalization(renorm: true).Dense(8)
            .SpectralNormalization(new Dense(6)).BatchNormalization().Dense(6).AlphaDropout(0.2).LayerNormalization()
            .Dense(3, Activation.Softmax).Build(),
        ["models inside models, one frozen"] = () =>
        {
            var frozen = Sequential.Input(9).Dense(9, Activation.Relu).BatchNormalization().Build("frozen").Freeze();
            var inner = Sequential.Input(9).Dense(7, Activation.Relu).Dropout(0.3).Dense(9).BatchNormalization().Build("inner");
            var outer = Sequential.Input(9).Dense(9).Apply(inner).Dense(9, activityRegularizer: new L2(0.1)).Build("outer");
            var shared = new NestedModel(outer);
            var input = Functional.Input(9);
            var x = input.Apply(frozen).Apply(shared);
            return Functional.Model([input], [x.Add(x.Dense(9).Apply(shared)).Dense(3, Activation.Softmax)]);
        },
        ["one layer"] = () => Sequential.Input(9).Dense(3, Activation.Softmax).Build(),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var name in Networks.Keys)
            {
                foreach (var policy in new[] { "Float32", "MixedBFloat16" }) cases.Add(name, policy);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_is_the_same_to_the_last_bit(string network, string policy)
    {
        var plain = Trained(Networks[network](), policy, checkpointing: false);
        var again = Trained(Networks[network](), policy, checkpointing: true);
        again.Logs.Should().Equal(plain.Logs);
        again.Weights.Keys.Should().Equal(plain.Weights.Keys);
        foreach (var (name, values) in plain.Weights) again.Weights[name].Should().Equal(values, name);
    }

    [Theory]
    [InlineData("values read by many")]
    [InlineData("transformer")]
    public void A_batch_in_parts_is_the_same_to_the_last_bit(string network)
    {
        var plain = Trained(Networks[network](), "Float32", checkpointing: false, part: 4);
        var again = Trained(Networks[network](), "Float32", checkpointing: true, part: 4);
        foreach (var (name, values) in plain.Weights) again.Weights[name].Should().Equal(values, name);
    }

    [Fact]
    public void Fewer_activations_are_kept_at_a_time()
    {
        Peak(checkpointing: false).Should().Be(16);
        Peak(checkpointing: true).Should().BeInRange(2, 5, "16 layers of one size are cut into segments of about four");
    }

    [Fact]
    public void Segments_follow_the_blocks_and_the_last_is_kept()
    {
        var plan = CheckpointPlan.Of(Networks["transformer"]());
        plan.SelectMany(segment => segment.Nodes).Select(node => node.Type).Should().Equal("TokenAndPositionEmbedding",
            "TransformerEncoder", "TransformerEncoder", "TransformerEncoder", "TransformerEncoder", "GlobalAveragePooling1D", "Dropout",
            "Dense");
        plan.Select(segment => segment.IsRepeated).Should().Equal([.. Enumerable.Repeat(true, plan.Count - 1), false]);
        plan.Count.Should().BeGreaterThan(3);
        CheckpointPlan.Of(Networks["layers that change what they read"]()).Where(segment => !segment.IsRepeated)
            .SelectMany(segment => segment.Nodes).Select(node => node.Name).Should()
            .Contain(["batch_normalization", "spectral_normalization"]).And.NotContain("dense");
    }

    [Fact]
    public void Nothing_native_is_left_after_a_training_or_a_failure_in_it()
    {
        using var model = Networks["models inside models, one frozen"]().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        model.Fit(Data, Options(checkpointing: true));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        model.Fit(Data, Options(checkpointing: true));
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        foreach (var phase in new[] { "backward", "metrics", "step" })
        {
            var failing = new Watching((reached, _) => { if (reached == phase) throw new InvalidOperationException("mine"); });
            model.Invoking(m => m.Fit(Data, Options(checkpointing: true) with { Watch = failing })).Should()
                .Throw<InvalidOperationException>();
            foreach (var weight in model.Weights) weight.Tensor.grad = null;
            DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before, phase);
        }
    }

    [Fact]
    public void A_loss_that_may_ask_for_gradients_itself_is_refused()
    {
        using var model = Networks["one layer"]().ToModel(Device.Cpu, seed: 1);
        model.Compile(new CompileOptions(Optimizer.Sgd(), [new OutputTraining(null)]) { CustomLoss = step => step.Forward()[0].mean() });
        model.Invoking(m => m.Fit(Data, Options(checkpointing: true))).Should().Throw<ModelStateException>()
            .WithMessage("Gradient checkpointing needs losses of the model's outputs, but the model is compiled with a custom loss*");
    }

    private static Dataset Data
    {
        get
        {
            var random = new Random(3);
            var x = NDArray.From<float>([.. Enumerable.Range(0, Samples * 9).Select(i => (float)(i % 9 > 9 - i % 4 ? 0 : random.Next(11)))],
                Samples, 9);
            return Dataset.FromArrays(x, NDArray.From<int>([.. Enumerable.Range(0, Samples).Select(i => i % 3)], Samples));
        }
    }

    private static FitOptions Options(bool checkpointing)
        => new() { Epochs = 3, BatchSize = 8, Shuffle = true, GradientCheckpointing = checkpointing };

    private static (IReadOnlyList<double> Logs, Dictionary<string, byte[]> Weights) Trained(ModelSpec spec, string policy,
        bool checkpointing, int? part = null)
    {
        using var model = spec.ToModel(Device.Cpu, seed: 7, precision: Enum.Parse<PrecisionPolicy>(policy));
        model.Compile(new AdamW { ClipNorm = 1 }, Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        var shortage = new Watching((phase, samples) =>
        {
            if (phase == "backward" && samples > part) throw new FakeOutOfMemory();
        });
        var options = Options(checkpointing);
        var history = model.Fit(Data, part is null ? options : options with { Watch = shortage });
        return ([.. history["loss"], .. history["accuracy"]],
            model.Weights.ToDictionary(weight => weight.Name, weight => weight.ToArray().Bytes.ToArray()));
    }

    private static int Peak(bool checkpointing)
    {
        Alive.Clear();
        var network = Sequential.Input(9).Dense(9);
        for (var i = 0; i < 16; i++) network = network.Apply(new Counted());
        var extensions = Extensions.None.WithLayer(new Counted(), CountedJson.Default.Counted, (_, _) => new LiveCounted());
        using var model = network.Dense(3, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1, extensions: extensions);
        model.Compile(Optimizer.Sgd(), Loss.SparseCategoricalCrossentropy());
        model.Fit(Data, Options(checkpointing) with { Epochs = 1, BatchSize = Samples });
        return Alive.Peak;
    }

    private sealed class FakeOutOfMemory() : ExternalException("CUDA out of memory");
}
