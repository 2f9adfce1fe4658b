using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Extending;

/// <summary>A user's layer, optimizer, loss, metric, initializer, regularizer, constraint and callback through everything a model
/// does.</summary>
public sealed class ExtensionLifeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-own-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_layer_computes_what_its_definition_says_from_the_weights_it_drew()
    {
        using var model = Sequential.Input(3).Apply(new Stretch(2, 1.5)).Build().ToModel(Device.Cpu, extensions: Own.Layer);
        var output = model.Predict(NDArray.From<float>([1, -2, 4], 1, 3)).ToArray<float>();
        float[] kernel = [0.01f, 0.03f, 0.05f, 0.07f, 0.09f, 0.11f];
        float[] expected = [.. Enumerable.Range(0, 2)
            .Select(unit => (kernel[unit] - 2 * kernel[2 + unit] + 4 * kernel[4 + unit]) * (1 + 0.5f * unit) * 1.5f)];
        output.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
        model.Weights[0].ToArray().ToArray<float>().Should().Equal(kernel);
        model.Weights.Select(weight => weight.IsTrainable).Should().Equal(true, false, true);
    }

    [Fact]
    public void A_stream_applies_a_custom_layer_and_refuses_it_where_it_is_not_registered()
    {
        var extensions = Extensions.None.WithLayer(new Forgetful(), RefusalJson.Default.Forgetful, (_, _) => new Opposite());
        var stream = DataStream.FromFunction(3, i => new Sample(NDArray.From<float>([i, 2 * i + 1], 2)));
        var batches = stream.Apply(extensions, new Forgetful()).Batches(epoch: 1, batchSize: 2).ToList();
        batches.Select(batch => batch.Inputs[0].ToArray<float>()).Should().BeEquivalentTo([(float[])[0, -1, -1, -3], [-2, -5]],
            options => options.WithStrictOrdering());
        stream.Apply(new Forgetful()).Invoking(unknown => unknown.Batches(epoch: 1, batchSize: 2).ToList())
            .Should().Throw<Exception>().WithMessage("*Forgetful*WithLayer*");
    }

    [Fact]
    public void The_rule_of_the_optimizer_is_followed_with_its_slots()
    {
        using var model = Sequential.Input(3).Apply(new Stretch(2, 1) { KernelInitializer = new Slope(0.5, 0.25) }).Build()
            .ToModel(Device.Cpu, extensions: Own.All);
        model.Compile(new Crawl(0.75) { LearningRate = 0.1 }, new PowerLoss());
        var (w, v) = (model.Weights[0].ToArray().ToArray<float>(), new float[6]);
        var shift = new[] { 0f, 0f };
        var shiftSpeed = new float[2];
        float[] x = [1, -2, 0.5f], t = [0.25f, -1];
        for (var n = 1; n <= 3; n++)
        {
            model.TrainOnBatch(Dataset.FromArrays(NDArray.From<float>(x, 1, 3), NDArray.From<float>(t, 1, 2)));
            float[] error = [.. Enumerable.Range(0, 2)
                .Select(u => (x[0] * w[u] + x[1] * w[2 + u] + x[2] * w[4 + u]) * (1 + 0.5f * u) + shift[u] - t[u])];
            for (var i = 0; i < 6; i++) w[i] -= 0.1f * (v[i] = 0.75f * v[i]
                + x[i / 2] * (1 + 0.5f * (i % 2)) * error[i % 2]) / MathF.Sqrt(n);
            for (var u = 0; u < 2; u++) shift[u] -= 0.1f * (shiftSpeed[u] = 0.75f * shiftSpeed[u] + error[u]) / MathF.Sqrt(n);
        }

        model.Weights[0].ToArray().ToArray<float>().Zip(w).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }

    [Fact]
    public void Regularizer_and_constraint_act_on_the_weight_in_Kerass_layout()
    {
        var layer = new Stretch(2)
        {
            KernelInitializer = new Slope(-1, 0.5),
            KernelRegularizer = new Pull(0.5, 1),
            KernelConstraint = new Floor(0.75)
        };
        using var model = Sequential.Input(3).Apply(layer).Build().ToModel(Device.Cpu, extensions: Own.All);
        model.Compile(Optimizer.Sgd(1e-6), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.From<float>([0, 0, 0], 1, 3), NDArray.From<float>([0, 0], 1, 2));
        model.Evaluate(data)["loss"].Should().BeApproximately(0.5 * (4 + 2.25 + 1 + 0.25 + 0 + 0.25), 1e-6);
        model.TrainOnBatch(data);
        model.Weights[0].ToArray().ToArray<float>().Should().OnlyContain(value => value >= 0.75f);
    }

    [Fact]
    public void Weights_are_copied_frozen_and_left_alone_by_quantisation()
    {
        using var model = Own.Spec.Compiled();
        model.Fit(Own.Data);
        using var other = Own.Spec.ToModel(Device.Cpu, seed: 9, extensions: Own.All);
        other.CopyWeights(model);
        other.Bytes().Should().Be(model.Bytes());
        other.Freeze();
        other.Weights.Should().OnlyContain(weight => !weight.IsTrainable);
        other.Unfreeze(2);
        other.Weights.Count(weight => weight.IsTrainable).Should().Be(4);
        other.Quantize(Quantization.Int8);
        other.Weights.Where(weight => weight.Name.StartsWith("stretch/", StringComparison.Ordinal))
            .Select(weight => weight.Spec.ElementType).Should().OnlyContain(type => type == null);
        other.Save(Path.Combine(_folder, "quantised.keras"));
        using var loaded = Model.Load(Path.Combine(_folder, "quantised.keras"), Device.Cpu, Own.All);
        loaded.Bytes().Should().Be(other.Bytes());
    }

    [Fact]
    public void Quantising_or_adapting_the_layer_by_name_is_refused()
    {
        using var model = Own.Spec.Compiled();
        model.Invoking(m => m.Quantize(Quantization.Int8, ["stretch"])).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*dense*stretch*");
        model.Invoking(m => m.EnableLora(2, layers: ["stretch"])).Should().Throw<DeepGpuArgumentException>().WithMessage("*dense*stretch*");
        model.Fit(Own.Data).Epochs.Should().Be(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Training_that_was_stopped_in_the_middle_ends_as_training_that_was_not(int step)
    {
        string Run(string? stopped, CancellationToken cancellation, Action<TrainingContext> atBatch)
        {
            using var model = Own.Spec.Compiled();
            var counting = new Counting();
            Callback[] callbacks = [counting, new LambdaCallback { BatchEnd = atBatch }, .. stopped is null ? []
                : new[] { new BackupAndRestore(stopped) }];
            var history = model.Fit(Own.Data, new FitOptions { Epochs = 4, BatchSize = 8, Callbacks = callbacks }, cancellation);
            var losses = string.Join(' ', history["loss"].Concat(counting.Losses.Select(loss => (double)loss)));
            return $"{model.Bytes()} {losses} {counting.Seen} {counting.Best}";
        }

        using var cancelled = new CancellationTokenSource();
        FluentActions.Invoking(() => Run(_folder, cancelled.Token, context => { if (context.Step == step) cancelled.Cancel(); })).Should()
            .Throw<OperationCanceledException>();
        Run(_folder, default, _ => { }).Should().Be(Run(null, default, _ => { }));
    }

    [Fact]
    public void A_checkpoint_of_it_is_a_model_file()
    {
        using var model = Own.Spec.Compiled();
        model.Fit(Own.Data, new FitOptions
        {
            Callbacks = [new BackupAndRestore(_folder, deleteCheckpoint: false),
            new ModelCheckpoint(Path.Combine(_folder, "best.keras"), monitor: "loss")]
        });
        foreach (var file in Directory.GetFiles(_folder, "*.*", SearchOption.TopDirectoryOnly)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var loaded = Model.Load(file, Device.Cpu, Own.All);
            loaded.Bytes().Should().Be(model.Bytes());
        }

        Directory.GetFiles(_folder, "checkpoint-*").Should().NotBeEmpty();
    }

    [Fact]
    public void A_loss_and_a_metric_come_back_from_their_texts()
    {
        var loss = (PowerLoss)Loss.FromJson(new PowerLoss { Exponent = 1.25, Reduction = Reduction.Sum }.ToJson(Own.All), Own.All);
        (loss.Exponent, loss.Reduction).Should().Be((1.25, Reduction.Sum));
        var metric = (ShareAbove)Metric.FromJson(new ShareAbove { Limit = 0.75, Name = "high" }.ToJson(Own.All), Own.All);
        (metric.Limit, metric.Name).Should().Be((0.75, "high"));
        new PowerLoss { Reduction = Reduction.Sum }.ToJson(Own.All).Should().Contain("\"sum\"").And.Contain("Custom\\u003EPowerLoss");
        ((ShareAbove)Metric.FromJson("{\"class_name\": \"ShareAbove\", \"config\": {}}", Own.All)).Limit.Should().Be(0.5);
        FluentActions.Invoking(() => new PowerLoss().ToJson()).Should().Throw<ModelFormatException>().Which.Fault.Remedy.Should()
            .Contain("Extensions");
        FluentActions.Invoking(() => Metric.FromJson("{\"class_name\": \"ShareAbove\", \"config\": {}}")).Should()
            .Throw<ModelFormatException>().Which.Fault.Remedy.Should().Contain("Extensions");
    }

    [Fact]
    public void Nothing_native_is_left()
    {
        void Run()
        {
            using var model = Own.Spec.Compiled();
            model.Fit(Own.Data);
            model.Predict(Own.Data.Input);
        }

        Run();
        var before = torch.Tensor.TotalCount;
        Run();
        torch.Tensor.TotalCount.Should().Be(before);
    }
}

/// <summary>Gives -x.</summary>
internal sealed class Opposite : UnaryLiveLayer
{
    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => input.neg();
}
