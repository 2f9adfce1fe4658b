using DeepGpu.Models;
using Listings;

// Torch uses every core by itself: one test at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace DeepGpu.Samples.Tests;

/// <summary>The five listings, run as the sample runs them.</summary>
public class ListingTests
{
    [Fact]
    public void The_convolutional_network_has_93322_parameters_and_learns()
        => Check(ConvolutionalNetwork.Train(Datasets.GeneratedDigits(trainCount: 512, testCount: 1).Train), trainable: 93_322, frozen: 0);

    [Fact]
    public void The_simple_recurrent_network_has_4865_parameters_and_learns()
        => Check(SimpleRecurrence.Train(Examples.Sequences(512)), trainable: 4_865, frozen: 0);

    [Fact]
    public void The_long_short_term_memory_has_19265_parameters_and_learns()
        => Check(LongShortTermMemory.Train(Examples.Sequences(512)), trainable: 19_265, frozen: 0);

    [Fact]
    public void The_gated_recurrent_units_have_14657_parameters_and_learn()
        => Check(GatedRecurrence.Train(Examples.Sequences(512)), trainable: 14_657, frozen: 0);

    [Fact]
    public void The_frozen_VGG16_has_3212682_parameters_to_train_and_takes_a_step_at_batch_2()
    {
        var (spec, history) = FrozenVgg16.Train(Examples.Photos());
        Counts(spec).Should().Be((3_212_682, 14_714_688));
        history["loss"].Should().ContainSingle().Which.Should().BeInRange(0, 100);
    }

    [Fact]
    public void Of_a_frozen_network_only_the_new_classifier_changes()
    {
        var vgg16 = Applications.VGG16(new() { IncludeTop = false, InputShape = [32, 32, 3] }).Freeze();
        using var model = Sequential.From(vgg16).Flatten().Dense(10, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        var before = model.Weights.Select(weight => weight.ToArray().ToArray<float>()).ToList();
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        model.Fit(Dataset.FromArrays(NDArray.From<float>([.. Enumerable.Range(0, 2 * 32 * 32 * 3).Select(i => i % 7 / 7f)], 2, 32, 32, 3),
            NDArray.From<int>([0, 1], 2)));
        model.Weights.Zip(before).Where(pair => !pair.First.ToArray().ToArray<float>().SequenceEqual(pair.Second))
            .Select(pair => pair.First.Name).Should().Equal("dense/kernel", "dense/bias");
    }

    private static void Check((ModelSpec Spec, History History) result, long trainable, long frozen)
    {
        Counts(result.Spec).Should().Be((trainable, frozen));
        result.History["loss"].Should().HaveCount(5);
        result.History["loss"][^1].Should().BeLessThan(result.History["loss"][0]);
    }

    private static (long Trainable, long Frozen) Counts(ModelSpec spec)
        => (spec.TrainableParameterCount, spec.ParameterCount - spec.TrainableParameterCount);
}
