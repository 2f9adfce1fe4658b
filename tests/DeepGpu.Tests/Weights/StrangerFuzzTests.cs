using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Descriptions of strangers' files, damaged: each is read, or refused by a typed error.</summary>
public sealed class StrangerFuzzTests
{
    private const int Runs = 60;

    [Fact]
    public void Damaged_descriptions_are_read_or_refused_by_a_typed_error()
    {
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("DEEPGPU_FUZZ_SECONDS"), out var given) ? given : 0;
        var end = DateTime.UtcNow.AddSeconds(seconds);
        var (seed, loaded, refused) = (0, 0, 0);
        var descriptions = Descriptions().ToList();
        do
        {
            foreach (var description in descriptions)
            {
                for (var run = 0; run < Runs; run++)
                {
                    var damaged = Damaged(description, new Random(++seed));
                    try
                    {
                        ModelSpec.FromJson(ModelSpec.FromJson(damaged).ToJson());
                        loaded++;
                    }
                    catch (ModelFormatException)
                    {
                        refused++;
                    }
                    catch (Exception e)
                    {
                        Assert.Fail($"seed {seed}: {e}\n{damaged}");
                    }
                }
            }
        }
        while (DateTime.UtcNow < end);
        TestContext.Current.TestOutputHelper?.WriteLine($"{loaded} read, {refused} refused");
        refused.Should().BePositive();
    }

    private static IEnumerable<string> Descriptions()
    {
        var folder = ReferenceData.Path("bugs");
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

    private static string Damaged(string description, Random random)
    {
        var root = JsonNode.Parse(description)!;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var nodes = All(root).Where(node => node.Parent is not null).ToList();
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

    private static IEnumerable<JsonNode> All(JsonNode node) => (node switch
    {
        JsonObject map => map.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(All),
        JsonArray list => list.OfType<JsonNode>().SelectMany(All),
        _ => [],
    }).Prepend(node);
}
