using System.CommandLine;
using System.Text.Json;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu doctor: what was found, what was loaded from where, and a remedy for each problem.</summary>
internal static class Doctor
{
    public static Command Create()
    {
        var json = Options.Json();
        var command = new Command("doctor", "Check the native libraries and the devices of this machine.") { json };
        command.SetAction(parsed => Run(parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(bool json, TextWriter output)
    {
        var report = TorchRuntime.Diagnose();
        var device = report.IsUsable ? Device.Best() : null;
        output.WriteLine(json ? Json(report, device) : Text(report, device));
        return report.IsUsable ? 0 : CommandLine.Problem;
    }

    private static string Text(TorchRuntimeReport report, Device? device) => string.Join(Environment.NewLine,
    [
        $"TorchSharp      {report.TorchSharpVersion}, built for libtorch {report.ExpectedLibTorchVersion}",
        $"libtorch        {report.LibTorchVersion ?? "unknown release"} from {report.LibTorchFolder ?? "nowhere"} ({report.LibTorchSource ?? "not found"})",
        $"native library  {report.TorchSharpNativeFile ?? "not loaded"}{(report.IsPatchedCopy ? " (private copy: this system's libstdc++ is older than GCC 13's)" : "")}",
        $"CUDA build      {(report.HasCudaLibraries ? "yes" : "no")}",
        $"best device     {device?.ToString() ?? "none"}",
        .. report.Problems.Select(problem => $"problem         {problem}"),
        report.IsUsable ? "All is ready." : "torch cannot be used until the problem is solved.",
    ]);

    private static string Json(TorchRuntimeReport report, Device? device) => JsonText.Write(json =>
    {
        json.WriteBoolean("isUsable", report.IsUsable);
        json.WriteString("torchSharpVersion", report.TorchSharpVersion);
        json.WriteString("expectedLibTorchVersion", report.ExpectedLibTorchVersion);
        json.WriteString("libTorchVersion", report.LibTorchVersion);
        json.WriteString("libTorchFolder", report.LibTorchFolder);
        json.WriteString("libTorchSource", report.LibTorchSource);
        json.WriteString("torchSharpNativeFile", report.TorchSharpNativeFile);
        json.WriteBoolean("isPatchedCopy", report.IsPatchedCopy);
        json.WriteBoolean("hasCudaLibraries", report.HasCudaLibraries);
        json.WriteString("bestDevice", device?.ToString());
        json.WriteStartArray("problems");
        foreach (var problem in report.Problems) Write(json, problem);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, Fault problem)
    {
        json.WriteStartObject();
        json.WriteString("code", problem.Code);
        json.WriteString("rule", problem.Rule);
        json.WriteString("received", problem.Received);
        json.WriteString("remedy", problem.Remedy);
        json.WriteEndObject();
    }
}
