using System.Net.Sockets;
using System.Text;
using DeepGpu.Testing;

namespace DeepGpu.Abstractions.Tests.Files;

/// <summary>RELIABILITY2 rows 12 and 22: only regular files are read and written.</summary>
public sealed class RegularFileTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-files-").FullName;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public void Dispose()
    {
        _socket.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static TheoryData<string> Kinds => ["pipe", "link to a pipe", "socket", "folder", "/dev/zero", "/dev/null", "/dev/tty"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_no_regular_file_is_refused_at_once_for_reading(string kind)
    {
        var path = Make(kind);
        Action[] reads = [() => RegularFile.OpenHandle(path).Dispose(), () => RegularFile.OpenRead(path).Dispose(), ()
            => RegularFile.ReadAllBytes(path), () => RegularFile.ReadAllText(path)];
        foreach (var read in reads)
        {
            var refusal = (await Task.Run(() => read
                .Should().Throw<ModelFormatException>()).WaitAsync(Hang, TestContext.Current.CancellationToken)).Which;
            (refusal.Fault.Code, refusal.File).Should().Be(("not_a_regular_file", path));
            refusal.Message.Should().StartWith("Only a regular file is read, but this is a ");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_no_regular_file_is_refused_for_writing(string kind)
    {
        var path = Make(kind);
        FluentActions.Invoking(() => RegularFile.CheckWritable(path)).Should().Throw<ModelFormatException>()
            .Which.Message.Should().StartWith("Only a regular file is written, but a ").And.EndWith($"[{path}]");
    }

    [Fact]
    public void A_path_that_names_a_folder_is_refused_for_writing_though_nothing_is_there()
        => FluentActions.Invoking(() => RegularFile.CheckWritable(Path.Combine(_folder, "new") + "/"))
            .Should().Throw<ModelFormatException>();

    [Fact]
    public void Regular_files_links_to_them_and_what_is_not_there_may_be_written()
    {
        var file = Path.Combine(_folder, "größe 数");
        File.WriteAllText(file, "x");
        File.CreateSymbolicLink(file + ".link", file);
        File.CreateSymbolicLink(file + ".dangling", file + ".nowhere");
        foreach (var path in new[] { file, file + ".link", file + ".dangling", file + ".new" }) RegularFile.CheckWritable(path);
        RegularFile.ReadAllText(file + ".link").Should().Be("x");
    }

    [Fact]
    public void Reading_gives_what_NET_gives()
    {
        var file = Path.Combine(_folder, "text");
        File.WriteAllText(file, "größe\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        RegularFile.ReadAllBytes(file).Should().Equal(File.ReadAllBytes(file));
        RegularFile.ReadAllText(file).Should().Be("größe\n");
        File.WriteAllBytes(file, []);
        RegularFile.ReadAllBytes(file).Should().BeEmpty();
        FluentActions.Invoking(() => RegularFile.OpenHandle(file + ".missing")).Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Files_of_the_kernel_are_read_though_they_have_no_length()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        Encoding.ASCII.GetString(RegularFile.ReadAllBytes("/proc/self/status")).Should().StartWith("Name:");
        Encoding.ASCII.GetString(RegularFile.ReadAllBytes("/sys/devices/system/cpu/online")).Should().MatchRegex("^[0-9]");
    }

    private string Make(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix system");
        var path = Path.Combine(_folder, "it");
        switch (kind)
        {
            case "pipe":
                return ChildProcess.Pipe(path);
            case "link to a pipe":
                File.CreateSymbolicLink(path, ChildProcess.Pipe(path + ".pipe"));
                return path;
            case "socket":
                _socket.Bind(new UnixDomainSocketEndPoint(path));
                return path;
            case "folder":
                return Directory.CreateDirectory(path).FullName;
            default:
                return kind;
        }
    }
}
