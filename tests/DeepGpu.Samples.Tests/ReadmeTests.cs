using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Testing;
using Listings;

namespace DeepGpu.Samples.Tests;

/// <summary>The README's example is that of the sample, and prints what the README says.</summary>
public partial class ReadmeTests
{
    private static readonly string Readme = RepositoryFolder.Read("README.md");

    [Fact]
    public void Every_line_of_the_example_stands_in_the_sample_in_this_order()
    {
        var example = Lines(Block("csharp")).Where(line => line.Length > 0 && !line.StartsWith("using DeepGpu", StringComparison.Ordinal));
        var sample = RepositoryFolder.Read("samples/Listings/ReadmeExample.cs") + RepositoryFolder.Read("samples/Listings/Program.cs");
        Lines(sample).Should().Contain(example);
        Lines(sample).Should().ContainInOrder(example.Where(line => !line.StartsWith("var (train, test)", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_prints_the_text_below_it()
    {
        var printed = Lines(Plain(Printed(() => ReadmeExample.Describe()).TrimEnd()));
        var shown = Lines(Plain(Block("text")));
        shown[0].Should().Contain("'sequential' (training, batch 64, Float32)", "the first line also tells of the processor of the day");
        shown.Skip(1).Take(printed.Length - 1).Should().Equal(printed.Skip(1), "./build.sh readme puts there what the example prints");
    }

    [Fact]
    public void It_trains_and_ends_with_the_accuracy()
    {
        var (train, test) = Datasets.GeneratedDigits(trainCount: 256, testCount: 64);
        var last = Printed(() => ReadmeExample.Train(ReadmeExample.Describe(), train, test)).TrimEnd().Split('\n')[^1];
        last.Should().MatchRegex(@"^Accuracy on new images: \d+\.\d.?%$");
        Lines(Block("text"))[^1].Should().MatchRegex(@"^Accuracy on new images: \d+\.\d.?%$");
    }

    [Theory]
    [InlineData("DeepGpu.Abstractions")]
    [InlineData("DeepGpu.Distributed")]
    [InlineData("DeepGpu.Formats")]
    [InlineData("DeepGpu.Hardware")]
    [InlineData("DeepGpu.Hosting")]
    [InlineData("DeepGpu.Models")]
    [InlineData("DeepGpu.OnnxRuntime")]
    [InlineData("DeepGpu.Visuals")]
    [InlineData("DeepGpu")]
    public void Every_line_of_a_packages_example_stands_in_an_example_that_runs(string package)
        => Lines(RepositoryFolder.Read("tests/DeepGpu.Samples.Tests/PackageExampleTests.cs"))
            .Should().ContainInOrder(Lines(Block("csharp", RepositoryFolder.Read($"src/{package}/README.md"))));

    private static string Block(string language, string? text = null) => (text ?? Readme).Split($"```{language}\n")[1].Split("\n```")[0];

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim())];

    /// <summary>Without the ages of prices, which grow.</summary>
    private static string Plain(string text) => Age().Replace(text, "");

    [GeneratedRegex(@", \d+ years? old")]
    private static partial Regex Age();

    private static string Printed(Action run)
    {
        var (before, culture) = (Console.Out, CultureInfo.CurrentCulture);
        using var output = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(output);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            run();
            return output.ToString();
        }
        finally
        {
            Console.SetOut(before);
            CultureInfo.CurrentCulture = culture;
        }
    }
}
