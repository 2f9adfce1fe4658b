using System.Text.Json.Nodes;
using DeepGpu.Metrics;

namespace DeepGpu.Tests.Training;

public class TrainingJsonTests
{
    public static TheoryData<Loss> Losses => new((Loss[])[
        Loss.BinaryCrossentropy(true, 0.1, reduction: Reduction.Sum),
        Loss.BinaryFocalCrossentropy(true, 0.3, 1.5),
        Loss.CategoricalCrossentropy(true, 0.1, axis: 1),
        new CategoricalFocalCrossentropy { Alpha = [0.1, 0.9], Gamma = 3 },
        Loss.CategoricalFocalCrossentropy([0.5]),
        Loss.CategoricalGeneralizedCrossEntropy(0.7),
        Loss.CategoricalHinge(),
        Loss.Circle(256, 0.25, removeDiagonal: false),
        Loss.CosineSimilarity(axis: 1),
        Loss.Ctc(Reduction.Sum),
        Loss.Dice([1, 2]),
        Loss.Hinge(),
        Loss.Huber(2, Reduction.MeanWithSampleWeight),
        Loss.KLDivergence(),
        Loss.LogCosh(),
        Loss.MeanAbsoluteError(Reduction.None),
        Loss.MeanAbsolutePercentageError(),
        Loss.MeanSquaredError(Reduction.Mean),
        Loss.MeanSquaredLogarithmicError(),
        Loss.Poisson(),
        Loss.SparseCategoricalCrossentropy(ignoreClass: -1),
        Loss.SquaredHinge(),
        Loss.Tversky(0.3, 0.7)]);

    public static TheoryData<Metric> Metrics => new((Metric[])[
        Metric.Accuracy(),
        new EqualAccuracy(),
        Metric.BinaryAccuracy(0.3),
        Metric.CategoricalAccuracy(),
        Metric.SparseCategoricalAccuracy(),
        Metric.TopKCategoricalAccuracy(3),
        Metric.SparseTopKCategoricalAccuracy(2, fromSortedIds: true),
        Metric.FBetaScore(MetricAverage.Weighted, 2, 0.4),
        Metric.F1Score(),
        Metric.BinaryCrossentropy(fromLogits: true),
        Metric.SparseCategoricalCrossentropy(ignoreClass: 3),
        Metric.LogCoshError(),
        Metric.Precision([0.2, 0.4], topK: 2, classId: 1),
        Metric.Recall([0.5]),
        Metric.TruePositives(),
        Metric.FalsePositives([0.1]),
        Metric.TrueNegatives(),
        Metric.FalseNegatives(),
        new Auc
        {
            Curve = AucCurve.PrecisionRecall,
            SummationMethod = AucSummation.Majoring,
            Thresholds = [0.5, 0.7],
            MultiLabel = true,
            NumLabels = 2,
            LabelWeights = [1, 2],
            Name = "area"
        },
        Metric.SensitivityAtSpecificity(0.4, 50),
        Metric.SpecificityAtSensitivity(0.4, classId: 1),
        Metric.PrecisionAtRecall(0.3),
        Metric.RecallAtPrecision(0.2),
        Metric.IoU(3, [0, 2], ignoreClass: 255, sparseYPred: false),
        Metric.MeanIoU(4),
        Metric.OneHotIoU(3, [1]),
        Metric.OneHotMeanIoU(3, axis: 1),
        Metric.BinaryIoU([1], 0.3),
        Metric.RootMeanSquaredError(),
        Metric.CosineSimilarity(1),
        Metric.R2Score(ClassAggregation.None, 2),
        Metric.PearsonCorrelation(),
        Metric.ConcordanceCorrelation(),
        new LossMetric(Loss.MeanSquaredError()) { Name = "mse" },
        Metric.Mean(),
        Metric.Sum()]);

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public void A_loss_returns_from_its_JSON(Loss loss)
        => Loss.FromJson(loss.ToJson()).Should().BeOfType(loss.GetType())
            .And.BeEquivalentTo(loss, options => options.RespectingRuntimeTypes());

    [Theory]
    [MemberData(nameof(Metrics), DisableDiscoveryEnumeration = true)]
    public void A_metric_returns_from_its_JSON(Metric metric)
        => Metric.FromJson(metric.ToJson()).Should().BeOfType(metric.GetType())
            .And.BeEquivalentTo(metric, options => options.RespectingRuntimeTypes());

