using DeepGpu.Models;

namespace DeepGpu.Tests.Data;

/// <summary>RELIABILITY2 row 13: a stream without a sample is refused wherever it is used, and a null is named by the number of its
/// sample.</summary>
public class EmptyStreamTests
{
    private static readonly Sample One = new(NDArray.From<float>([1, 2], 2), NDArray.From<float>([1], 1));

    private static readonly DataStream Full = DataStream.FromFunction(5, _ => One);

    public static TheoryData<string> Kinds
        => ["generator", "generator with a count", "list", "asynchronous", "skipped", "prefetched", "cached"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stream_of_none_is_refused_by_Fit_as_validation_and_by_Evaluate(string kind)
    {
        using var model = Compiled();
        Action[] calls =
        [
            () => model.Fit(Empty(kind)), () => model.Fit(Full, validation: Empty(kind)), () => model.Evaluate(Empty(kind)), ()
                => Empty(kind).ToDataset(),
            () => model.ConfusionMatrix(Empty(kind)), () => new LearningRateFinder().Find(model, Empty(kind)),
        ];
        foreach (var call in calls) call.Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("empty_data");
    }

    [Fact]
    public void An_epoch_that_turns_out_empty_is_refused_too()
    {
        using var model = Compiled();
        var once = DataStream.FromGenerator(epoch => epoch == 1 ? [One] : []);
        model.Invoking(m => m.Fit(once, epochs: 2)).Should().Throw<TrainingDataException>()
            .WithMessage("A dataset needs at least one sample, but epoch 2 of the training data yields none.*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_null_is_named_by_the_number_of_its_sample(int workers)
    {
        using var model = Compiled();
        DataStream[] streams =
        [
            DataStream.FromFunction(5, i => i == 3 ? null! : One), DataStream.FromEnumerable([One, One, One, null!, One]),
                DataStream.FromGenerator(_ => [One, One, One, null!]),
            DataStream.FromAsyncEnumerable(Asynchronous(One, One, One, null!)), Counted(i => i == 3 ? null! : One),
            Counted(i => i == 3 ? new Sample([One.Input], null!, []) : One),
                Counted(i => i == 3 ? new Sample([null!], One.Targets, []) : One),
        ];
        foreach (var stream in streams)
        {
            var refused = model.Invoking(m => m.Fit(stream.Prefetch(2, workers))).Should().Throw<DataStreamException>().Which;
            refused.SampleIndex.Should().Be(3);
            refused.InnerException.Should().BeOfType<TrainingDataException>().Which.Fault.Code.Should().Be("null_sample");
        }
    }

    [Fact]
    public void A_generator_and_a_transform_that_yield_null()
    {
        using var model = Compiled();
        model.Invoking(m => m.Fit(DataStream.FromGenerator(_ => null!))).Should().Throw<DataStreamException>()
            .WithMessage("*samples must be a sequence for every epoch, but is null*");
        model.Invoking(m => m.Fit(Full.MapBatches((_, _) => null!), batchSize: 2)).Should().Throw<TrainingDataException>()
            .WithMessage("*null in place of batch 1*");
    }

    [Fact]
    public void One_batch_of_everything_however_large_it_may_be()
    {
        using var model = Compiled();
        var steps = 0;
        var counting = new LambdaCallback { BatchEnd = _ => steps++ };
        var unknown = DataStream.FromGenerator(_ => Enumerable.Repeat(One, 5));
        foreach (var stream in new[] { Full, unknown, Full.Prefetch(2, 3) }) model.Fit(stream,
            new FitOptions { BatchSize = int.MaxValue, Callbacks = [counting] });
        model.Fit(Full.ToDataset(), new FitOptions { BatchSize = int.MaxValue, Callbacks = [counting] });
        steps.Should().Be(4);
        var input = Full.ToDataset().Input;
        foreach (var size in new[] { int.MaxValue, int.MaxValue - 3, 1 << 30 }) model.Predict(input, size).Shape.Should().Equal(5, 1);
        model.Evaluate(Full, int.MaxValue)["loss"].Should().BeApproximately(model.Evaluate(Full, 2)["loss"], 1e-6);
        model.Evaluate(Full.ToDataset(), int.MaxValue)["loss"].Should().BeApproximately(model.Evaluate(Full, 2)["loss"], 1e-6);
        Full.BatchCount(int.MaxValue).Should().Be(1);
        Full.Batches(1, int.MaxValue).Should().ContainSingle();
    }

    private static DataStream Empty(string kind) => kind switch
    {
        "generator" => DataStream.FromGenerator(_ => []),
        "generator with a count" => DataStream.FromGenerator(_ => [], count: 7),
        "list" => DataStream.FromEnumerable(new List<Sample>()),
        "asynchronous" => DataStream.FromAsyncEnumerable(Asynchronous()),
        "skipped" => Full.Skip(5),
        "prefetched" => DataStream.FromGenerator(_ => []).Prefetch(2, 3),
        _ => DataStream.FromGenerator(_ => []).Cache(),
    };

    private static DataStream Counted(Func<int, Sample> change)
    {
        return DataStream.FromFunction(5, i => One with { Targets = [NDArray.From<float>([i], 1)] })
            .Map(sample => change((int)sample.Target.ToArray<float>()[0]));
    }

    private static async IAsyncEnumerable<Sample> Asynchronous(params Sample[] samples)
    {
        await Task.Yield();
        foreach (var sample in samples) yield return sample;
    }

    private static Model Compiled()
    {
        var model = Sequential.Input(2).Dense(1, Activation.Sigmoid).Build("net").ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        return model;
    }
}
