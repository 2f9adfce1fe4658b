using System.Text.RegularExpressions;
using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>What documents name is there.</summary>
public class DocumentTests
{
    private static readonly Lazy<string> Tests = new(() => string.Join('\n', RepositoryFolder.Sources("tests").Select(File.ReadAllText)));

    public static TheoryData<string> Documents => [.. Document.All];

    [Fact]
    public void The_documents_that_a_newcomer_opens_are_there()
        => Document.All.Should()
            .Contain(["README.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "docs/architecture.md", "docs/data.md"]);

    [Theory, MemberData(nameof(Documents))]
    public void Every_path_that_a_document_names_exists(string document)
        => new Document(document).Paths.Where(path => !Path.Exists(RepositoryFolder.Path(path))).Should().BeEmpty();

    [Theory, MemberData(nameof(Documents))]
    public void Every_test_that_a_document_names_exists(string document)
    {
        var named = new Document(document);
        named.TestClasses.Where(name => !Regex.IsMatch(Tests.Value, $@"\bclass {name}\b")).Should().BeEmpty();
        named.TestMethods.Where(name => !Regex.IsMatch(Tests.Value, $@"\b{name}\(")).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Documents))]
    public void Every_verb_of_the_build_script_that_a_document_names_exists(string document)
    {
        var verbs = Regex.Matches(RepositoryFolder.Read("build.sh"), "^  ([a-z]+)  ", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        new Document(document).Verbs.Except(verbs).Should().BeEmpty();
    }

    [Theory]
    [InlineData(".ci/run")]
    [InlineData(".github/workflows/ci.yml")]
    public void Every_way_of_continuous_integration_runs_the_one_script(string path)
        => RepositoryFolder.Read(path).Should().Contain("./build.sh ci").And.NotContain("dotnet ");
}
