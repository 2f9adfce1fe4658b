namespace DeepGpu.Models.Tests;

public class FaultTests
{
    [Fact]
    public void A_wrong_rank_names_the_layer_what_it_needs_and_what_it_receives()
        => FluentActions.Invoking(() => Sequential.Input(10).Dense(4).Conv2D(8, 3).Build()).Should().Throw<ModelBuildException>()
            .WithMessage("Conv2D 'conv2d' after 'dense' needs an input of 4 axes (batch, height, width, channels) but receives (batch, 4). "
                + "Give the model an input of shape (height, width, channels), or add .Reshape(...) before the layer.");

    [Fact]
    public void A_kernel_larger_than_its_input_says_so()
        => FluentActions.Invoking(() => Sequential.Input(4, 4, 1).Conv2D(8, 5).Build()).Should().Throw<ModelBuildException>()
            .WithMessage("Conv2D 'conv2d' after 'input_layer' needs at least 5 positions along each spatial axis, for its output would have 0 along one but receives (batch, 4, 4, 1). *");

    [Fact]
    public void Duplicate_names_are_listed_with_the_other_faults()
        => FluentActions.Invoking(() => Sequential.Input(4).Dense(2, name: "a").Dense(2, name: "a").MaxPooling2D(2).Build()).Should().Throw<ModelBuildException>()
            .Which.Faults.Select(f => f.Code).Should().Equal("duplicate_layer_name", "shape");

    [Fact]
    public void Arguments_are_checked_when_the_layer_is_made()
    {
        FluentActions.Invoking(() => new Dense(0)).Should().Throw<DeepGpuArgumentException>().WithMessage("Dense: units must be at least 1, but is 0. Pass a value that is at least 1.");
        FluentActions.Invoking(() => new Dense(4) with { Units = -1 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new Conv2D(1, (3, 0))).Should().Throw<DeepGpuArgumentException>().WithMessage("Conv2D: kernelSize must be at least 1 on every axis, but is 3x0. *");
        FluentActions.Invoking(() => new Conv2D(1, (3, 3, 3))).Should().Throw<DeepGpuArgumentException>().WithMessage("Conv2D: kernelSize must be 1 or 2 lengths, but is 3x3x3. *");
        FluentActions.Invoking(() => new Conv2D(1, 3) { Strides = 0 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new Dropout(1)).Should().Throw<DeepGpuArgumentException>().WithMessage("Dropout: rate must be at least 0 and below 1, but is 1. *");
        FluentActions.Invoking(() => new Dropout(double.NaN)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => Optimizer.Adam(0)).Should().Throw<DeepGpuArgumentException>().WithMessage("Adam: learningRate must be finite and above 0, but is 0. *");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Lambda\", \"config\": {}}]}}")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Dense\", \"config\": {\"units\": \"many\"}}]}}")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Dense\", \"config\": {\"units\": -1}}]}}")]
    [InlineData("{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Dense\", \"config\": {}}]}}")]
    public void A_description_that_is_none_is_refused(string json)
        => FluentActions.Invoking(() => ModelSpec.FromJson(json)).Should().Throw<ModelFormatException>();
}
