using System.Diagnostics;

namespace DeepGpu.Benchmarks;

/// <summary>Starts this program once more, however it was started: by its own executable, or as "dotnet Program.dll".</summary>
internal static class OwnProcess
{
    /// <summary>The program's executable, or its assembly where "dotnet" runs it.</summary>
    public static string Program => IsDotnet(Environment.ProcessPath!) ? Environment.GetCommandLineArgs()[0] : Environment.ProcessPath!;

    /// <summary>How a program is started; an assembly by "dotnet".</summary>
    public static ProcessStartInfo Start(string program, params IEnumerable<string> arguments)
        => program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new(IsDotnet(Environment.ProcessPath!) ? Environment.ProcessPath! : "dotnet", [program, .. arguments])
            : new(program, arguments);

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";
}
