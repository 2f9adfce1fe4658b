using System.Runtime.Versioning;
using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests.Bytes;

/// <summary>RELIABILITY2 rows 12 and 23, section 4 C: what writing a file makes, keeps and refuses.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AtomicFileTests : IDisposable
{
    private const string FolderVariable = "DEEPGPU_TEST_FOLDER";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-atomic-").FullName;

    public AtomicFileTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the modes of Unix");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void New_files_and_folders_are_the_users_alone_whatever_the_umask()
    {
        foreach (var umask in new[] { "0", "022", "077" })
        {
            var folder = Path.Combine(_folder, umask);
            ChildProcess.Run(ChildProcess.After($"umask {umask}",
                ChildProcess.Of(typeof(AtomicFileTests), nameof(Writer_of_these_tests), (FolderVariable, folder)))).Code.Should().Be(0);
            foreach (var made in new[] { folder, Path.Combine(folder, "a"), Path.Combine(folder, "a", "b") })
            {
                File.GetUnixFileMode(made).Should().Be(Private | UnixFileMode.UserExecute, $"{made} under umask {umask}");
            }

            File.GetUnixFileMode(Path.Combine(folder, "a", "b", "file")).Should().Be(Private, $"under umask {umask}");
        }
    }

    [Fact(Explicit = true)]
    public void Writer_of_these_tests() => Write(Path.Combine(Environment.GetEnvironmentVariable(FolderVariable)!, "a", "b", "file"));

    [Theory]
    [InlineData("600")]
    [InlineData("644")]
    [InlineData("664")]
    [InlineData("640")]
    [InlineData("400")]
    [InlineData("666")]
    public void A_replaced_file_keeps_its_mode(string octal)
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "old");
        var mode = (UnixFileMode)Convert.ToInt32(octal, 8);
        File.SetUnixFileMode(path, mode);
        Write(path);
        (File.GetUnixFileMode(path), File.ReadAllText(path)).Should().Be((mode, "new"));
    }

    [Fact]
    public void The_bits_that_lend_a_program_its_owner_are_not_kept()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, Private | UnixFileMode.SetUser | UnixFileMode.SetGroup);
        Write(path);
        File.GetUnixFileMode(path).Should().Be(Private);
    }

    [Fact]
    public void While_it_is_written_nobody_else_may_read_it()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        AtomicFile.Write(path, _ => File.GetUnixFileMode(Directory.GetFiles(_folder).Single(file => file != path)).Should().Be(Private));
    }

    [Fact]
    public void A_named_pipe_and_a_folder_are_left_alone()
    {
        var pipe = ChildProcess.Pipe(Path.Combine(_folder, "pipe"));
        foreach (var path in new[] { pipe, Directory.CreateDirectory(Path.Combine(_folder, "folder")).FullName,
            Path.Combine(_folder, "new") + "/" })
        {
            FluentActions.Invoking(() => Write(path)).Should().Throw<ModelFormatException>().Which.Fault.Code
                .Should().Be("not_a_regular_file");
        }

        FluentActions.Invoking(() => RegularFile.ReadAllBytes(pipe)).Should().Throw<ModelFormatException>("it is still a pipe");
        Directory.GetFileSystemEntries(_folder).Should().HaveCount(2);
    }

    [Fact]
    public void A_device_is_left_alone_also_behind_a_link()
    {
        var device = ChildProcess.NullDevice(Path.Combine(_folder, "null"));
        File.CreateSymbolicLink(device + ".link", device);
        foreach (var path in new[] { device, device + ".link" }) FluentActions.Invoking(() => Write(path))
            .Should().Throw<ModelFormatException>();
        FluentActions.Invoking(() => RegularFile.ReadAllBytes(device)).Should().Throw<ModelFormatException>().WithMessage("*a device*");
        new FileInfo(device + ".link").LinkTarget.Should().Be(device);
        Directory.GetFileSystemEntries(_folder).Should().HaveCount(2);
    }

    [Fact]
    public void A_link_is_replaced_and_what_it_leads_to_stays()
    {
        var (file, link, dangling) = (Path.Combine(_folder, "file"), Path.Combine(_folder, "link"), Path.Combine(_folder, "dangling"));
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(link, file);
        File.CreateSymbolicLink(dangling, Path.Combine(_folder, "nowhere"));
        Write(link);
        Write(dangling);
        (File.ReadAllText(file), File.ReadAllText(link), File.ReadAllText(dangling)).Should().Be(("old", "new", "new"));
        Directory.GetFiles(_folder).Should().OnlyContain(path => new FileInfo(path).LinkTarget == null).And.HaveCount(3);
    }

    [Theory]
    [InlineData("x", 255)]
    [InlineData("é", 127)]
    [InlineData("数", 85)]
    [InlineData("x", 219)]
    public void Names_of_as_many_bytes_as_a_file_system_allows_can_be_written(string letter, int count)
    {
        var path = Path.Combine(_folder, string.Concat(Enumerable.Repeat(letter, count)));
        Write(path);
        Write(path);
        Directory.GetFiles(_folder).Should().Equal(path);
        File.ReadAllText(path).Should().Be("new");
    }

    private static void Write(string path) => AtomicFile.Write(path, stream => stream.Write("new"u8));
}
