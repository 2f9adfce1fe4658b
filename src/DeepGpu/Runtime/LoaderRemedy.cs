namespace DeepGpu.Runtime;

/// <summary>What helps against what the dynamic loader says.</summary>
internal static class LoaderRemedy
{
    /// <summary>The remedy of a cause.</summary>
    /// <param name="reason">The loader's text.</param>
    /// <param name="allowsOlderLibstdcxx">Whether the option that helps against an older libstdc++ is on.</param>
    public static string For(string reason, bool allowsOlderLibstdcxx) => reason switch
    {
        _ when Says(reason, "GLIBCXX_", "CXXABI_") && !allowsOlderLibstdcxx
            => "This system's libstdc++ is older than GCC 13's: leave TorchRuntimeOptions.AllowOlderLibstdcxx on, "
            + "or install a newer libstdc++6.",
        _ when Says(reason, "GLIBCXX_", "CXXABI_") => "Install a newer libstdc++6.",
        _ when Says(reason, "GLIBC_") => "Use a distribution with a newer C library.",
        _ when Says(reason, "No such file") => "Install the library it names.",
        _ when Says(reason, "file too short", "invalid ELF header", "ELF file data encoding", "not a mach-o")
            => "Unpack or restore the package again: the file is damaged.",
        _ when Says(reason, "wrong ELF class", "ELF file OS ABI", "incompatible architecture", "0x8007000B")
            => "Use the package for this processor.",
        _ when Says(reason, "failed to map segment", "Operation not permitted")
            => "Put the libraries on a file system that allows execution.",
        _ when Says(reason, "undefined symbol", "Symbol not found")
            => "Use a libtorch of the release that TorchSharp is built for, or unset LIBTORCH.",
        _ when Says(reason, "Permission denied", "Access to the path") => "Give this user read access to it.",
        _ => "Install the library it names, or reference the TorchSharp-cpu package of the same version as TorchSharp.",
    };

    private static bool Says(string reason, params ReadOnlySpan<string> words)
    {
        foreach (var word in words) if (reason.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
