using DeepGpu.Runtime;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Runtime;

/// <summary>RELIABILITY2 section 4 B: places that another user could put code into.</summary>
public sealed class FileTrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-trust-").FullName;

    public FileTrustTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the modes and owners of Unix");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("700", true, true)]
    [InlineData("755", true, true)]
    [InlineData("775", true, false)]
    [InlineData("757", false, false)]
    [InlineData("777", false, false)]
    [InlineData("1777", true, true)]
    public void A_folder_that_others_may_write_to_is_not_safe(string octal, bool forFound, bool forPrivate)
    {
        var (folder, library) = Library();
        SetMode(folder, octal);
        (FileTrust.WeaknessOfLibrary(library) is null, FileTrust.WeaknessOfFolder(folder) is null).Should().Be((forFound, forPrivate));
    }

    [Theory]
    [InlineData("744", true)]
    [InlineData("764", true)]
    [InlineData("766", false)]
    public void A_library_that_everybody_may_write_to_is_not_safe(string octal, bool expected)
    {
        var (_, library) = Library();
        SetMode(library, octal);
        (FileTrust.WeaknessOfLibrary(library) is null).Should().Be(expected);
    }

    [Fact]
    public void A_folder_inside_one_that_others_may_write_to_is_not_safe()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        SetMode(Path.Combine(_folder, "a"), "777");
        FileTrust.WeaknessOfFolder(inner).Should().Be($"{Path.Combine(_folder, "a")} may be written to by other users");
    }

    [Fact]
    public void What_belongs_to_another_user_is_not_safe()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        var (folder, library) = Library();
        ChildProcess.Run(ChildProcess.With(new("chown", [$"{ChildProcess.Stranger}", library]))).Code.Should().Be(0);
        FileTrust.WeaknessOfLibrary(library).Should().Be($"{library} belongs to user {ChildProcess.Stranger}");
        FileTrust.WeaknessOfFolder(folder).Should().BeNull();
        ChildProcess.Run(ChildProcess.With(new("chown", [$"{ChildProcess.Stranger}", folder]))).Code.Should().Be(0);
        FileTrust.WeaknessOfFolder(folder).Should().Be($"{folder} belongs to user {ChildProcess.Stranger}");
    }

    [Fact]
    public void A_private_folder_is_not_made_where_others_may_write()
    {
        SetMode(_folder, "777");
        FluentActions.Invoking(() => PrivateLibrary.FromFolder([1, 2, 3], "lib.so", Path.Combine(_folder, "native")))
            .Should().Throw<IOException>().WithMessage($"{_folder} may be written to by other users");
        Directory.GetFileSystemEntries(Path.Combine(_folder, "native")).Should().BeEmpty();
    }

    [Fact]
    public void A_private_folder_is_gone_also_when_the_loader_refuses()
    {
        FluentActions.Invoking(() => PrivateLibrary.FromFolder([1, 2, 3], "lib.so", Path.Combine(_folder, "native")))
            .Should().Throw<DllNotFoundException>();
        Directory.GetFileSystemEntries(Path.Combine(_folder, "native")).Should().BeEmpty();
    }

    private (string Folder, string Library) Library()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "native")).FullName;
        File.WriteAllText(Path.Combine(folder, "lib.so"), "");
        SetMode(Path.Combine(folder, "lib.so"), "744");
        SetMode(folder, "755");
        return (folder, Path.Combine(folder, "lib.so"));
    }

    private static void SetMode(string path, string octal)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));
    }
}