    [Fact]
    public void Every_loss_and_metric_of_the_library_is_among_them()
    {
        var known = Losses.Select(row => row.Data.GetType()).Concat(Metrics.Select(row => row.Data.GetType()));
        typeof(Loss).Assembly.GetTypes().Where(type =>
            type is { IsPublic: true, IsAbstract: false } && (type.IsAssignableTo(typeof(Loss)) || type.IsAssignableTo(typeof(Metric))))
            .Should().BeSubsetOf(known);
    }

    [Fact]
    public void What_is_written_is_what_Keras_writes()
    {
        JsonNode.DeepEquals(JsonNode.Parse(Loss.CategoricalCrossentropy(labelSmoothing: 0.1).ToJson()), JsonNode.Parse("""
            {"module": "keras.losses", "class_name": "CategoricalCrossentropy", "registered_name": null,
             "config": {"name": "categorical_crossentropy", "reduction": "sum_over_batch_size", "from_logits": false,
             "label_smoothing": 0.1, "axis": -1}}
            """)).Should().BeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(Loss.Circle(removeDiagonal: false).ToJson()), JsonNode.Parse("""
            {"module": "keras.losses", "class_name": "Circle", "registered_name": null,
             "config": {"name": "circle", "reduction": "sum_over_batch_size", "gamma": 80, "margin": 0.4, "remove_diagonal": false}}
            """)).Should().BeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(Loss.Ctc().ToJson()), JsonNode.Parse("""
            {"module": "keras.losses", "class_name": "CTC", "registered_name": null,
             "config": {"name": "ctc", "reduction": "sum_over_batch_size"}}
            """)).Should().BeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(Metric.Precision().ToJson()), JsonNode.Parse("""
            {"module": "keras.metrics", "class_name": "Precision", "registered_name": null,
             "config": {"name": "precision", "thresholds": null, "top_k": null, "class_id": null}}
            """)).Should().BeTrue();
        Metric.Accuracy().ToJson().Should().Be("\"accuracy\"");
    }

    [Fact]
    public void Names_and_functions_are_read_too()
    {
        Loss.FromJson("\"mse\"").Should().BeOfType<MeanSquaredError>();
        Loss.FromJson("""{"module": "builtins", "class_name": "function", "config": "sparse_categorical_crossentropy","""
            + """ "registered_name": "function"}""")
            .Should().BeOfType<SparseCategoricalCrossentropy>();
        Loss.FromJson("\"ctc\"").Should().BeOfType<Ctc>();
        Loss.FromJson("\"circle\"").Should().BeOfType<Circle>();
        Metric.FromJson("\"mae\"").Should().BeOfType<LossMetric>().Which.Name.Should().Be("mae");
        Metric.FromJson("\"AUC\"").Should().BeOfType<Auc>().Which.Name.Should().Be("AUC");
        Metric.FromJson("\"acc\"").Should().BeOfType<Accuracy>().Which.Name.Should().Be("acc");
        Metric.FromJson("""{"module": "keras.metrics", "class_name": "MeanMetricWrapper", "config": {"name": "accuracy","""
            + """ "dtype": "float32", "fn": "sparse_categorical_accuracy"}}""")
            .Should().BeOfType<SparseCategoricalAccuracy>().Which.Name.Should().Be("accuracy");
    }

    [Theory]
    [InlineData("\"my_loss\"")]
    [InlineData("""{"module": "os", "class_name": "system", "config": {}}""")]
    [InlineData("""{"module": "keras.losses", "class_name": "Huber", "config": {"delta": "a"}}""")]
    [InlineData("""{"module": "keras.losses", "class_name": "Huber", "config": {"delta": -1}}""")]
    [InlineData("""{"module": "keras.losses", "class_name": "Huber", "config": {"beta": 1}}""")]
    [InlineData("""{"module": "keras.losses", "class_name": "Huber", "config": {"reduction": "median"}}""")]
    [InlineData("""{"module": "keras.losses", "class_name": "Huber"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_no_loss_is_refused(string json)
        => FluentActions.Invoking(() => Loss.FromJson(json)).Should().Throw<ModelFormatException>();

    [Fact]
    public void Custom_losses_and_metrics_cannot_be_written()
    {
        FluentActions.Invoking(() => Loss.Of("own", (target, output) => output).ToJson())
            .Should().Throw<ModelFormatException>().WithMessage("*but 'own' is not one of them.*");
        MetricJson.Write(Metric.Of("own", (target, output) => output)).Should().BeNull();
    }
}
