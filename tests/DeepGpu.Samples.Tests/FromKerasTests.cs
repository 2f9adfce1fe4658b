namespace DeepGpu.Samples.Tests;

/// <summary>The listings in the documents are those of the sample, which compile, and no longer than in Python.</summary>
public class FromKerasTests
{
    public static TheoryData<int> Listings => [0, 1, 2, 3, 4];

    [Fact]
    public void There_are_five_of_each()
        => (Blocks("from-keras.md", "python").Count, Blocks("from-keras.md", "csharp").Count).Should().Be((5, 5));

    [Theory]
    [MemberData(nameof(Listings))]
    public void A_listing_has_no_more_lines_than_its_Python(int index)
        => Blocks("from-keras.md", "csharp")[index].Should().HaveCountLessThanOrEqualTo(Blocks("from-keras.md", "python")[index].Length);

    [Theory]
    [MemberData(nameof(Listings))]
    public void A_listing_stands_in_a_sample(int index)
    {
        var listing = string.Join('\n', Blocks("from-keras.md", "csharp")[index]);
        Directory.GetFiles(Folder, "*.cs").Select(file => string.Join('\n', Lines(file)))
            .Should().Contain(code => code.Contains(listing, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Listings))]
    public void A_listing_stands_in_the_README(int index)
        => Lines(Path.Combine(Folder, "README.md")).Should().ContainInOrder(Blocks("from-keras.md", "csharp")[index]);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "texts");

    /// <summary>The lines of each block of code in a language, indentation left out.</summary>
    private static List<string[]> Blocks(string file, string language)
        => [.. string.Join('\n', Lines(Path.Combine(Folder, file))).Split($"```{language}\n").Skip(1)
            .Select(rest => rest.Split("\n```")[0].Split('\n'))];

    private static IEnumerable<string> Lines(string file) => File.ReadLines(file).Select(line => line.Trim());
}
