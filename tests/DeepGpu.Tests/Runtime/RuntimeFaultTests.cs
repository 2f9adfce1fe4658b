using DeepGpu.Runtime;

namespace DeepGpu.Tests.Runtime;

public class RuntimeFaultTests
{
    private static readonly TorchRuntimeReport Report = new()
    {
        IsUsable = true,
        TorchSharpVersion = "0.107.0",
        ExpectedLibTorchVersion = "2.10.0",
        LibTorchFolder = "/x",
        Problems = []
    };

    [Fact]
    public void The_hint_for_a_missing_libtorch_puts_it_where_it_is_looked_for()
    {
        var fault = RuntimeFaults.NoLibTorch([("nowhere", "application")]);
        var package = $"libtorch-cpu-{NativePlatform.Rid}";
        fault.Remedy.Should().Contain($"'dotnet package download {package}@2.10.0 --output \"{NativeFolders.PackageCache()}\"'");
        NativeFolders.Default(package, "2.10.0").Last().Folder
            .Should().StartWith(Path.Combine(NativeFolders.PackageCache()!, package, "2.10.0"));
    }

    /// <summary>RELIABILITY2 row 25: of .NET's lines about a library the last is the loader's own.</summary>
    [Theory]
    [InlineData("libfoo.so: cannot open shared object file: No such file or directory", true, "Install the library it names.")]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /x/libLibTorchSharp.so)", true,
        "Install a newer libstdc++6.")]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /x/libLibTorchSharp.so)", false,
        "This system's libstdc++ is older than GCC 13's: leave TorchRuntimeOptions.AllowOlderLibstdcxx on, or install a newer libstdc++6.")]
    [InlineData("/lib/libc.so.6: version `GLIBC_2.38' not found", true, "Use a distribution with a newer C library.")]
    [InlineData("/x/libc10.so: file too short", true, "Unpack or restore the package again: the file is damaged.")]
    [InlineData("/x/libc10.so: invalid ELF header", true, "Unpack or restore the package again: the file is damaged.")]
    [InlineData("/x/libc10.so: wrong ELF class: ELFCLASS32", true, "Use the package for this processor.")]
    [InlineData("/x/libc10.so: failed to map segment from shared object", true,
        "Put the libraries on a file system that allows execution.")]
    [InlineData("/x/libtorch_cpu.so: undefined symbol: _ZN3c10", true,
        "Use a libtorch of the release that TorchSharp is built for, or unset LIBTORCH.")]
    [InlineData("/x/libc10.so: cannot open shared object file: Permission denied", true, "Give this user read access to it.")]
    [InlineData("something else", true,
        "Install the library it names, or reference the TorchSharp-cpu package of the same version as TorchSharp.")]
    public void The_loaders_own_words_are_told_and_the_remedy_fits_them(string said, bool allowed, string remedy)
    {
        var error = new DllNotFoundException(
            $"Unable to load shared library '/x' or one of its dependencies. Consider using strace.\n{said}\n");
        var fault = RuntimeFaults.CannotLoad(error, Report, allowed);
        (fault.Received, fault.Remedy).Should().Be(($"but: {said}.", remedy));
    }

    [Fact]
    public void Of_other_errors_the_first_line_is_told()
        => RuntimeFaults.CannotLoad(new NotSupportedException("The reason.\nTrace:\n  step"), Report, allowsOlderLibstdcxx: true).Received
            .Should().Be("but: The reason.");

    [Fact]
    public void Options_that_name_a_relative_folder_are_a_problem_and_no_exception()
        => TorchLoader.Load(new() { LibTorchFolder = "relative\u001b" }).Problems.Single().ToString()
            .Should().StartWith("LIBTORCH must be an absolute path, ").And.Contain("'relative\\u001b'");

    [Fact]
    public void A_library_found_in_a_package_cache_of_another_user_is_refused()
        => RuntimeFaults.Foreign("/x/lib.so", "/x belongs to user 7").ToString()
            .Should().Be("Code is loaded from a package cache only if no other user could have put it there, "
                + "but /x/lib.so is not safe: /x belongs to user 7. "
                + "Restore the packages as this user and take write access from others, or name the folder yourself with LIBTORCH.");
}
