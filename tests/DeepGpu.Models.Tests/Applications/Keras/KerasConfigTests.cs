using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Applications;

/// <summary>Our descriptions against configs that Keras wrote of the same networks.</summary>
public class KerasConfigTests
{
    /// <summary>Automatic names (conv2d_4) depend on what a session made before and are left out.</summary>
    [Theory]
    [InlineData("vgg.json", "VGG16")]
    [InlineData("mobilenet.json", "MobileNet")]
    [InlineData("densenet121.json", "DenseNet121")]
    [InlineData("inception.json", "InceptionV3")]
    public void Every_layer_agrees_in_order_class_name_shape_and_parameters(string file, string name)
    {
        var keras = ModelSpec.FromJson(File.ReadAllText(ReferenceData.Path("data", "weights", "keras_configs", file)));
        var ours = Models.Applications.Find(name).Build();
        ours.Layers.Select(Row).Should().Equal(keras.Layers.Select(Row));
        ours.ParameterCount.Should().Be(keras.ParameterCount);
        ours.TrainableParameterCount.Should().Be(keras.TrainableParameterCount);
    }

    /// <summary>What a layer computes, names and starts left out: kernel, stride, padding, epsilon and the rest.</summary>
    [Theory]
    [InlineData("vgg.json", "VGG16")]
    [InlineData("mobilenet.json", "MobileNet")]
    [InlineData("densenet121.json", "DenseNet121")]
    [InlineData("inception.json", "InceptionV3")]
    public void Every_layer_agrees_in_its_options(string file, string name)
    {
        var keras = ModelSpec.FromJson(File.ReadAllText(ReferenceData.Path("data", "weights", "keras_configs", file)));
        var ours = Models.Applications.Find(name).Build();
        ours.Layers.Select(node => Normalized(node.Layer).ToString())
            .Should().Equal(keras.Layers.Select(node => Normalized(node.Layer).ToString()));
    }

    private static string Row(ModelNode node)
    {
        var isAutomatic = System.Text.RegularExpressions.Regex.IsMatch(node.Name,
            "^(input|conv2d|batch_normalization|activation|max_pooling2d|average_pooling2d"
                + "|concatenate|zero_padding2d|global_average_pooling2d)(_layer)?(_[0-9]+)?$");
        return $"{node.Layer.GetType().Name} {(isAutomatic ? "" : node.Name)} {node.OutputShapes[0]} {node.ParameterCount} "
            + $"after {node.Inputs.Count}";
    }

    /// <summary>Strides equal to the window, and the last axis by its number, are the defaults written out.</summary>
    private static Layer Normalized(Layer layer) => (layer with { Name = null }) switch
    {
        MaxPooling2D pooling => pooling with { Strides = pooling.Strides ?? pooling.PoolSize },
        AveragePooling2D pooling => pooling with { Strides = pooling.Strides ?? pooling.PoolSize },
        BatchNormalization norm => norm with { Axis = norm.Axis == 3 ? -1 : norm.Axis },
        Concatenate join => join with { Axis = join.Axis == 3 ? -1 : join.Axis },
        var other => other,
    };
}
