using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Model files hold what a model was compiled with, and the optimizer's state.</summary>
public sealed class CompiledFileTests : IDisposable
{
    private static readonly Dataset Data = Datasets.GeneratedDigits(96, 1).Train;

    private static readonly ModelSpec Network = Sequential.Input(28, 28, 1)
        .Conv2D(3, 5, Activation.Relu, strides: 4).BatchNormalization()
        .Reshape(6, -1).GRU(4).Dropout(0.2).Dense(10, Activation.Softmax)
        .Build("net");

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-compiled-").FullName;

    public static TheoryData<string> Names => ["m.keras", "m.h5", "m.deepgpu"];

    public static TheoryData<string, Optimizer> Optimizers
    {
        get
        {
            Optimizer[] all =
            [
                Optimizer.Adam(), new Adam { AmsGrad = true, GlobalClipNorm = 1 }, new AdamW(), Optimizer.Sgd(),
                new Sgd { Momentum = 0.9, Nesterov = true }, new RMSprop { Momentum = 0.5, Centered = true },
                new Adagrad(), new Adadelta(), new Adamax(), new Nadam(), new Ftrl(), new Lamb(), new Lion(), new Adafactor(),
                new Muon { ExcludeLayers = ["^dense/"] }, new ScheduleFreeAdamW { WarmupSteps = 5, WeightDecay = 0.01 },
                new Muon().WithLossScaling(),
                new Adam { UseEma = true, GradientAccumulationSteps = 2 }, Optimizer.Adam(new ExponentialDecay(0.01, 3, 0.5)),
                new LossScaleOptimizer(new Sgd { Momentum = 0.9 }) { DynamicGrowthSteps = 2 },
            ];
            return [.. all.SelectMany(optimizer => Names.Select(name => new TheoryDataRow<string, Optimizer>(name, optimizer)))];
        }
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_that_continues_from_a_file_ends_as_without_it(string name, Optimizer optimizer)
    {
        using var model = Compiled(optimizer);
        model.Fit(Data);
        model.Save(Path(name));
        using var loaded = Model.Load(Path(name), Device.Cpu);
        var (straight, resumed) = (model.Fit(Data), loaded.Fit(Data));
        KilledOutcome(loaded, resumed).Should().Be(KilledOutcome(model, straight));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rate_that_a_callback_set_is_kept(string name)
    {
        using var model = Compiled(Optimizer.Adam());
        model.Fit(Data, new FitOptions { Callbacks = [new LearningRateScheduler((_, _) => 0.0123456789)] });
        model.Save(Path(name));
        using var loaded = Model.Load(Path(name), Device.Cpu);
        var rate = 0.0;
        loaded.Fit(Data, new FitOptions { Callbacks = [new LambdaCallback { TrainBegin = context => rate = context.LearningRate }] });
        rate.Should().Be(0.0123456789);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Several_outputs_keep_losses_metrics_and_weights(string name)
    {
        var input = Functional.Input(4);
        var stem = input.Dense(3, Activation.Tanh);
        var spec = Functional.Model([input],
            [stem.Dense(2, Activation.Softmax, name: "kind"), stem.Dense(1, name: "size"), stem.Dense(1, name: "free")], "three");
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(new CompileOptions(Optimizer.Sgd(0.1),
        [
            new OutputTraining(Loss.SparseCategoricalCrossentropy(), Metric.Accuracy())
            {
                LossWeight = 0.5,
                WeightedMetrics = [Metric.SparseCategoricalAccuracy()]
            },
            new OutputTraining(Loss.Huber(delta: 0.7), Metric.MeanAbsoluteError(), Metric.RootMeanSquaredError()),
            new OutputTraining(null),
        ]));
        var data = Dataset.FromArrays([NDArray.From<float>([1, 2, 3, 4, 4, 3, 2, 1], 2, 4)],
            [NDArray.From<int>([0, 1], 2), NDArray.From<float>([1, 3], 2, 1), NDArray.From<float>([0, 0], 2, 1)]);
        model.Save(Path(name));
        using var loaded = Model.Load(Path(name), Device.Cpu);
        loaded.Evaluate(data).Should().Equal(model.Evaluate(data));
    }

    [Theory]
    [InlineData("seq_dense")]
    [InlineData("seq_cnn")]
    public void Files_of_Keras_go_on_training_with_their_state(string name)
    {
        using var keras = Model.Load(ReferenceData.Path("oracles", "keras_files", name + ".keras"), Device.Cpu);
        using var legacy = Model.Load(ReferenceData.Path("oracles", "keras_files", name + ".h5"), Device.Cpu);
        keras.Save(Path("again.keras"));
        using var written = H5Of(Path("again.keras"));
        using var original = H5Of(ReferenceData.Path("oracles", "keras_files", name + ".keras"));
        Variables(written).Should().Equal(Variables(original));
        var data = Dataset.FromArrays(Numbers(keras.Spec.Inputs[0].OutputShapes[0]), OneHot(keras.Spec.Outputs[0].Shape[^1]!.Value));
        keras.Fit(data, shuffle: false).Names.Should().BeEquivalentTo("loss", "accuracy");
        legacy.Fit(data, shuffle: false);
        if (!keras.Spec.Layers.Any(node => node.Layer is Dropout))
            Weights(legacy).Should().Equal(Weights(keras), "nothing but dropout is drawn again");
    }

    [Fact]
    public void A_legacy_file_lists_the_names_Keras_gives_its_variables()
    {
        using var model = Sequential.Input(2).Dense(1).Build("net").Compiled(Loss.MeanSquaredError());
        model.Save(Path("m.h5"));
        using var file = H5File.Open(Path("m.h5"));
        KerasLegacy.Read(file).OptimizerWeights.Select(weight => weight.Key).Should().Equal(
            "adam/iteration", "adam/learning_rate", "adam/net_dense_kernel_momentum", "adam/net_dense_kernel_velocity",
            "adam/net_dense_bias_momentum", "adam/net_dense_bias_velocity");
    }

    [Theory]
    [InlineData("optimizer", """{"class_name": "MyOptimizer", "config": {}}""", "MyOptimizer")]
    [InlineData("optimizer", """{"module": "System", "class_name": "Adam", "config": {}}""", "System.Adam")]
    [InlineData("loss", "\"my_loss\"", "my_loss")]
    [InlineData("metrics", """["my_metric"]""", "my_metric")]
    [InlineData("loss_weights", "[1, 2, 3]", "")]
    [InlineData("optimizer", "7", "class_name")]
    public void What_is_not_known_leaves_the_model_uncompiled_and_is_told_by_Fit(string key, string value, string named)
    {
        Change(root => root["compile_config"]![key] = JsonNode.Parse(value));
        using var loaded = Model.Load(Path("m.keras"), Device.Cpu);
        loaded.Predict(Data.Input).Shape.Should().Equal(96, 10);
        loaded.Invoking(m => m.Fit(Data)).Should().Throw<ModelStateException>()
            .WithMessage($"*what its file was compiled with could not be taken over*{named}*").Which.Fault.Code.Should().Be("not_compiled");
        loaded.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        loaded.Fit(Data).Epochs.Should().Be(1);
    }

    [Fact]
    public void A_state_of_another_optimizer_is_not_taken()
    {
        Change(root => root["compile_config"]!["optimizer"]!["class_name"] = "Adagrad");
        using var loaded = Model.Load(Path("m.keras"), Device.Cpu);
        loaded.Invoking(m => m.Fit(Data)).Should().Throw<ModelStateException>();
    }

    [Fact]
    public void A_model_with_a_custom_loss_is_saved_without_it()
    {
        using var model = Network.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.Of("own", (target, output) => (output - target).square().mean([-1])));
        model.Save(Path("m.keras"));
        using var loaded = Model.Load(Path("m.keras"), Device.Cpu);
        loaded.Invoking(m => m.Fit(Data)).Should().Throw<ModelStateException>().WithMessage("*is not compiled.*");
    }

    [Fact]
    public void Converting_keeps_the_training()
    {
        using var model = Compiled(Optimizer.Adam());
        model.Fit(Data);
        model.Save(Path("a.keras"));
        ModelFile.Convert(Path("a.keras"), Path("b.h5"));
        ModelFile.Convert(Path("b.h5"), Path("c.deepgpu"));
        using var loaded = Model.Load(Path("c.deepgpu"), Device.Cpu);
        loaded.Fit(Data);
        model.Fit(Data);
        Weights(loaded).Should().Equal(Weights(model));
    }

    private static Model Compiled(Optimizer optimizer)
    {
        var model = Network.ToModel(Device.Cpu, seed: 4);
        model.Compile(optimizer, Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        return model;
    }

    /// <summary>A trained model's file with another config.</summary>
    private void Change(Action<JsonNode> change)
    {
        using var model = Compiled(Optimizer.Adam());
        model.Fit(Data);
        model.Save(Path("m.keras"));
        using var archive = ZipFile.Open(Path("m.keras"), ZipArchiveMode.Update);
        JsonNode root;
        using (var config = archive.GetEntry("config.json")!.Open()) root = JsonNode.Parse(config)!;
        change(root);
        archive.GetEntry("config.json")!.Delete();
        using var writer = new StreamWriter(archive.CreateEntry("config.json").Open());
        writer.Write(root.ToJsonString());
    }

    private static KerasArchive H5Of(string path) => KerasArchive.Open(path);

    private static IEnumerable<string> Variables(KerasArchive archive)
        => KerasWeights.Read((H5File)archive.Weights).Single(item => item.Path == "optimizer")
            .Values.Select(tensor => $"{archive.Weights.Read(tensor)}: {Convert.ToHexString(archive.Weights.Read(tensor).Bytes.Span)}");

    private static NDArray Numbers(Shape shape)
    {
        int[] axes = [2, .. shape.Axes.Skip(1).Select(axis => axis!.Value)];
        return NDArray.From<float>([.. Enumerable.Range(0, axes.Aggregate((a, b) => a * b)).Select(i => (float)Math.Sin(i))], axes);
    }

    private static NDArray OneHot(int classes)
        => NDArray.From<float>([.. Enumerable.Range(0, 2 * classes).Select(i => i % (classes + 1) == 0 ? 1f : 0f)], 2, classes);

    private static byte[] Weights(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().Bytes.ToArray())];

    private static string KilledOutcome(Model model, History history) => Checkpoints.KilledTraining.Outcome(model, history);
}
