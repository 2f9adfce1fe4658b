using System.Diagnostics.CodeAnalysis;
using DeepGpu.Tests.Threads;

/// <summary>What .NET calls before Main where DOTNET_STARTUP_HOOKS names this assembly: a process without the test runner's
/// handlers.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = ".NET asks for it.")]
internal static class StartupHook
{
    public static void Initialize() => ExitTests.Work();
}
