using DeepGpu.Models.Tests.Layers;

namespace DeepGpu.Models.Tests.Json;

/// <summary>What layers look like in files, character for character: a file of yesterday equals one of tomorrow. A line of
/// written-layers.txt that is no longer written is a change of what users save; new layers need no line.</summary>
public class WrittenLayerTests
{
    /// <summary>A line a layer: every case, then every class with its defaults.</summary>
    private static IEnumerable<string> Written => LayerCases.All.Select(layerCase => layerCase.Layer)
        .Concat(LayerTypes.All.All.Select(type => (Layer)type.Sample)).Where(layer => layer is not NotEqual { Value: not 0 })
        .Select(layer => LayerJson.Write(layer, "x").ToJsonString());

    [Fact]
    public void Every_layer_is_written_as_it_always_was()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Json", "written-layers.txt"));
        lines.Should().HaveCountGreaterThan(300);
        lines.Except(Written).Should().BeEmpty();
    }
}
