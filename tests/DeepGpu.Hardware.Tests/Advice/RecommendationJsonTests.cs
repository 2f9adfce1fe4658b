using System.Text.Json;
using static DeepGpu.Hardware.Tests.Recommendations.AdviceFixture;

namespace DeepGpu.Hardware.Tests.Recommendations;

/// <summary>What a recommendation is as JSON.</summary>
public class RecommendationJsonTests
{
    [Fact]
    public async Task It_follows_the_schema()
    {
        await Schemas.ShouldDescribe("choose", Advise(Listing("cnn").Training(64)).ToJson());
        await Schemas.ShouldDescribe("choose", Advise(TorchVision("vgg16").Training(8192)).ToJson(top: 3));
        await Schemas.ShouldDescribe("choose", GpuAdvisor.Default.Recommend(Listing("lstm").Training(8),
            new() { MinimumVram = ByteSize.FromGibibytes(5000) }, Plain).ToJson());
    }

    [Fact]
    public void Json_counts_cards_of_unknown_price_apart()
    {
        var root = JsonDocument.Parse(Advise(Listing("cnn").Training(64)).ToJson(top: 3)).RootElement;
        root.GetProperty("cards").GetArrayLength().Should().Be(3);
        root.GetProperty("unknownPrice").GetArrayLength().Should().BePositive();
        root.GetProperty("gpu").GetProperty("isNeeded").GetBoolean().Should().BeFalse();
    }
}
