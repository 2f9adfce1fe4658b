namespace DeepGpu.Models.Tests.Json;

/// <summary>Options as versions of Keras and NumPy write them: numbers and lists in objects, activations as layers, older names.</summary>
public class OptionFormTests
{
    [Theory]
    [InlineData("""{"type": "ndarray", "value": 0.2}""")]
    [InlineData("""{"class_name": "__numpy__", "config": {"value": 0.2, "dtype": "float32"}}""")]
    [InlineData("0.2")]
    public void A_number_of_NumPy_is_a_number(string number)
    {
        Read<LeakyReLU>("4", $$"""{"class_name": "LeakyReLU", "config": {"alpha": {{number}} } }""").NegativeSlope.Should()
            .BeApproximately(0.2, 1e-7);
        Read<Masking>("6, 4", $$"""{"class_name": "Masking", "config": {"mask_value": {{number}} } }""").MaskValue.Should()
            .BeApproximately(0.2, 1e-7);
        Read<ReLU>("4", $$"""{"class_name": "ThresholdedReLU", "config": {"theta": {{number}} } }""").Threshold.Should()
            .BeApproximately(0.2, 1e-7);
        Read<Dropout>("4", $$"""{"class_name": "Dropout", "config": {"rate": {{number}} } }""").Rate.Should().BeApproximately(0.2, 1e-7);
    }

    [Fact]
    public void An_array_of_NumPy_is_a_list()
    {
        var layer = Read<Rescaling>("8, 8, 3", """
            {"class_name": "Rescaling", "config": {"scale": {"class_name": "__numpy__", "config": {"value": [0.5, 0.25, 2.0],
            "dtype": "float64"}}, "offset": {"type": "ndarray", "value": [1.0, 0.0, -1.0]} } }
            """);
        layer.Scale.Should().Equal(0.5, 0.25, 2.0);
        layer.Offset.Should().Equal(1.0, 0.0, -1.0);
    }

    [Fact]
    public void A_tuple_is_a_list()
    {
        Read<Reshape>("6, 4", """{"class_name": "Reshape", "config": {"target_shape": {"class_name": "__tuple__", "items": [8, 3]} } }""")
            .OutputShape(new([null, 6, 4])).Should().Be(new Shape([null, 8, 3]));
        Read<BatchNormalization>("5, 5, 3", """
            {"class_name": "BatchNormalization", "config": {"axis": {"class_name": "__tuple__", "items": [3]} } }
            """).Axis.Should().Be(3);
    }

    /// <summary>The encoding of TensorFlow 2.3 to 2.5.</summary>
    [Fact]
    public void Older_names_of_an_encoding_are_read()
        => Read<CategoryEncoding>("5", """
            {"class_name": "CategoryEncoding", "config": {"max_tokens": 4, "output_mode": "binary", "sparse": false} }
            """).Should().Match<CategoryEncoding>(layer => layer.NumTokens == 4 && layer.OutputMode == OutputMode.MultiHot);

    [Theory]
    [InlineData("Dense", "\"units\": 2")]
    [InlineData("Conv1D", "\"filters\": 2, \"kernel_size\": [3]")]
    public void An_activation_of_each_step_is_a_layer_after_all_steps(string className, string options)
    {
        var shape = className == "Dense" ? "6, 4" : "5, 6, 4";
        var spec = Model(shape, $$"""
            {"class_name": "TimeDistributed", "config": {"name": "each",
            "layer": {"class_name": "{{className}}", "config": {"name": "inner",
            {{options}}, "activation": {"class_name": "LeakyReLU", "config": {"name": "l", "alpha": 0.1} } } } } }
            """);
        spec.Layers.Select(node => node.Layer.GetType()).Should().EndWith([typeof(TimeDistributed), typeof(LeakyReLU)]);
        ((LeakyReLU)spec.Layers[^1].Layer).NegativeSlope.Should().BeApproximately(0.1, 1e-7);
        spec.Layers[^1].Name.Should().Be("each_activation");
    }

    /// <summary>Within a recurrence an activation acts at every step: it cannot come after.</summary>
    [Theory]
    [InlineData("SimpleRNN")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void An_activation_with_options_inside_of_a_recurrence_is_refused(string className)
    {
        foreach (var layer in new[] { "{0}", """{{"class_name": "Bidirectional", "config": {{"layer": {0} }} }}""" })
        {
            var inner = $$"""
                {"class_name": "{{className}}", "config": {"name": "r", "units": 3,
                "activation": {"class_name": "LeakyReLU", "config": {"alpha": 0.1} } } }
                """;
            FluentActions.Invoking(() => Model("6, 4", layer == "{0}" ? inner
                : string.Format(System.Globalization.CultureInfo.InvariantCulture, layer, inner))).Should()
                .Throw<ModelFormatException>().WithMessage("*stands after this one*");
        }
    }

    /// <summary>A softmax over axis 1 of each step is over axis 2 of all.</summary>
    [Fact]
    public void An_axis_that_counts_from_the_start_keeps_an_activation_where_it_is()
        => FluentActions.Invoking(() => Model("6, 4, 2", """
            {"class_name": "TimeDistributed", "config": {"name": "each", "layer": {"class_name": "Dense", "config": {"name": "inner",
            "units": 2, "activation": {"class_name": "Softmax", "config": {"axis": 1} } } } } }
            """)).Should().Throw<ModelFormatException>();

    private static T Read<T>(string shape, string layer)
        where T : Layer => Model(shape, layer).Layers.Select(node => node.Layer).OfType<T>().Single();

    private static ModelSpec Model(string shape, string layer) => ModelSpec.FromJson($$"""
        {"class_name": "Sequential", "keras_version": "2.9.0", "backend": "tensorflow", "config": {"name": "s", "layers": [
        {"class_name": "InputLayer", "config": {"batch_input_shape": [null, {{shape}}], "dtype": "float32", "name": "i"} }, {{layer}}]} }
        """);
}
