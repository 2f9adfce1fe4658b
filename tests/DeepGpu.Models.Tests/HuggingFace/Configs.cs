using System.Text;
using System.Text.Json;

namespace DeepGpu.Models.Tests;

/// <summary>The config.json files of measured models, as the forecasts' benchmark has them.</summary>
internal static class Configs
{
    private static readonly Dictionary<string, string> Texts = Read();

    public static IReadOnlyCollection<string> Names => Texts.Keys;

    public static string Text(string name) => Texts[name];

    public static TransformerShape Shape(string name) => HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(Texts[name]), name);

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(Configs).Assembly.GetManifestResourceStream("models.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("models").EnumerateArray()
            .ToDictionary(model => model.GetProperty("name").GetString()!, model => model.GetProperty("config").GetRawText());
    }
}
