using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace DeepGpu.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Good = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private static readonly PublishedHash Hash = new(HashAlgorithmName.SHA256, Convert.ToHexStringLower(SHA256.HashData(Good)));
    private static readonly DownloadOptions Options = new() { AllowsPlainHttp = true, Offline = false, Mirror = null, StallTimeout = TimeSpan.FromMilliseconds(500) };

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-download").FullName;

    private string Target => Path.Combine(_folder, "cache", "file.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_connection_cut_half_way_leaves_nothing_and_the_next_call_succeeds()
    {
        using var server = new HostileServer((n, s, _) => HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", n == 1 ? Good[..100_000] : Good));
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
    public void A_page_of_an_error_is_never_kept()
    {
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, "404 Not Found\r\nContent-Length: 6", Encoding.ASCII.GetBytes("<html>")));
        Code(() => Fetch(server)).Should().Be("download_failed");
        Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().BeEmpty();
    }

    [Fact]
    public void A_server_that_stalls_is_left()
    {
        using var server = new HostileServer(async (_, s, stop) =>
        {
            await HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", Good[..1000]);
            await Task.Delay(Timeout.Infinite, stop);
        });
        var watch = Stopwatch.StartNew();
        Code(() => Fetch(server)).Should().Be("download_stalled");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Cancelling_is_honoured_at_once()
    {
        using var server = new HostileServer((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        using var source = new CancellationTokenSource(100);
        var watch = Stopwatch.StartNew();
        FluentActions.Invoking(() => Download.Fetch(server.Address, Target, Hash, Options with { StallTimeout = TimeSpan.FromMinutes(1) }, source.Token)).Should().Throw<OperationCanceledException>();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        Directory.GetFiles(Path.GetDirectoryName(Target)!).Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/x")]
    public void Only_https_is_fetched(string address)
        => Code(() => Download.Fetch(new(address), Target, Hash, Options with { AllowsPlainHttp = false })).Should().Be("not_https");

    [Theory]
    [InlineData("file:///etc/hostname", "not_https")]
    [InlineData("/again", "too_many_redirects")]
    public void Redirections_are_looked_at_and_bounded(string location, string code)
    {
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, $"302 Found\r\nLocation: {location}\r\nContent-Length: 0", []));
        Code(() => Fetch(server)).Should().Be(code);
        server.Requests.Should().BeLessThan(10);
    }

    [Fact]
    public void A_redirection_is_followed()
    {
        using var server = new HostileServer((n, s, _) => n == 1 ? HostileServer.Send(s, "302 Found\r\nLocation: /other\r\nContent-Length: 0", []) : HostileServer.Send(s, "200 OK", Good));
        File.ReadAllBytes(Fetch(server)).Should().Equal(Good);
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
        File.WriteAllText(Path.Combine(_folder, "cache"), "a file where a folder is needed");
        Code(() => Download.Fetch(new("http://127.0.0.1:1/x"), Target, Hash, Options)).Should().Be("cache_not_writable");
    }

    [Fact]
    public void A_mirror_is_asked_by_host_and_path_and_progress_is_told()
    {
        var told = new List<DownloadProgress>();
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", Good));
        Download.Fetch(new("https://example.org/data/x.gz"), Target, Hash, Options with { Mirror = new(server.Address, "/mirror/"), Progress = new Recorder(told) });
        told[^1].Should().Be(new DownloadProgress(new(server.Address, "/mirror/example.org/data/x.gz"), Good.Length, Good.Length));
    }

    private static string Code(Action action) => action.Should().Throw<DownloadException>().Which.Fault.Code;

    private string Fetch(HostileServer server) => Download.Fetch(server.Address, Target, Hash, Options);

    private sealed class Recorder(List<DownloadProgress> told) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => told.Add(value);
    }
}
