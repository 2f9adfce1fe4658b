using System.Text.RegularExpressions;
using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>Every package shows a page about itself, which works outside the repository too.</summary>
public partial class PackageReadmeTests
{
    public static TheoryData<string> Packages => [.. Directory.GetDirectories(RepositoryFolder.Path("src"))
        .Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Packages))]
    public void A_packages_page_is_about_it_and_links_to_nothing_in_the_repository(string package)
    {
        var page = RepositoryFolder.Read($"src/{package}/README.md");
        var install = package == "DeepGpu.Cli" ? $"dotnet tool install {package} " : $"dotnet add package {package}\n";
        page.Should().StartWith($"# {package}\n").And.Contain(install);
        Link().Matches(page).Select(link => link.Groups[1].Value).Where(target => !target.StartsWith("https://", StringComparison.Ordinal))
            .Should().BeEmpty();
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
