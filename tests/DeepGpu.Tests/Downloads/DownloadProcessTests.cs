using System.Diagnostics;
using System.Security.Cryptography;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Data;

/// <summary>RELIABILITY F63, F64, F66: downloads by processes of their own, side by side, killed, and with no room left.</summary>
public sealed class DownloadProcessTests : IDisposable
{
    private const string AddressVariable = "DEEPGPU_TEST_ADDRESS";
    private const string TargetVariable = "DEEPGPU_TEST_TARGET";
    private const string ResultVariable = "DEEPGPU_TEST_RESULT";
    private const int Processes = 8;

    private static readonly byte[] Good = [.. Enumerable.Range(0, 400_000).Select(i => (byte)(i * 7))];
    private static readonly PublishedHash Hash = new(HashAlgorithmName.SHA256, Convert.ToHexStringLower(SHA256.HashData(Good)));
    private static readonly DownloadOptions Options = new() { AllowsPlainHttp = true, Offline = false, Mirror = null };
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-download").FullName;

    private string Target => Path.Combine(_folder, "cache", "file.bin");

    private string Cache => Path.GetDirectoryName(Target)!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Eight_processes_that_begin_at_once_all_get_one_good_file()
    {
        using var all = new CountdownEvent(Processes);
        using var server = new HostileServer(async (_, s, _) =>
        {
            all.Signal();
            await Task.Run(() => all.Wait(Hang));
            await HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", Good);
        });
        var running = Enumerable.Range(0, Processes).Select(i => Process.Start(Downloader(server, $"{i}"))!).ToList();
        await Task.WhenAll(running.Select(process => process.WaitForExitAsync(TestContext.Current.CancellationToken)))
            .WaitAsync(Hang, TestContext.Current.CancellationToken);
        Enumerable.Range(0, Processes).Select(i => Result($"{i}")).Should().OnlyContain(result => result == Target);
        (server.Requests, Directory.GetFiles(Cache).Single()).Should().Be((Processes, Target));
        File.ReadAllBytes(Target).Should().Equal(Good);
        running.ForEach(process => process.Dispose());
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_leaves_one_part_that_is_cleaned_later_and_no_file()
    {
        var half = new TaskCompletionSource();
        using var server = new HostileServer(async (n, s, stop) =>
        {
            await HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", n == 1 ? Good[..200_000] : Good);
            if (n > 1) return;
            half.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var process = Process.Start(Downloader(server, "killed"))!;
        await half.Task.WaitAsync(Hang, TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => Directory.GetFiles(Cache, "*.tmp").Any(part => new FileInfo(part).Length > 0), Hang).Should().BeTrue();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var part = Directory.GetFiles(Cache).Should().ContainSingle().Which;
        File.ReadAllBytes(Download.Fetch(server.Address, Target, Hash, Options)).Should().Equal(Good);
        Directory.GetFiles(Cache).Should().BeEquivalentTo([part, Target]);
        File.SetLastWriteTimeUtc(part, DateTime.UtcNow.AddDays(-1));
        File.Delete(Target);
        Download.Fetch(server.Address, Target, Hash, Options);
        Directory.GetFiles(Cache).Should().Equal(Target);
    }

    /// <summary>A limit on the size of files stands for a full disk: a write fails in the middle.</summary>
    [Fact]
    public async Task A_disk_without_room_is_named_and_keeps_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell that limits the size of files");
        using var server = new HostileServer((_, s, _) => HostileServer.Send(s, $"200 OK\r\nContent-Length: {Good.Length}", Good));
        var plain = Downloader(server, "full");
        var limited = new ProcessStartInfo("/bin/sh",
            ["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"", plain.FileName, .. plain.ArgumentList])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (name, value) in plain.Environment) limited.Environment[name] = value;
        limited.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // else the runtime itself makes a file larger than that
        using var process = Process.Start(limited)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Hang, TestContext.Current.CancellationToken);
        Result("full").Should().Be("cache_not_writable");
        Directory.GetFiles(Cache).Should().BeEmpty();
    }

    [Fact(Explicit = true)]
    public void Downloader_of_these_tests()
    {
        string Variable(string name) => Environment.GetEnvironmentVariable(name)!;
        try
        {
            File.WriteAllText(Variable(ResultVariable),
                Download.Fetch(new(Variable(AddressVariable)), Variable(TargetVariable), Hash, Options));
        }
        catch (DownloadException e)
        {
            File.WriteAllText(Variable(ResultVariable), e.Fault.Code);
        }
    }

    private string Result(string name) => File.ReadAllText(Path.Combine(_folder, name));

    private ProcessStartInfo Downloader(HostileServer server, string result) => ChildProcess.Of(
        typeof(DownloadProcessTests),
        nameof(Downloader_of_these_tests),
        (AddressVariable, server.Address.OriginalString),
        (TargetVariable, Target),
        (ResultVariable, Path.Combine(_folder, result)));
}
