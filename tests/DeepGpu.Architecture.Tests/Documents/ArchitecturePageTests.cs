using System.Text.RegularExpressions;
using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>docs/architecture.md shows the code as it is.</summary>
public class ArchitecturePageTests
{
    private static readonly Document Page = new("docs/architecture.md");

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(RepositoryFolder.Path("src"))
        .Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Projects))]
    public void Every_first_folder_of_an_assembly_has_its_line(string project)
        => Named(project).Should().BeEquivalentTo(Folders(project));

    [Fact]
    public void Every_type_of_a_journey_is_declared()
    {
        var sources = string.Join('\n', RepositoryFolder.Sources("src").Select(File.ReadAllText));
        var types = Page.Sections("##").Where(section => section.Key.StartsWith("Journey", StringComparison.Ordinal))
            .SelectMany(section => Document.Names(section.Value, column: 2)).Distinct().ToList();
        types.Should().HaveCountGreaterThan(30);
        types.Where(type => !Regex.IsMatch(sources, $@"\b(class|record|struct|interface|enum) {type}\b")).Should().BeEmpty();
    }

    /// <summary>The folders in the tables below the heading of a project.</summary>
    private static IEnumerable<string> Named(string project)
        => Document.Names(Page.Sections("###").Single(section => section.Key.Contains($"`src/{project}`", StringComparison.Ordinal)).Value,
            column: 1);

    private static IEnumerable<string> Folders(string project) => Directory.GetDirectories(RepositoryFolder.Path("src", project))
        .Select(path => Path.GetFileName(path)).Where(name => name is not ("bin" or "obj"));
}
