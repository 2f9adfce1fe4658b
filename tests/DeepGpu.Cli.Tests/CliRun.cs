using System.Text.Json;
using NJsonSchema;

namespace DeepGpu.Cli.Tests;

/// <summary>A run of the command line in this process.</summary>
internal sealed record CliRun(int Code, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string ErrorCode => Json.GetProperty("error").GetProperty("code").GetString()!;

    public static CliRun Of(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandLine.Run(args, output, errors);
        return new(code, output.ToString(), errors.ToString());
    }

    /// <summary>What is printed by a run that must succeed.</summary>
    public static string Text(params string[] args)
    {
        var run = Of(args);
        run.Code.Should().Be(0, run.Output + run.Errors);
        return run.Output;
    }

    /// <summary>Checks what was printed against a schema of docs/schemas.</summary>
    public async Task ShouldFollow(string schema)
    {
        var file = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schemas", schema + ".schema.json"));
        file.Validate(Output).Select(fault => fault.ToString()).Should().BeEmpty();
    }
}
