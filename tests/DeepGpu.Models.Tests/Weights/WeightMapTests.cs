namespace DeepGpu.Models.Tests.Weights;

public class WeightMapTests
{
    [Theory]
    [InlineData("backbone.conv1.weight", "backbone", "", "conv1.weight")]
    [InlineData("backbone.conv1.weight", "backbone.conv1", "stem", "stem.weight")]
    [InlineData("backbone2.conv1.weight", "backbone", "", "backbone2.conv1.weight")]
    [InlineData("lstm.weight_ih_l1", "lstm.weight_ih_l1", "lstm2.weight_ih_l0", "lstm2.weight_ih_l0")]
    [InlineData("model/dense/kernel", "model", "", "dense/kernel")]
    [InlineData("conv1.weight", "", "features", "features.conv1.weight")]
    public void A_rename_replaces_whole_parts_of_a_path(string name, string from, string to, string expected)
        => WeightMap.Default.Rename(from, to).Apply(name).Should().Be(expected);

    [Fact]
    public void Renames_follow_each_other_and_maps_compare_by_what_they_hold()
    {
        WeightMap.Default.Rename("a", "b").Rename("b", "c").Apply("a.weight").Should().Be("c.weight");
        WeightMap.Default.Rename("a", "b").Should().Be(WeightMap.Default.Rename("a", "b")).And.NotBe(WeightMap.Default.Rename("a", "c"));
        WeightMap.Timm.Apply("pre_logits.fc1.weight").Should().Be("classifier.0.weight");
    }
}
