using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DeepGpu.Models.Tests.Json;
using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Optimizers;

public class OptimizerJsonTests
{
    public static TheoryData<string> Names => [.. OptimizerCases.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Every_option_with_another_value_is_read_as_it_was_written(string name)
    {
        var optimizer = OptimizerCases.All[name];
        RoundTrip(optimizer).Should().Be(optimizer);
        foreach (var option in OptimizerCases.Options(optimizer))
        {
            var changed = OptimizerCases.With(optimizer, option, Other(option.PropertyType, option.GetValue(optimizer)));
            changed.Should().NotBe(optimizer);
            RoundTrip(changed).Should().Be(changed, $"{name}.{option.Name} is an option");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_name_alone_gives_Kerass_defaults(string name)
    {
        Optimizer.FromJson($"\"{name.ToLowerInvariant()}\"").Should().Be(OptimizerCases.All[name]);
        Optimizer.FromJson(
            $$"""{"module": "keras.optimizers", "class_name": "{{name}}", "config": {"name": "x"}, "registered_name": null}""")
            .Should().Be(OptimizerCases.All[name]);
    }

    [Fact]
    public void The_defaults_are_Kerass()
    {
        HasConfig(new Adam(), """{"name":"adam","beta_1":0.9,"beta_2":0.999,"epsilon":1E-07,"amsgrad":false}""");
        HasConfig(new AdamW(), """{"name":"adamw","weight_decay":0.004,"beta_1":0.9,"beta_2":0.999,"epsilon":1E-07,"amsgrad":false}""");
        HasConfig(new Sgd(), """{"name":"SGD","learning_rate":0.01,"momentum":0,"nesterov":false}""");
        HasConfig(new RMSprop(), """{"name":"rmsprop","rho":0.9,"momentum":0,"epsilon":1E-07,"centered":false}""");
        HasConfig(new Adagrad(), """{"name":"adagrad","initial_accumulator_value":0.1,"epsilon":1E-07}""");
        HasConfig(new Adadelta(), """{"name":"adadelta","rho":0.95,"epsilon":1E-07}""");
        HasConfig(new Adamax(), """{"name":"adamax","beta_1":0.9,"beta_2":0.999,"epsilon":1E-07}""");
        HasConfig(new Nadam(), """{"name":"nadam","beta_1":0.9,"beta_2":0.999,"epsilon":1E-07}""");
        HasConfig(new Lamb(), """{"name":"lamb","beta_1":0.9,"beta_2":0.999,"epsilon":1E-07}""");
        HasConfig(new Lion(), """{"name":"lion","beta_1":0.9,"beta_2":0.99}""");
        HasConfig(new ScheduleFreeAdamW(), """
            {"name":"schedule_free_adamw","learning_rate":0.0025,"beta_1":0.9,"beta_2":0.999,"epsilon":1E-08,"warmup_steps":0}
            """);
        HasConfig(new Muon(), """
            {"name":"muon","weight_decay":0.004,"adam_beta_1":0.9,"adam_beta_2":0.999,"adam_weight_decay":0.004,"epsilon":1E-07,
             "exclude_layers":[],"exclude_embeddings":true,"muon_a":3.4445,"muon_b":-4.775,"muon_c":2.0315,"adam_lr_ratio":1,
             "momentum":0.95,"ns_steps":5,"nesterov":true,"rms_rate":0.2}
            """);
        HasConfig(new Adafactor(),
            """{"name":"adafactor","beta_2_decay":-0.8,"epsilon_1":1E-30,"epsilon_2":0.001,"clip_threshold":1,"relative_step":true}""");
        HasConfig(new Ftrl(),
            """{"name":"ftrl","learning_rate_power":-0.5,"initial_accumulator_value":0.1,"l1_regularization_strength":"""
            + """0,"l2_regularization_strength":0,"l2_shrinkage_regularization_strength":0,"beta":0}""");
    }

    [Fact]
    public void Schedules_are_read_as_they_were_written()
    {
        OptimizerCases.Schedules.Select(schedule => schedule.GetType())
            .Should().BeEquivalentTo(OptimizerCases.Concrete<LearningRateSchedule>().Where(type => type != typeof(ConstantRate)));
        foreach (var schedule in OptimizerCases.Schedules)
            RoundTrip(new Adam { LearningRate = schedule }).LearningRate.Should().Be(schedule);
    }

    [Fact]
    public void What_Keras_lacks_is_written_only_where_it_is_set()
    {
        var optimizer = new AdamW { ExcludeFromWeightDecay = ["bias", "gamma"], LayerRates = [new("conv", 0.1), new("block_*", 0.5)] };
        RoundTrip(optimizer).Should().Be(optimizer);
        RoundTrip(optimizer.WithLossScaling()).Should().Be(optimizer.WithLossScaling());
        new AdamW().ToJson().Should().NotContain("layer_rates").And.NotContain("exclude_from_weight_decay");
    }

    [Fact]
    public void A_loss_scale_holds_its_inner_optimizer()
    {
        var optimizer = new LossScaleOptimizer(new Sgd { Momentum = 0.5 }) { InitialScale = 1024, DynamicGrowthSteps = 10 };
        RoundTrip(optimizer).Should().Be(optimizer);
        Optimizer.FromJson("""{"class_name": "LossScaleOptimizer", "config": {"inner_optimizer": {"class_name": "Adam", "config": {}}}}""")
            .Should().Be(new Adam().WithLossScaling());
    }

    [Fact]
    public void Optimizers_of_Keras_files_are_read_and_written_back()
    {
        var configs = Directory.GetFiles(ReferenceData.Path("oracles", "keras_files"), "*.keras")
            .Select(path => JsonNode.Parse(KerasArchive.Config(path))!["compile_config"]?["optimizer"]).OfType<JsonObject>().ToList();
        configs.Should().NotBeEmpty();
        foreach (var config in configs)
        {
            var written = JsonNode.Parse(Optimizer.FromJson(config.ToJsonString()).ToJson())!["config"]!.AsObject();
            written["name"] = config["config"]!["name"]!.DeepClone();
            foreach (var (key, value) in config["config"]!.AsObject())
                JsonNode.DeepEquals(written[key], value).Should().BeTrue($"{key} is {written[key]} instead of {value}");
        }
    }

    [Fact]
    public void Options_that_may_be_null_are()
    {
        var optimizer = new Muon { RmsRate = null, AdamWeightDecay = null, WeightDecay = null };
        RoundTrip(optimizer).Should().Be(optimizer);
        Optimizer.FromJson("""{"class_name": "Muon", "config": {"exclude_layers": null, "rms_rate": null}}""")
            .Should().Be(new Muon { RmsRate = null });
    }

    [Fact]
    public void Names_of_Keras_2_are_understood()
    {
        Optimizer.FromJson("""{"class_name": "SGD", "config": {"lr": 0.1, "decay": 0.01, "momentum": 0.9, "nesterov": true}}""")
            .Should().Be(new Sgd { LearningRate = new InverseTimeDecay(0.1, 1, 0.01), Momentum = 0.9, Nesterov = true });
        Optimizer.FromJson("""{"class_name": "Adam", "config": {"name": "Adam", "learning_rate": 0.002, "decay": 0.0,"""
            + """ "jit_compile": false, "is_legacy_optimizer": false}}""")
            .Should().Be(Optimizer.Adam(0.002));
    }

    [Theory]
    [InlineData("\"adamm\"", "unknown_class")]
    [InlineData("{\"class_name\": \"MyOptimizer\", \"config\": {}}", "unknown_class")]
    [InlineData("{\"class_name\": \"Muon\", \"config\": {\"exclude_layers\": [\"(\"]}}", "bad_value")]
    [InlineData("{\"class_name\": \"Muon\", \"config\": {\"exclude_layers\": \"dense\"}}", "bad_value")]
    [InlineData("{\"class_name\": \"ScheduleFreeAdamW\", \"config\": {\"warmup_steps\": -1}}", "bad_value")]
    [InlineData("{\"module\": \"my.code\", \"class_name\": \"Adam\", \"config\": {}}", "unknown_class")]
    [InlineData("{\"class_name\": \"Adam\"}", "missing_field")]
    [InlineData("{\"config\": {}}", "missing_field")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"speed\": 3}}", "unknown_option")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"learning_rate\": -1}}", "bad_value")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"learning_rate\": null}}", "bad_value")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"learning_rate\": \"fast\"}}", "bad_value")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"beta_1\": 1}}", "bad_value")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"clipnorm\": 1, \"clipvalue\": 1}}", "bad_value")]
    [InlineData("{\"class_name\": \"SGD\", \"config\": {\"decay\": \"x\", \"lr\": 1}}", "bad_value")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"layer_rates\": {\"a\": \"x\"}}}", "bad_value")]
    [InlineData("{\"class_name\": \"Adam\", \"config\": {\"learning_rate\": {\"class_name\": \"CosineDecay\", \"config\": "
        + "{\"initial_learning_rate\": 1}}}}", "bad_value")]
    [InlineData("{\"class_name\": \"LossScaleOptimizer\", \"config\": {}}", "missing_field")]
    [InlineData("{\"class_name\": \"LossScaleOptimizer\", \"config\": {\"inner_optimizer\": \"adam\", \"initial_scale\": 0}}", "bad_value")]
    [InlineData("[1]", "missing_field")]
    public void Configs_that_make_no_sense_are_refused(string json, string code)
        => FluentActions.Invoking(() => Optimizer.FromJson(json)).Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be(code);

    private static Optimizer RoundTrip(Optimizer optimizer) => Optimizer.FromJson(optimizer.ToJson());

    /// <summary>Checks the config, without the options that all optimizers share and those shared defaults.</summary>
    private static void HasConfig(Optimizer optimizer, string expected)
    {
        var config = JsonNode.Parse(optimizer.ToJson())!["config"]!.AsObject();
        string[] shared = ["clipnorm", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum", "ema_overwrite_frequency",
            "loss_scale_factor", "gradient_accumulation_steps"];
        foreach (var key in shared) config.Remove(key).Should().BeTrue(key);
        if (config["learning_rate"]!.GetValue<double>() == 0.001) config.Remove("learning_rate");
        if (config["weight_decay"] is null) config.Remove("weight_decay");
        JsonNode.DeepEquals(config, JsonNode.Parse(expected)).Should().BeTrue($"{config.ToJsonString()} should be {expected}");
    }

    private static object Other(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(bool) => !(bool)value!,
        var t when t == typeof(int) => 3,
        var t when t == typeof(double) => value is < 0.0 ? -0.25 : 0.25,
        var t when t == typeof(ImmutableArray<string>) => ImmutableArray.Create("^dense", "out"),
        _ => new ExponentialDecay(0.2, 3, 0.4),
    };
}
