using System.Text.Json;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

public sealed class SummaryTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void An_application_is_summed_up_by_its_name()
    {
        var root = Json("squeezenet1_1");
        root.GetProperty("parameters").GetInt64().Should().Be(1_235_496);
        root.GetProperty("trainableParameters").GetInt64().Should().Be(1_235_496);
        (root.GetProperty("flopsPerSample").GetInt64() / 2e9).Should().BeApproximately(0.349, 0.0006);
        root.EnumerateObject().Select(p => p.Name).Should().Equal("layers", "parameters", "trainableParameters", "flopsPerSample");
        root.GetProperty("layers")[1].EnumerateObject().Select(p => p.Name)
            .Should().Equal("name", "type", "outputShape", "parameters", "flops");
    }

    [Fact]
    public async Task Every_application_is_summed_up_as_the_schema_says()
    {
        foreach (var application in Applications.All)
        {
            string[] steps = application.Transformer is null ? [] : ["--time-steps", "16"];
            var run = CliRun.Of(["summary", application.Name, "--json", .. steps]);
            await run.ShouldFollow("summary");
            run.Json.GetProperty("flopsPerSample").GetInt64().Should().BePositive(application.Name);
        }
    }

    [Fact]
    public async Task Open_lengths_follow_the_schema_too()
    {
        Write(Sequential.Input(null, 10).LSTM(64).Dense(1, Activation.Sigmoid).Build());
        await CliRun.Of("summary", _file, "--json").ShouldFollow("summary");
    }

    [Theory]
    [InlineData("vgg.json", 138_357_544)]
    [InlineData("densenet121.json", 8_062_504)]
    [InlineData("inception.json", 23_851_784)]
    public void A_config_of_Keras_has_the_parameters_that_are_published(string file, long parameters)
        => Json(ReferenceData.Path("data", "weights", "keras_configs", file)).GetProperty("parameters").GetInt64().Should().Be(parameters);

    [Fact]
    public void An_applications_input_shape_can_be_another()
    {
        var layers = Json("VGG16", "--input-shape", "64,96,3").GetProperty("layers").EnumerateArray().ToList();
        Lengths(layers[0]).Should().Equal(null, 64, 96, 3);
        Lengths(layers.Single(l => l.GetProperty("name").GetString() == "block5_pool")).Should().Equal(null, 2, 3, 512);
        layers.Single(l => l.GetProperty("name").GetString() == "block1_conv1").GetProperty("flops")
            .GetInt64().Should().Be(2L * 64 * 96 * 64 * 27);
    }

    [Fact]
    public void A_config_of_Keras_2_is_summed_up()
    {
        var root = Json(ReferenceData.Path("data", "weights", "keras_configs", "mobilenet.json"));
        root.GetProperty("parameters").GetInt64().Should().Be(4_253_864);
        root.GetProperty("layers")[92].GetProperty("type").GetString().Should().Be("Activation");
    }

    [Fact]
    public void Operations_are_null_while_time_steps_are_unknown_and_only_where_they_reach()
    {
        Write(Sequential.Input(null, 10).LSTM(64).Dense(1, Activation.Sigmoid).Build());
        var root = Json(_file);
        root.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("flops").ValueKind)
            .Should().Equal(JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Number);
        root.GetProperty("flopsPerSample").ValueKind.Should().Be(JsonValueKind.Null);
        root.GetProperty("parameters").GetInt64().Should().Be(19_265);
        Run("summary", _file).Output.Should().Contain("Forward pass: unknown while lengths are open; pass --time-steps or --input-shape.");
    }

    [Fact]
    public void Time_steps_fill_the_open_axis()
    {
        Write(Sequential.Input(null, 10).LSTM(64, returnSequences: true).Dense(1).Build());
        var root = Json(_file, "--time-steps", "20");
        Lengths(root.GetProperty("layers")[1]).Should().Equal(null, 20, 64);
        root.GetProperty("flopsPerSample").GetInt64().Should().Be(2 * 20 * ((10 + 64) * 4 * 64 + 64));
        Run("summary", _file, "--time-steps", "20").Output.Should().Contain("(batch, 20, 64)")
            .And.Contain("Forward pass: 0.001 GFLOP a sample");
    }

    [Fact]
    public void Time_steps_do_not_stand_in_for_an_open_height()
    {
        Write(Sequential.Input(null, null, 3).Conv2D(4, 3).Build());
        Lengths(Json(_file, "--time-steps", "20").GetProperty("layers")[0]).Should().Equal(null, null, null, 3);
    }

    [Fact]
    public void An_input_shape_replaces_the_descriptions_own()
    {
        Write(Sequential.Input(28, 28, 1).Conv2D(4, 3).Build());
        Lengths(Json(_file, "--input-shape", "none,32,3").GetProperty("layers")[1]).Should().Equal(null, null, 30, 4);
    }

    [Theory]
    [InlineData(
        "--input-shape must be lengths of at least 1 or 'none', separated by commas, but is '224x224'. Write for example "
            + "224,224,3; leave the batch out.",
        "VGG16", "--input-shape", "224x224")]
    [InlineData("--input-shape must be lengths of at least 1 or 'none', separated by commas, but is '0,224,3'. *",
        "VGG16", "--input-shape", "0,224,3")]
    [InlineData("ApplicationOptions: inputShape must be height, width and channels, but is 2 lengths. *",
        "VGG16", "--input-shape", "224,224")]
    [InlineData("vgg16 needs images with height and width of at least 32, but InputShape is (8, 8, 3). *",
        "VGG16", "--input-shape", "8,8,3")]
    [InlineData("summary: timeSteps must be at least 1, but is 0. *", "VGG16", "--time-steps", "0")]
    [InlineData("MODEL must be an existing file or an application's name. 'VGG17' is not one of 84 applications. Nearest: 'VGG16', "
        + "'VGG19', 'torchvision/vgg11'. Check the path or the name.", "VGG17")]
    [InlineData("MODEL must be an existing file or an application's name. '/nowhere/model.json' is not one of 84 applications. *",
        "/nowhere/model.json")]
    [InlineData("MaxPooling2D 'features.5' after 'features.4.concat' needs at least 3 positions *",
        "torchvision/squeezenet1_1", "--input-shape", "8,8,3")]
    public void A_wrong_argument_ends_with_exit_code_3_and_says_what_is_wrong(string message, params string[] args)
    {
        var (code, _, errors) = Run(["summary", .. args]);
        code.Should().Be(3);
        errors.Trim().Should().Match($"error: {message}");
    }

    [Fact]
    public void A_wrong_argument_is_an_error_object_in_json()
    {
        var (code, output, _) = Run("summary", "VGG17", "--json");
        code.Should().Be(3);
        JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString().Should().Be("unknown_application");
    }

    private static IEnumerable<int?> Lengths(JsonElement layer)
        => layer.GetProperty("outputShape")
            .EnumerateArray().Select(length => length.ValueKind == JsonValueKind.Null ? (int?)null : length.GetInt32());

    private void Write(ModelSpec spec) => File.WriteAllText(_file, spec.ToJson());

    private static JsonElement Json(params string[] args)
    {
        var (code, output, errors) = Run(["summary", .. args, "--json"]);
        code.Should().Be(0, output + errors);
        return JsonDocument.Parse(output).RootElement;
    }

    private static CliRun Run(params string[] args) => CliRun.Of(args);
}
