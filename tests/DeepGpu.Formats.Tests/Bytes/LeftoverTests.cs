using System.Diagnostics;
using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests.Bytes;

/// <summary>RELIABILITY2 row 24: what a killed process left half written goes at the next write; what a living one writes stays.</summary>
public sealed class LeftoverTests : IDisposable
{
    private const string FolderVariable = "DEEPGPU_TEST_FOLDER";

    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-leftovers-").FullName;

    private string[] Files => [.. Directory.GetFiles(_folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_a_killed_process_left_is_removed_at_the_next_write_of_any_file_beside_it()
    {
        using var process = Started();
        process.Kill();
        process.WaitForExit();
        Files.Should().ContainSingle(name => name.EndsWith(".tmp", StringComparison.Ordinal));
        Write("another");
        Files.Should().Equal("another", "begun");
    }

    [Fact]
    public void What_a_living_process_writes_is_left_alone_and_becomes_whole()
    {
        using var process = Started();
        for (var i = 0; i < 20; i++) Write("mine");
        Files.Should().ContainSingle(name => name.EndsWith(".tmp", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder, "go"), "");
        process.WaitForExit(Hang).Should().BeTrue();
        process.ExitCode.Should().Be(0);
        Files.Should().Equal("begun", "go", "mine", "theirs");
        File.ReadAllText(Path.Combine(_folder, "theirs")).Should().Be("first half, second half");
    }

    [Fact]
    public void Files_of_others_with_like_names_stay()
    {
        string[] names = [".deepgpu-0123456789abcdeg.tmp", ".deepgpu-0123.tmp", ".deepgpu-.tmp", "deepgpu-0123456789abcdef.tmp",
            ".deepgpu-0123456789abcdef0.tmp", "x.keras.tmp"];
        foreach (var name in names) File.WriteAllText(Path.Combine(_folder, name), "x");
        Directory.CreateDirectory(Path.Combine(_folder, ".deepgpu-0123456789abcdef.tmp"));
        Write("file");
        Files.Should().BeEquivalentTo([.. names, "file"]);
        Directory.GetDirectories(_folder).Should().ContainSingle();
    }

    [Fact]
    public void A_pipe_with_the_name_of_a_leftover_holds_nobody_up()
    {
        ChildProcess.Pipe(Path.Combine(_folder, ".deepgpu-0123456789abcdef.tmp"));
        Write("file");
        Files.Should().Equal(".deepgpu-0123456789abcdef.tmp", "file");
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        Write("file");
        FluentActions.Invoking(() => AtomicFile.Write(Path.Combine(_folder, "file"), _ => throw new IOException("No space left on device")))
            .Should().Throw<IOException>().WithMessage("No space left on device");
        Files.Should().Equal("file");
    }

    /// <summary>The lock of a writer keeps no reader out, not even at the moment of the renaming.</summary>
    [Fact]
    public async Task Thirty_two_writers_of_one_file_and_its_readers_do_not_disturb_each_other()
    {
        var path = Path.Combine(_folder, "file");
        Write("file");
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested) RegularFile.ReadAllText(path).Should().Be("whole");
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Write("file"))));
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Files.Should().Equal("file");
    }

    /// <summary>Between making a file and locking it, another process may take it for a leftover.</summary>
    [Fact]
    public async Task A_file_that_was_removed_before_it_was_locked_is_made_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there, a file is locked as it is made");
        using var end = new CancellationTokenSource();
        var removers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => RemoveUntil(end.Token))).ToList();
        for (var i = 0; i < 1_000; i++) Write($"file{i % 7}");
        await end.CancelAsync();
        await Task.WhenAll(removers);
        Files.Should().HaveCount(7);
    }

    private void RemoveUntil(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            foreach (var file in Directory.EnumerateFiles(_folder, "*.tmp")) RemoveUnlessLocked(file);
        }
    }

    private static void RemoveUnlessLocked(string file)
    {
        try
        {
            using var taken = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(file);
        }
        catch (IOException)
        {
        }
    }

    [Fact(Explicit = true)]
    public void Writer_of_these_tests()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        AtomicFile.Write(Path.Combine(folder, "theirs"), stream =>
        {
            stream.Write("first half, "u8);
            stream.Flush();
            File.WriteAllText(Path.Combine(folder, "begun"), "");
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(folder, "go")));
            stream.Write("second half"u8);
        });
    }

    /// <summary>A process in the middle of a write.</summary>
    private Process Started()
    {
        var process = Process.Start(ChildProcess.Of(typeof(LeftoverTests), nameof(Writer_of_these_tests), (FolderVariable, _folder)))!;
        SpinWait.SpinUntil(() => File.Exists(Path.Combine(_folder, "begun")), Hang).Should().BeTrue();
        return process;
    }

    private void Write(string name) => AtomicFile.Write(Path.Combine(_folder, name), stream => stream.Write("whole"u8));
}
