using System.CommandLine;
using System.Text.Json;
using DeepGpu.Cli.Arguments;
using DeepGpu.Cli.Output;
using DeepGpu.Hardware.Catalog;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu doctor: what was found, what was loaded from where, and a remedy for each problem.</summary>
internal static class Doctor
{
    public const string Name = "doctor";
    public const string About = "Check the native libraries, their numbers and the devices of this machine.";

    public static Command Create()
    {
        var json = Options.Json();
        var numerics = new Option<bool>("--numerics")
        {
            Description = "Compare every kind of layer, forward and backward, with double precision."
        };
        var command = new Command(Name, About) { json, numerics };
        command.SetAction(parsed => Run(parsed.GetValue(json), parsed.GetValue(numerics), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(bool json, bool numerics, TextWriter output)
    {
        var report = TorchRuntime.CheckEngine();
        var device = report.IsUsable ? Device.Best() : null;
        var layers = numerics && device is not null ? EngineNumbers.Compare(device) : null;
        output.WriteLine(json ? Json(report, device, layers) : Text(report, device, layers));
        return report.IsUsable && layers?.All(layer => layer.IsRight) != false ? 0 : ExitCode.Problem;
    }

    private static string Text(TorchRuntimeReport report, Device? device, IReadOnlyList<LayerNumbers>? layers)
        => string.Join(Environment.NewLine,
        [
            $"processor       {report.Processor}",
            $"TorchSharp      {report.TorchSharpVersion}, built for libtorch {report.ExpectedLibTorchVersion}",
            $"libtorch        {report.LibTorchVersion ?? "unknown release"} from {PrintableText.Of(report.LibTorchFolder ?? "nowhere")} "
                + $"({report.LibTorchSource ?? "not found"})",
            $"native library  {PrintableText.Of(report.TorchSharpNativeFile ?? "not loaded")}"
                + $"{(report.IsPatchedCopy ? " (private copy: this system's libstdc++ is older than GCC 13's)" : "")}",
            $"CUDA build      {(report.HasCudaLibraries ? "yes" : "no")}",
            $"build id        {report.LibTorchBuildId ?? "unknown"}",
            $"numbers         {report.Engine}",
            $"best device     {device?.ToString() ?? "none"}",
            .. layers is null ? [] : DoctorNumbers.Text(layers, device!),
            .. report.Problems.Select(problem => $"problem         {problem}"),
            report.IsUsable ? "All is ready." : "torch cannot be used until the problem is solved.",
        ]);

    private static string Json(TorchRuntimeReport report, Device? device, IReadOnlyList<LayerNumbers>? layers) => JsonText.Object(json =>
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
        json.WriteString("libTorchBuildId", report.LibTorchBuildId);
        json.WriteString("processor", report.Processor);
        DoctorNumbers.Write(json, report.Engine);
        json.WriteString("bestDevice", device?.ToString());
        if (layers is not null) DoctorNumbers.Write(json, layers);
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
