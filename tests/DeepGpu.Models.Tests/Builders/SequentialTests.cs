namespace DeepGpu.Models.Tests;

public class SequentialTests
{
    internal static readonly ModelSpec Cnn = Sequential.Input(28, 28, 1)
        .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
        .Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
        .Conv2D(64, 3, Activation.Relu)
        .Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax)
        .Build();

    [Fact]
    public void The_listing_has_93322_parameters()
    {
        Cnn.ParameterCount.Should().Be(93_322);
        Cnn.TrainableParameterCount.Should().Be(93_322);
        Cnn.OutputShape.ToString().Should().Be("(batch, 10)");
    }

    [Fact]
    public void The_summary_lists_layers_shapes_and_counts() => Cnn.Summary().Should().Be("""
        Model: "sequential"
        Layer (type)                    Output shape         Parameters
        ---------------------------------------------------------------
        input_layer (InputLayer)        (batch, 28, 28, 1)            0
        conv2d (Conv2D)                 (batch, 26, 26, 32)         320
        max_pooling2d (MaxPooling2D)    (batch, 13, 13, 32)           0
        conv2d_1 (Conv2D)               (batch, 11, 11, 64)      18,496
        max_pooling2d_1 (MaxPooling2D)  (batch, 5, 5, 64)             0
        conv2d_2 (Conv2D)               (batch, 3, 3, 64)        36,928
        flatten (Flatten)               (batch, 576)                  0
        dense (Dense)                   (batch, 64)              36,928
        dense_1 (Dense)                 (batch, 10)                 650

        Total parameters: 93,322 (364.54 KiB)
        Trainable: 93,322 (364.54 KiB)
        Non-trainable: 0 (0 B)

        """);

    [Fact]
    public void A_shared_stem_is_safe()
    {
        var stem = Sequential.Input(8).Dense(4);
        stem.Dense(1).Build().ParameterCount.Should().Be(8 * 4 + 4 + 4 + 1);
        stem.Dense(2).Build().ParameterCount.Should().Be(8 * 4 + 4 + 2 * 4 + 2);
    }

    [Fact]
    public void One_layer_applied_twice_shares_its_weights()
    {
        var layer = new Dense(8);
        Sequential.Input(8).Apply(layer).Apply(layer).Build().ParameterCount.Should().Be(8 * 8 + 8);
    }

    [Fact]
    public void A_frozen_layer_counts_as_not_trainable()
        => Sequential.Input(8).Apply(new Dense(4) { Trainable = false }).Dense(1).Build().TrainableParameterCount.Should().Be(5);

    [Fact]
    public void A_description_round_trips_through_json()
    {
        var copy = ModelSpec.FromJson(Cnn.ToJson());
        copy.Summary().Should().Be(Cnn.Summary());
        copy.Layers.Select(l => l.Layer).Should().Equal(Cnn.Layers.Select(l => l.Layer with { Name = l.Name }));
    }

    [Fact]
    public void A_training_step_counts_three_forward_passes_of_multiply_adds()
    {
        var work = Cnn.Training(batchSize: 2);
        var forward = 2 * 2.0 * (26 * 26 * 32 * 9 + 11 * 11 * 64 * 9 * 32 + 3 * 3 * 64 * 9 * 64 + 576 * 64 + 64 * 10);
        work.FlopsPerStep.Should().Be(3 * forward - 2 * 2.0 * 26 * 26 * 32 * 9, "nothing before the first convolution needs a gradient");
        Cnn.Inference(batchSize: 2).FlopsPerStep.Should().Be(forward);
    }
}
