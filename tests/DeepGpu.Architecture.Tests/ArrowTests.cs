using System.Reflection;

namespace DeepGpu.Architecture.Tests;

/// <summary>The arrows between the projects point one way: every reference of every assembly is one that the design draws.</summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["DeepGpu.Abstractions"] = [],
        ["DeepGpu.Hardware"] = ["DeepGpu.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Logging.Abstractions",
            "Microsoft.Extensions.DependencyInjection.Abstractions"],
        ["DeepGpu.Onnx"] = ["DeepGpu.Abstractions", "Google.Protobuf"],
        ["DeepGpu.Models"] = ["DeepGpu.Abstractions", "DeepGpu.Onnx", "Google.Protobuf"],
        ["DeepGpu.Formats"] = ["DeepGpu.Abstractions", "SkiaSharp", "Sylvan.Data.Csv"],
        ["DeepGpu"] = ["DeepGpu.Abstractions", "DeepGpu.Hardware", "DeepGpu.Models", "DeepGpu.Formats", "DeepGpu.Onnx", "TorchSharp",
            "Google.Protobuf", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.ML.Tokenizers"],
        ["DeepGpu.Distributed"] = ["DeepGpu", "DeepGpu.Abstractions"],
        ["DeepGpu.OnnxRuntime"] =
            ["DeepGpu", "DeepGpu.Abstractions", "DeepGpu.Hardware", "DeepGpu.Models", "DeepGpu.Formats", "DeepGpu.Onnx",
            "Microsoft.ML.OnnxRuntime"],
        ["DeepGpu.Hosting"] = ["DeepGpu", "DeepGpu.Abstractions", "DeepGpu.Models", "Microsoft.Extensions.AI.Abstractions",
            "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
            "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
            "Microsoft.Extensions.Options.ConfigurationExtensions", "System.Numerics.Tensors"],
        ["DeepGpu.Visuals"] = ["DeepGpu", "DeepGpu.Abstractions", "DeepGpu.Hardware", "DeepGpu.Models", "DeepGpu.Formats",
            "ScottPlot", "SkiaSharp", "Spectre.Console", "Spectre.Console.Ansi"],
        ["DeepGpu.Cli"] = ["DeepGpu", "DeepGpu.Abstractions", "DeepGpu.Hardware", "DeepGpu.Models", "DeepGpu.Formats", "DeepGpu.Visuals",
            "Microsoft.Extensions.Logging.Abstractions", "System.CommandLine", "Spectre.Console", "Spectre.Console.Ansi"],
    };

    public static TheoryData<string> Assemblies => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_what_the_design_draws(string name)
        => References(name).Except(Allowed[name]).Should().BeEmpty();

    [Fact]
    public void Only_the_engine_knows_torch()
        => Allowed.Keys.Where(name => References(name).Contains("TorchSharp")).Should().Equal("DeepGpu");

    private static IEnumerable<string> References(string name)
        => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, name + ".dll"))
            .GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal) || reference == "System.CommandLine");
}
