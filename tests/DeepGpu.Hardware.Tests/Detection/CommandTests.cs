using System.Diagnostics;
using System.Runtime.Versioning;
using DeepGpu.Hardware.Detection;

namespace DeepGpu.Hardware.Tests.Detection;

/// <summary>Real processes in place of nvidia-smi: shell scripts that hang, flood, fail or lie.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CommandTests : IDisposable
{
    private const string Heading = "index, name, uuid, driver_version, memory.total [MiB], memory.free [MiB], compute_cap, utilization.gpu "
        + "[%], temperature.gpu, power.draw [W]";

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-command").FullName;

    public CommandTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");

    [Fact]
    public async Task A_command_that_answers_gives_its_GPUs()
    {
        var result = await Read($"echo '{Heading}'\necho '0, NVIDIA H200, GPU-1, 570.1, 143771 MiB, 143000 MiB, 9.0, 3 %, 31, 75.20 W'");
        result.Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.Ok && r.Devices[0].Name == "NVIDIA H200");
    }

    [Fact]
    public async Task A_command_that_hangs_is_ended_with_its_children()
    {
        var clock = Stopwatch.StartNew();
        var child = Path.Combine(_folder, "child");
        var result = await Read($"sleep 60 & echo $! > {child}\nwait", TimeSpan.FromSeconds(1));
        result.Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.TimedOut && r.Reason!.Code == "timed_out");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        var id = int.Parse(await File.ReadAllTextAsync(child, TestContext.Current.CancellationToken),
            System.Globalization.CultureInfo.InvariantCulture);
        SpinWait.SpinUntil(() => !IsRunning(id), TimeSpan.FromSeconds(2)).Should().BeTrue("a signal takes a moment");
    }

    [Fact]
    public void The_limit_is_five_seconds_unless_set_otherwise()
        => new GpuDetectionOptions().CommandTimeout.Should().Be(TimeSpan.FromSeconds(5));

    [Fact]
    public async Task Cancelling_ends_the_command_and_throws()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var source = Source("sleep 60", TimeSpan.FromSeconds(30));
        await FluentActions.Awaiting(() => source.ReadAsync(cancel.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_flood_without_line_ends_is_refused()
        => (await Read("head -c 150000 /dev/zero | tr '\\0' 'x'"))
            .Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.Malformed && r.Reason!.Code == "unexpected_header");

    [Fact]
    public async Task An_endless_flood_is_ended()
        => (await Read("yes"))
            .Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.Malformed && r.Reason!.Code == "output_too_long");

    [Fact]
    public async Task Another_program_of_that_name_is_found_out()
        => (await Read("echo 'usage: nvidia-smi [options]'"))
            .Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.Malformed && r.Devices.Count == 0);

    [Theory]
    [InlineData("echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18", GpuSourceStatus.DriverMismatch)]
    [InlineData("echo 'NVIDIA-SMI has failed because it couldn'\\''t communicate with the NVIDIA driver.'; exit 9",
        GpuSourceStatus.NoDriver)]
    [InlineData("echo 'No devices were found'; exit 6", GpuSourceStatus.NoDevices)]
    [InlineData("echo 'GPU is lost' >&2; exit 15", GpuSourceStatus.GpuLost)]
    [InlineData("exit 0", GpuSourceStatus.Malformed)]
    [InlineData("exit 1", GpuSourceStatus.Failed)]
    public async Task A_failure_has_its_status(string script, GpuSourceStatus status) => (await Read(script)).Status.Should().Be(status);

    [Fact]
    public async Task A_field_that_an_old_driver_does_not_know_is_asked_for_no_more()
    {
        var result = await Read($"""
            case "$1" in *compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2;; esac
            echo 'index, name, temperature.gpu'
            echo '0, Tesla K80, 40'
            """);
        result.Should().Match<GpuSourceResult>(r =>
            r.Status == GpuSourceStatus.Ok && r.Devices[0].Name == "Tesla K80" && r.Devices[0].ComputeCapability == null);
    }

    [Fact]
    public async Task A_missing_command_is_an_answer()
    {
        var source = new NvidiaSmiSource(new SystemCommands(), new() { NvidiaSmiPath = Path.Combine(_folder, "nothing") });
        (await source.ReadAsync(TestContext.Current.CancellationToken))
            .Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.NotInstalled && r.Reason!.Code == "command_not_started");
        new SystemCommands().Find("surely-not-a-command").Should().BeNull();
    }

    [Fact]
    public void The_working_folder_is_never_searched()
    {
        var (path, folder) = (Environment.GetEnvironmentVariable("PATH"), Environment.CurrentDirectory);
        File.WriteAllText(Path.Combine(_folder, "deepgpu-planted"), "#!/bin/sh");
        try
        {
            Environment.CurrentDirectory = _folder;
            Environment.SetEnvironmentVariable("PATH", "." + Path.PathSeparator + path);
            new SystemCommands().Find("deepgpu-planted").Should().BeNull();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            Environment.CurrentDirectory = folder;
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task<GpuSourceResult> Read(string script, TimeSpan? timeout = null)
        => await Source(script, timeout ?? TimeSpan.FromSeconds(20)).ReadAsync(TestContext.Current.CancellationToken);

    private NvidiaSmiSource Source(string script, TimeSpan timeout)
    {
        var path = Path.Combine(_folder, "nvidia-smi");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new(new SystemCommands(), new() { NvidiaSmiPath = path, CommandTimeout = timeout });
    }

    /// <summary>Whether a process still does anything: one that ended but was not yet collected by its parent does not.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            var stat = $"/proc/{id}/stat";
            return !process.HasExited && !(File.Exists(stat) && File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
