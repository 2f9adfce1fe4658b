using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace DeepGpu.Tests.Data;

/// <summary>What comes over the wire, and what is kept of it.</summary>
public sealed class DownloadTests : DownloadFolder
{
    [Fact]
    public void A_connection_cut_half_way_leaves_nothing_and_the_next_call_succeeds()
    {
        using var server = new HostileServer((n, s, _) =>
            HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", n == 1 ? Good[..100_000] : Good));
        Code(() => Fetch(server)).Should().Be("download_failed");
        Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().BeEmpty();
        File.ReadAllBytes(Fetch(server)).Should().Equal(Good);
    }

    [Fact]
    public void A_wrong_hash_names_both_and_leaves_nothing()
    {
        var bad = Good.ToArray();
        bad[77]++;
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, $"200 OK\r\nContent-Length: {bad.Length}", bad));
        var fault = FluentActions.Invoking(() => Fetch(server)).Should().Throw<DownloadException>().Which;
        fault.Message.Should().Contain(Hash.Hex).And.Contain(Convert.ToHexStringLower(SHA256.HashData(bad)));
        Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1000, "hash_mismatch")]
    [InlineData(300_000, "download_failed")]
    public void A_length_that_lies_is_found(int announced, string code)
    {
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, $"200 OK\r\nContent-Length: {announced}", Good));
        Code(() => Fetch(server)).Should().Be(code);
        File.Exists(Target).Should().BeFalse();
    }

    [Fact]
    public void An_answer_without_a_length_is_judged_by_its_hash()
    {
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, "200 OK", Good));
        File.ReadAllBytes(Fetch(server)).Should().Equal(Good);
    }

    [Fact]
    public void An_answer_in_pieces_is_read_to_its_end_and_one_that_is_cut_is_refused()
    {
        byte[] pieces = [.. Encoding.ASCII.GetBytes($"{Good.Length:x}\r\n"), .. Good, .. "\r\n0\r\n\r\n"u8];
        using var server = new HostileServer((n, s, _) =>
            HostileServer.Send(s, "200 OK\r\nTransfer-Encoding: chunked", n == 1 ? pieces[..^5] : pieces));
        Code(() => Fetch(server)).Should().Be("download_failed");
        File.ReadAllBytes(Fetch(server)).Should().Equal(Good);
    }

    [Fact]
    public void A_part_of_a_file_is_never_asked_for()
    {
        using var server = new HostileServer((n, s, _) =>
            HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", n == 1 ? Good[..100_000] : Good));
        Code(() => Fetch(server)).Should().Be("download_failed");
        Fetch(server);
        server.LastRequest.Should().StartWith("GET /file.bin HTTP/1.1").And.NotContain("Range");
    }

    [Fact]
    public void A_page_of_an_error_is_never_kept()
    {
        using var server = new HostileServer((_, s, _) =>
            HostileServer.Send(s, "404 Not Found\r\nContent-Length: 6", Encoding.ASCII.GetBytes("<html>")));
        Code(() => Fetch(server)).Should().Be("download_failed");
        Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_stalls_is_left()
    {
        using var server = new HostileServer(async (_, s, stop) =>
        {
            await HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", Good[..1000]);
            await Task.Delay(Timeout.Infinite, stop);
        });
        (await Within(() => Code(() => Fetch(server)))).Should().Be("download_stalled");
    }

    [Theory]
    [InlineData("before the request")]
    [InlineData("before the answer")]
    [InlineData("in the middle of the file")]
    [InlineData("after a redirection")]
    public async Task Cancelling_is_honoured_in_every_branch(string when)
    {
        using var source = new CancellationTokenSource();
        if (when == "before the request") source.Cancel();
        using var server = new HostileServer(async (n, s, stop) =>
        {
            if (when == "in the middle of the file") await HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", Good[..1000]);
            if (when == "after a redirection" && n == 1)
                await HostileServer.Send(s, "302 Found\r\nLocation: /other\r\nContent-Length: 0", []);
            else source.CancelAfter(50);
            await Task.Delay(Timeout.Infinite, stop);
        });
        await Within(() => FluentActions.Invoking(() =>
            Download.Fetch(server.Address, Target, Hash, Options with { StallTimeout = TimeSpan.FromMinutes(5) }, source.Token))
            .Should().Throw<OperationCanceledException>());
        server.Requests.Should().Be(when switch { "before the request" => 0, "after a redirection" => 2, _ => 1 });
        if (Directory.Exists(Path.GetDirectoryName(Target)!)) Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().BeEmpty();
    }

    [Fact]
    public void A_cached_file_is_used_offline_and_a_changed_one_is_fetched_again()
    {
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, "200 OK", Good));
        Fetch(server);
        Download.Fetch(server.Address, Target, Hash, Options with { Offline = true }).Should().Be(Target);
        server.Requests.Should().Be(1);
        using (var file = File.OpenWrite(Target)) file.WriteByte(1);
        Code(() => Download.Fetch(server.Address, Target, Hash, Options with { Offline = true })).Should().Be("offline");
        File.ReadAllBytes(Fetch(server)).Should().Equal(Good);
        server.Requests.Should().Be(2);
    }

    [Fact]
    public void Many_at_once_get_one_good_file()
    {
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, "200 OK", Good));
        Parallel.For(0, 8, _ => Fetch(server).Should().Be(Target));
        Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().Equal(Target);
        File.ReadAllBytes(Target).Should().Equal(Good);
    }

    [Fact]
    public void What_a_killed_process_left_is_cleaned_later()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        var (old, young) = (Target + ".1.tmp", Target + ".2.tmp");
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-1));
        File.WriteAllText(young, "");
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, "200 OK", Good));
        Fetch(server);
        (File.Exists(old), File.Exists(young)).Should().Be((false, true));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Combine(Folder, "cache"), "a file where a folder is needed");
        Code(() => Download.Fetch(new("http://127.0.0.1:1/x"), Target, Hash, Options)).Should().Be("cache_not_writable");
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_folder_that_can_only_be_read_serves_the_file_it_has_and_is_named_otherwise()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("needs a folder that nobody can write to, as /proc");
            return;
        }

        var folder = Directory.CreateDirectory(Path.GetDirectoryName(Target)!).FullName;
        File.WriteAllBytes(Target, Good);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, "200 OK", Good));
        Fetch(server).Should().Be(Target);
        (server.Requests, Directory.GetFiles(folder).Length).Should().Be((0, 1));
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var fault = FluentActions.Invoking(() => Download.Fetch(server.Address, "/proc/deepgpu/file.bin", Hash, Options))
            .Should().Throw<DownloadException>().Which.Fault;
        (fault.Code, fault.Rule).Should().Be(("cache_not_writable", "The file must be kept at /proc/deepgpu/file.bin,"));
    }

    [Fact]
    public void A_folder_where_the_file_belongs_is_named()
    {
        Directory.CreateDirectory(Target);
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, "200 OK", Good));
        Code(() => Fetch(server)).Should().Be("cache_not_writable");
        Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().BeEmpty();
    }

    [Fact]
    public void A_mirror_is_asked_by_host_and_path_and_progress_is_told()
    {
        var told = new List<DownloadProgress>();
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", Good));
        Download.Fetch(new("https://example.org/data/x.gz"), Target, Hash,
            Options with { Mirror = new(server.Address, "/mirror/"), Progress = new Recorder(told) });
        told[^1].Should().Be(new DownloadProgress(new(server.Address, "/mirror/example.org/data/x.gz"), Good.Length, Good.Length));
    }

    /// <summary>Fails where something hangs; how long it takes is no matter.</summary>
    private static Task<T> Within<T>(Func<T> action)
        => Task.Run(action).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    private sealed class Recorder(List<DownloadProgress> told) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => told.Add(value);
    }
}
