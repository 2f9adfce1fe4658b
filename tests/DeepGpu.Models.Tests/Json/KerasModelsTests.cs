using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Json;

public class KerasModelsTests
{
    [Fact]
    public void Every_model_is_written_as_Keras_wrote_it()
    {
        var all = new List<string>();
        foreach (var path in Files())
        {
            var json = Config(path);
            ModelSpec spec;
            try { spec = ModelSpec.FromJson(json); }
            catch (Exception e) { all.Add($"{path}: {e}"); continue; }
            JsonDifferences.Of(JsonNode.Parse(json), JsonNode.Parse(spec.ToJson())).Distinct().ToList().ForEach(all.Add);
        }
        string.Join("\n", all.Select(d => System.Text.RegularExpressions.Regex.Replace(d, "[0-9]{9,}", "N")).GroupBy(d => d).Select(g => g.Key + " x" + g.Count()).Order()).Should().BeEmpty();
    }

    private static IEnumerable<string> Files() => new[] { "keras_models", "keras_files" }
        .SelectMany(folder => Directory.GetFiles(ReferenceData.Path("oracles", folder), "*.keras")).Order(StringComparer.Ordinal);

    private static string Config(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var reader = new StreamReader(zip.GetEntry("config.json")!.Open());
        return reader.ReadToEnd();
    }
}

internal static class JsonDifferences
{
    public static IEnumerable<string> Of(JsonNode? expected, JsonNode? actual, string path = "")
    {
        if (expected is JsonObject e && actual is JsonObject a)
        {
            foreach (var key in e.Select(p => p.Key).Union(a.Select(p => p.Key)))
            {
                if (!a.ContainsKey(key)) yield return $"{path}.{key} missing: {e[key]?.ToJsonString()}";
                else if (!e.ContainsKey(key)) yield return $"{path}.{key} extra: {a[key]?.ToJsonString()}";
                else foreach (var d in Of(e[key], a[key], path + "." + key)) yield return d;
            }
        }
        else if (expected is JsonArray x && actual is JsonArray y && x.Count == y.Count)
        {
            for (var i = 0; i < x.Count; i++) foreach (var d in Of(x[i], y[i], path + "[]")) yield return d;
        }
        else if (expected?.ToJsonString() != actual?.ToJsonString()) yield return $"{path}: {expected?.ToJsonString()} vs {actual?.ToJsonString()}";
    }
}
