namespace DeepGpu.Architecture.Tests;

/// <summary>What adding one thing costs: the files that name one that is there. What the compiler needs beside them is generated.</summary>
public class CostTests
{
    [Theory]
    [InlineData("SinePositionEncoding", 3)] // record, lowering, rule of export
    [InlineData("ZeroPadding3D", 3)] // and the table of Keras 1's names
    [InlineData("GaussianNoise", 3)]
    [InlineData("RandomErasing", 3)]
    [InlineData("CategoryEncoding", 4)] // and the table of older options
    public void A_layer_costs(string example, int files) => Check(example, files);

    [Theory]
    [InlineData("Huber", 2)] // class, test
    [InlineData("Tversky", 2)]
    [InlineData("CategoricalHinge", 2)]
    public void A_loss_costs(string example, int files) => CheckWithTest(example, files);

    [Theory]
    [InlineData("R2Score", 2)] // class, test
    [InlineData("PearsonCorrelation", 2)]
    [InlineData("SensitivityAtSpecificity", 2)]
    public void A_metric_costs(string example, int files) => CheckWithTest(example, files);

    [Theory]
    [InlineData("Lion", 2)] // description, rule
    [InlineData("Nadam", 2)]
    [InlineData("Adafactor", 2)]
    public void An_optimizer_costs(string example, int files) => Check(example, files);

    [Theory]
    [InlineData("OneCycle", 2)]
    [InlineData("LecunNormal", 2)] // record, formula
    [InlineData("MinMaxNorm", 2)] // record, formula
    public void A_schedule_an_initializer_and_a_constraint_cost(string example, int files) => Check(example, files);

    [Theory]
    [InlineData("ConvNeXtTiny", 2)] // method, published weights
    [InlineData("DenseNet201", 2)]
    [InlineData("MNASNet075", 2)]
    public void An_application_costs(string example, int files) => Check(example, files);

    [Theory]
    [InlineData("TimeLimit", 2)] // class, test
    [InlineData("TerminateOnNaN", 2)]
    public void A_callback_costs(string example, int files) => CheckWithTest(example, files);

    [Theory]
    [InlineData("CacheCriterion", 2)] // class, list
    [InlineData("AgeCriterion", 2)]
    [InlineData("ConvertFile", 2)]
    [InlineData("Detect", 2)]
    public void A_scoring_rule_and_a_command_cost(string example, int files) => Check(example, files);

    [Theory]
    [InlineData("TfjsFile", 2)] // reader, row; and a test
    [InlineData("SafetensorsIndex", 2)]
    public void A_file_format_costs(string example, int files) => Check(example, files);

    private static void Check(string example, int files)
        => Repository.Naming(example).Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(files, "{0} should need no more", example);

    /// <summary>Counts a file of tests too, and wants one.</summary>
    private static void CheckWithTest(string example, int files)
    {
        Repository.Tested(example).Should().BeTrue("a test names {0}", example);
        Check(example, files - 1);
    }
}
