using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Runtime;

/// <summary>RELIABILITY2 rows 7, 18, 25 and 28, section 4 A, B and F: what is loaded from where, each in a process of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StartTests : IDisposable
{
    private const string ResultVariable = "DEEPGPU_TEST_RESULT";
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;

    private static readonly string Native = Path.Combine(
        NativeFolders.Find("LibTorchSharp", NativeFolders.Default("torchsharp", NativeFolders.TorchSharpVersion))!.Value.Folder,
        NativePlatform.FileName("LibTorchSharp"));

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-start-").FullName;

    public StartTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string?, string?> Homes
        => new() { { null, null }, { "/", null }, { "/nowhere/at/all", null }, { "/proc", null }, { "relative", null }, { "", "" } };

    [Theory]
    [MemberData(nameof(Homes))]
    public void A_user_without_a_home_starts(string? home, string? cache)
        => Start(ChildProcess.AsStranger(Child(("HOME", home), ("DEEPGPU_CACHE", cache), ("XDG_DATA_HOME", null)))).Should().Be("usable");

    [Fact]
    public void A_home_that_cannot_be_written_to_is_not_needed()
    {
        File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName,
            UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Start(ChildProcess.AsStranger(Child(("HOME", Path.Combine(_folder, "home"))))).Should().Be("usable");
    }

    /// <summary>Nothing of a cache that others may write to is loaded: nothing is put there, and what is there is not looked at.</summary>
    [Theory]
    [InlineData("dangling link")]
    [InlineData("folder")]
    [InlineData("another library")]
    public void What_lies_in_the_place_of_a_private_copy_does_not_matter(string what)
    {
        var place = Path.Combine(_folder, "cache", "native", Hash(), "libLibTorchSharp.so");
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        if (what == "dangling link") File.CreateSymbolicLink(place, "/nowhere/at/all");
        else if (what == "folder") Directory.CreateDirectory(place);
        else File.WriteAllText(place, "code of somebody else");
        foreach (var folder in new[] { "cache", "cache/native" }) File.SetUnixFileMode(Path.Combine(_folder, folder), Everybody);
        var before = Directory.GetFileSystemEntries(Path.Combine(_folder, "cache"), "*", SearchOption.AllDirectories);
        Start(Child(("DEEPGPU_CACHE", Path.Combine(_folder, "cache")))).Should().Be("usable");
        Directory.GetFileSystemEntries(Path.Combine(_folder, "cache"), "*", SearchOption.AllDirectories).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void Without_memory_for_libraries_a_fresh_private_folder_is_used_and_removed()
    {
        var cache = Path.Combine(_folder, "cache");
        Start(WithoutMemory(Child(("DEEPGPU_CACHE", cache)))).Should().Be("usable");
        Directory.GetFileSystemEntries(Path.Combine(cache, "native")).Should().BeEmpty();
        File.GetUnixFileMode(cache).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Without_memory_and_a_safe_folder_the_error_names_the_variable_that_helps()
    {
        var open = Directory.CreateDirectory(Path.Combine(_folder, "open")).FullName;
        File.SetUnixFileMode(open, Everybody);
        var result = Start(WithoutMemory(Child(("DEEPGPU_CACHE", Path.Combine(open, "cache")), ("TMPDIR", open))));
        result.Should().StartWith("no_private_copy: This system's libstdc++ is older than GCC 13's,")
            .And.Contain($"{open} may be written to by other users").And.Contain("Set DEEPGPU_CACHE to an absolute path");
    }

    [Theory]
    [InlineData("LIBTORCH", "libtorch/lib")]
    [InlineData("LIBTORCH", ".")]
    public void A_relative_folder_is_refused(string variable, string value)
        => Start(Child((variable, value)))
            .Should().Be(Relative(variable, value));

    [Theory]
    [InlineData("LIBTORCH")]
    [InlineData("DEEPGPU_CACHE")]
    [InlineData("NUGET_PACKAGES")]
    public void An_empty_variable_is_an_unset_one(string variable) => Start(Child((variable, ""))).Should().Be("usable");

    [Theory]
    [InlineData("relative", null)]
    [InlineData(null, "relative")]
    [InlineData(null, "")]
    [InlineData(null, "/nowhere/at/all")]
    public void No_folder_is_looked_into_by_a_relative_path(string? packages, string? home)
    {
        var file = Path.Combine(_folder, "folders");
        ChildProcess.Run(ChildProcess.Of(typeof(StartTests), nameof(Folders_of_these_tests), (ResultVariable, file),
            ("NUGET_PACKAGES", packages), ("HOME", home))).Code.Should().Be(0);
        File.ReadAllLines(file).Should().NotBeEmpty().And.OnlyContain(folder => Path.IsPathFullyQualified(folder));
    }

    [Fact]
    public void A_relative_cache_is_refused_where_it_is_used()
    {
        var file = Path.Combine(_folder, "cache-root");
        ChildProcess.Run(ChildProcess.Of(typeof(StartTests), nameof(Cache_of_these_tests), (ResultVariable, file),
            ("DEEPGPU_CACHE", "cache"))).Code.Should().Be(0);
        File.ReadAllText(file)
            .Should().Be(Relative("DEEPGPU_CACHE", "cache"));
    }

    [Theory]
    [InlineData("libtorch_cpu.so", 1 << 20)]
    [InlineData("libc10.so", 70_000)]
    [InlineData("libtorch.so", 7000)]
    public void A_library_whose_end_is_missing_is_refused_before_it_is_loaded(string library, int length)
    {
        Start(Child(("LIBTORCH", LibTorchWith(library, file => file.Write(Head(library, length))))))
            .Should().StartWith($"library_truncated: {Path.Combine(_folder, "libtorch", library)} must have the ")
                .And.Contain($"but has {length}: its end is missing. Unpack or restore the package again");
    }

    [Fact]
    public void What_the_loader_says_is_told_and_the_remedy_fits_it()
    {
        Start(Child(("LIBTORCH", LibTorchWith("libc10.so", file => file.Write("not a library"u8)))))
            .Should().StartWith("libtorch_load_failed: ")
                .And.EndWith("libc10.so: file too short. Unpack or restore the package again: the file is damaged.");
    }

    [Fact]
    public void A_missing_library_is_named_and_no_tracer()
    {
        var folder = LibTorchWith("libc10.so", _ => { });
        File.Delete(Path.Combine(folder, "libc10.so"));
        Start(Child(("LIBTORCH", folder)))
            .Should().Contain("libc10.so: cannot open shared object file: No such file or directory. Install the library it names.")
            .And.NotContain("strace");
    }

    [Fact]
    public void A_pipe_in_the_place_of_a_library_is_refused_and_holds_nobody_up()
    {
        var folder = LibTorchWith("libc10.so", _ => { });
        File.Delete(Path.Combine(folder, "libc10.so"));
        ChildProcess.Pipe(Path.Combine(folder, "libc10.so"));
        Start(Child(("LIBTORCH", folder))).Should().StartWith("not_a_regular_file: ");
    }

    [Fact(Explicit = true)]
    public void Start_of_these_tests()
    {
        var report = TorchRuntime.Diagnose();
        File.WriteAllText(Environment.GetEnvironmentVariable(ResultVariable)!, report.IsUsable ? "usable"
            : $"{report.Problems[0].Code}: {report.Problems[0]}");
        if (report.IsUsable) TorchSharp.torch.ones(3).sum().item<float>().Should().Be(3);
    }

    [Fact(Explicit = true)]
    public void Folders_of_these_tests()
        => File.WriteAllLines(Environment.GetEnvironmentVariable(ResultVariable)!,
            NativeFolders.Default("torchsharp", NativeFolders.TorchSharpVersion).Select(folder => folder.Folder));

    [Fact(Explicit = true)]
    public void Cache_of_these_tests()
    {
        var fault = FluentActions.Invoking(() => CacheFolder.Root).Should().Throw<DeepGpuArgumentException>().Which.Fault;
        File.WriteAllText(Environment.GetEnvironmentVariable(ResultVariable)!, $"{fault.Code}: {fault}");
    }

    private ProcessStartInfo Child(params ReadOnlySpan<(string Name, string? Value)> environment)
    {
        var results = Directory.CreateDirectory(Path.Combine(_folder, "results")).FullName;
        File.SetUnixFileMode(_folder, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(results, Everybody);
        return ChildProcess.With(ChildProcess.Of(typeof(StartTests), nameof(Start_of_these_tests),
            (ResultVariable, Path.Combine(results, "result")), ("LIBTORCH", null)), environment);
    }

    /// <summary>What became of it: "usable", or the first problem. A process that ends without saying is a failure.</summary>
    private string Start(ProcessStartInfo start)
    {
        var run = ChildProcess.Run(start);
        run.Code.Should().Be(0, run.Output);
        return File.ReadAllText(Path.Combine(_folder, "results", "result"));
    }

    /// <summary>A system on which a descriptor has no path to load from, as where /proc is not mounted: hidden in a mount namespace of its
    /// own.</summary>
    private static ProcessStartInfo WithoutMemory(ProcessStartInfo start)
    {
        Assert.SkipUnless(OlderLibstdcxx.SystemLacksVersion(), "needs a system with an older libstdc++");
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare"), "needs root and unshare");
        var inside = ChildProcess.After("mount -t tmpfs none /proc/$$/fd || exit 99", start);
        var outside = new ProcessStartInfo("/usr/bin/unshare",
            ["--mount", inside.FileName, .. inside.ArgumentList])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in inside.Environment) outside.Environment[name] = value;
        return outside;
    }

    /// <summary>A folder of links to the libraries there are, one of them replaced.</summary>
    private string LibTorchWith(string replaced, Action<FileStream> write)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "libtorch")).FullName;
        foreach (var file in Directory.GetFiles(Real(), "lib*.so*").Where(file
            => Path.GetFileName(file) != replaced)) File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
        using var stream = File.Create(Path.Combine(folder, replaced));
        write(stream);
        return folder;
    }

    private static byte[] Head(string library, int length)
    {
        using var file = File.OpenRead(Path.Combine(Real(), library));
        var head = new byte[length];
        file.ReadExactly(head);
        return head;
    }

    private static string Relative(string variable, string value)
        => $"relative_folder: {variable} must be an absolute path, for a relative one means another folder in every working folder, "
        + $"but is '{value}'. Set {variable} to the whole path, or unset it.";

    private static string Real() => TorchRuntime.Start().LibTorchFolder!;

    private static string Hash() => Convert.ToHexStringLower(SHA256.HashData(OlderLibstdcxx.MarkWeak(File.ReadAllBytes(Native))!));
}
