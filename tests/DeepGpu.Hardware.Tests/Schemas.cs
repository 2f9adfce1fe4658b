using NJsonSchema;

namespace DeepGpu.Hardware.Tests;

/// <summary>The published schemas of docs/schemas.</summary>
internal static class Schemas
{
    public static async Task ShouldDescribe(string schema, string json)
    {
        var file = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schemas", schema + ".schema.json"));
        file.Validate(json).Select(fault => fault.ToString()).Should().BeEmpty();
    }

    public static async Task<JsonSchema> Load(string schema)
        => await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "schemas", schema + ".schema.json"));
}
