using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Oracles;

/// <summary>Keras's own numbers for whole trainings and callbacks.</summary>
public partial class TrainingOracleTests
{
    private static readonly string[] Areas =
    [
        "activation", "callback", "initializer", "layer/activation_layer", "layer/attention", "layer/conv", "layer/core",
        "layer/normalization", "layer/pooling",
        "layer/reshaping", "layer/rnn", "loss", "lr_schedule", "metric", "optimizer", "optimizer_clip", "regularizer", "training", "utils",
    ];

    public static IEnumerable<ITheoryDataRow> Trainings => Of("training");

    public static IEnumerable<ITheoryDataRow> Callbacks => Of("callback");

    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_training_gives_Kerass_numbers(string id)
    {
        var c = OracleCase.Find(id);
        if (c.Name == "Model.fit") Descends(c);
        else if (c.Name == "BatchNormalization+Masking") NormalizesUnmasked(c);
        else throw new InvalidOperationException($"No test runs {id}.");
    }

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void A_callback_gives_Kerass_numbers(string id)
    {
        var c = OracleCase.Find(id);
        if (c.Name != "ReduceLROnPlateau") throw new InvalidOperationException($"No test runs {id}.");
        var (config, options) = (c.Entry.GetProperty("config"), c.Entry.GetProperty("config").GetProperty("callback"));
        var (train, validation) = Datasets.GeneratedDigits(32, 32);
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(config.GetProperty("optimizer").GetProperty("learning_rate").GetDouble()),
            Loss.SparseCategoricalCrossentropy());
        var rate = 0.0;
        var reduce = new ReduceLROnPlateau(options.GetProperty("monitor").GetString()!, options.GetProperty("factor").GetDouble(),
            options.GetProperty("patience").GetInt32(), minDelta: options.GetProperty("min_delta").GetDouble());
        model.Fit(train, new FitOptions
        {
            Epochs = config.GetProperty("epochs").GetInt32(),
            Validation = validation,
            Callbacks = [reduce, new LambdaCallback { TrainEnd = context => rate = context.LearningRate }]
        });
        c.Check(NDArray.From<double>([rate], 1), c.Entry.GetProperty("expected").GetProperty("learning_rate_after_fit"));
    }

    [Fact]
    public void No_area_of_the_reference_numbers_is_passed_over()
    {
        ReferenceData.Path("oracles");
        OracleCase.In("keras_cases.json").Select(c => c.Area).Distinct().Should().BeEquivalentTo(Areas);
    }

    private static void Descends(OracleCase c)
    {
        var config = c.Entry.GetProperty("config");
        var layer = config.GetProperty("model")[0];
        var data = Dataset.FromArrays(Numbers(c, "x"), Numbers(c, "y"));
        using var model = Sequential.Input(data.Input.Shape[1]).Dense(layer.GetProperty("units").GetInt32(),
            useBias: layer.GetProperty("use_bias").GetBoolean(), kernelInitializer: new Ones()).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(config.GetProperty("optimizer").GetProperty("learning_rate").GetDouble()),
            LossJson.Read(Node(config, "loss")), MetricJson.Read(new System.Text.Json.Nodes.JsonObject
            {
                ["class_name"] = (string?)Node(config, "metrics")![0],
                ["config"] = new System.Text.Json.Nodes.JsonObject()
            }));
        var history = model.Fit(data, config.GetProperty("epochs").GetInt32(), config.GetProperty("batch_size").GetInt32());
        c.Check(NDArray.From<double>([.. history["mean_squared_error"]], history.Epochs),
            c.Entry.GetProperty("expected").GetProperty("history.mean_squared_error"));
    }

    private static void NormalizesUnmasked(OracleCase c)
    {
        var config = c.Entry.GetProperty("config");
        var momentum = config.GetProperty("model")[2].GetProperty("momentum").GetDouble();
        foreach (var mask in new[] { 0f, 0.1f, 1f })
        {
            using var model = Sequential.Input(null, 2).Masking(mask).BatchNormalization(momentum: momentum)
                .Build().ToModel(Device.Cpu, seed: 1);
            model.Compile(Optimizer.FromJson($"\"{config.GetProperty("optimizer").GetString()}\""), LossJson.Read(Node(config, "loss")));
            float[] sample = [1, 5, 2, 5, mask, mask, mask, mask];
            var x = NDArray.From<float>([.. Enumerable.Repeat(sample, 10).SelectMany(s => s)], 10, 4, 2);
            model.Fit(Dataset.FromArrays(x, x), config.GetProperty("epochs").GetInt32(), config.GetProperty("batch_size").GetInt32());
            foreach (var moving in c.Entry.GetProperty("expected").EnumerateObject())
                c.Check(model.Weights.Single(weight => weight.Spec.Name == moving.Name).ToArray(), moving.Value);
        }
    }

    private static IEnumerable<ITheoryDataRow> Of(string area)
        => OracleCase.Rows(OracleCase.In("keras_cases.json").Where(c => c.Area == area));

    private static System.Text.Json.Nodes.JsonNode? Node(System.Text.Json.JsonElement config, string name)
        => System.Text.Json.Nodes.JsonNode.Parse(config.GetProperty(name).GetRawText());

    /// <summary>"np.ones((100, 4))" or "np.zeros((100, 3))".</summary>
    private static NDArray Numbers(OracleCase c, string name)
    {
        var match = Filled().Match(c.Entry.GetProperty("inputs").GetProperty(name).GetString()!);
        int[] shape = [int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)];
        return NDArray.From<float>([.. Enumerable.Repeat(match.Groups[1].Value == "ones" ? 1f : 0f, shape[0] * shape[1])], shape);
    }

    [GeneratedRegex(@"^np\.(ones|zeros)\(\((\d+), (\d+)\)\)$")]
    private static partial Regex Filled();
}
