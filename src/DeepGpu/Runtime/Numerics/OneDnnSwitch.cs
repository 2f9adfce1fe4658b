using System.Globalization;
using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>Switches of libtorch that TorchSharp does not reach: whether convolutions and LSTMs use oneDNN and NNPACK.</summary>
/// <remarks>By the exported C++ names of <c>at::globalContext()</c> and
/// <c>at::Context::setUserEnabledMkldnn(bool)</c>. Those of Windows were
/// never tried; where a name is missing nothing is switched and <see cref="TurnOff"/> says so.</remarks>
internal static unsafe partial class OneDnnSwitch
{
    private const int DefaultKernelCapacity = 1024;

    private static readonly string[] Unix = ["_ZN2at7Context20setUserEnabledMkldnnEb", "_ZN2at7Context20setUserEnabledNNPACKEb"];
    private static readonly string[] Windows = ["?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z",
        "?setUserEnabledNNPACK@Context@at@@QEAAX_N@Z"];

    /// <summary>The exported name of the function that returns libtorch's settings.</summary>
    public static string GlobalContext => OperatingSystem.IsWindows() ? "?globalContext@at@@YAAEAVContext@1@XZ" : "_ZN2at13globalContextEv";

    private static string[] Setters => OperatingSystem.IsWindows() ? Windows : Unix;

    /// <summary>The instruction set the user holds oneDNN to; null if the environment names none.</summary>
    public static string? InstructionSet => Variable("MAX_CPU_ISA");

    /// <summary>Whether the switches are there.</summary>
    /// <param name="library">The handle of libtorch_cpu.</param>
    public static bool CanTurnOff(nint library)
        => Setters.Append(GlobalContext).All(name => NativeLibrary.TryGetExport(library, name, out _));

    /// <summary>Switches both off, at any time.</summary>
    /// <param name="library">The handle of libtorch_cpu.</param>
    public static void TurnOff(nint library)
    {
        var context = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, GlobalContext))();
        foreach (var name in Setters) ((delegate* unmanaged<nint, byte, void>)NativeLibrary.GetExport(library, name))(context, 0);
    }

    /// <summary>Holds oneDNN to SSE4.1; only before its first use. .NET's own call does not reach native code.</summary>
    public static void HoldToOlderInstructions() => _ = setenv("ONEDNN_MAX_CPU_ISA", "SSE41", 0);

    /// <summary>How many kernels oneDNN keeps: what the environment says, else 1,024.</summary>
    public static int KernelCapacity()
        => int.TryParse(Variable("PRIMITIVE_CACHE_CAPACITY"), NumberStyles.None, CultureInfo.InvariantCulture, out var capacity)
            ? capacity
            : DefaultKernelCapacity;

    private static string? Variable(string name)
        => new List<string> { "ONEDNN_", "DNNL_" }.ConvertAll(prefix => Environment.GetEnvironmentVariable(prefix + name))
            .Find(value => !string.IsNullOrEmpty(value));

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
