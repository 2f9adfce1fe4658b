using DeepGpu.Models.Tests.Layers;

namespace DeepGpu.Models.Tests.Json;

/// <summary>What a layer looks like in a file, character for character: a file of yesterday equals one of tomorrow. A changed line of
/// written-layers.txt is a change of what users save.</summary>
public class WrittenLayerTests
{
    /// <summary>A line a layer: every case, then every class with its defaults.</summary>
    private static IEnumerable<string> Written => LayerCases.All.Select(layerCase => layerCase.Layer)
        .Concat(LayerTypes.All.All.Select(type => (Layer)type.Sample)).Where(layer => layer is not NotEqual { Value: not 0 })
        .Select(layer => LayerJson.Write(layer, "x").ToJsonString());

    [Fact]
    public void Every_layer_is_written_as_it_always_was()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Json", "written-layers.txt");
        Written.Should().Equal(File.ReadLines(file));
    }
}
