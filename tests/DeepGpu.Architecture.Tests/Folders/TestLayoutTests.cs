using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>Tests lie in the folders of what they test; what several folders share lies beside the project file.</summary>
public class TestLayoutTests
{
    public static TheoryData<string> Projects => [.. Directory.GetDirectories(RepositoryFolder.Path("src"))
        .Select(path => Path.GetFileName(path)).Where(project => Directory.Exists(RepositoryFolder.Path("tests", project + ".Tests")))];

    [Theory, MemberData(nameof(Projects))]
    public void Folders_of_tests_are_folders_of_the_project_under_test(string project)
        => Folders($"tests/{project}.Tests").Except(Folders($"src/{project}").Append("."))
            .Should().BeEmpty("src/{0} has no such folder", project);

    /// <summary>The folders that hold C#, and those they lie in, relative to the project.</summary>
    private static HashSet<string> Folders(string project) => [.. RepositoryFolder.Sources(project)
        .Select(path => Path.GetRelativePath(RepositoryFolder.Path(project), Path.GetDirectoryName(path)!).Split('/', '\\'))
        .SelectMany(folders => Enumerable.Range(1, folders.Length).Select(depth => string.Join('/', folders.Take(depth))))];
}
