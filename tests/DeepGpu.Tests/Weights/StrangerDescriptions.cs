using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepGpu.Formats;

namespace DeepGpu.Tests.Weights;

/// <summary>Descriptions of strangers' files, whole and damaged.</summary>
internal static class StrangerDescriptions
{
    /// <summary>The descriptions in the files of a folder.</summary>
    public static IEnumerable<string> All(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.h5").Concat(Directory.GetFiles(Path.Combine(folder, "strangers"), "*.h5")))
        {
            using var h5 = H5File.Open(file);
            if (KerasLegacy.Read(h5).ModelConfig is { } config) yield return config;
        }

        foreach (var file in Directory.GetFiles(folder, "*.keras"))
        {
            using var archive = ZipFile.OpenRead(file);
            using var reader = new StreamReader(archive.GetEntry("config.json")!.Open());
            yield return reader.ReadToEnd();
        }

        foreach (var file in Directory.GetFiles(Path.Combine(folder, "strangers"), "*_config.json")) yield return File.ReadAllText(file);
    }

    /// <summary>A description with up to three of its values replaced.</summary>
    public static string Damaged(string description, Random random)
    {
        var root = JsonNode.Parse(description)!;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var nodes = Nodes(root).Where(node => node.Parent is not null).ToList();
            if (nodes.Count == 0) break;
            var (victim, other) = (nodes[random.Next(nodes.Count)], nodes[random.Next(nodes.Count)]);
            victim.ReplaceWith(random.Next(14) switch
            {
                0 => (JsonNode?)null,
                1 => -1,
                2 => 1e300,
                3 => "",
                4 => new JsonArray(),
                5 => new JsonObject(),
                6 => true,
                7 => "x/y",
                8
                    => 0.5,
                9 => new JsonArray(1, 2, 3),
                10 => int.MaxValue,
                11 => new JsonArray("a", 0, 0),
                12 => "1",
                _ => other.DeepClone(),
            });
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => (node switch
    {
        JsonObject map => map.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(Nodes),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Nodes),
        _ => [],
    }).Prepend(node);
}
