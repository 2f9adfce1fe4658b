using System.Diagnostics;

namespace DeepGpu.Tests.Data;

public class DataStreamTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_order_and_the_numbers_are_the_same_on_1_and_on_8_workers()
    {
        var stream = Numbers(1000).Map((sample, random) => Slow(sample, random)).Shuffle(100)
            .MapBatches((batch, random) => batch with { Targets = [NDArray.From<double>([random.NextDouble()], 1)] });
        string[] Read(DataStream s, int epoch)
            => [.. s.Batches(epoch, 64)
                .Select(b => Convert.ToHexString(b.Inputs[0].Bytes.Span) + Convert.ToHexString(b.Targets[0].Bytes.Span))];
        var one = Read(stream, 1);
        Read(stream.Prefetch(batches: 3, workers: 8), 1).Should().Equal(one);
        Read(stream.Prefetch(batches: 1), 1).Should().Equal(one);
        Read(stream, 2).Should().NotEqual(one);
        Read(stream.WithSeed(5), 1).Should().NotEqual(one);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Reading_from_a_later_batch_yields_the_same_batches(int workers)
    {
        var stream = Numbers(100).Shuffle(30)
            .Map((sample, random) => new(NDArray.From<double>([random.NextDouble()]))).Prefetch(2, workers);
        var all = stream.Batches(3, 16).Select(b => b.Inputs[0].ToArray<double>()).ToList();
        stream.Batches(3, 16, startBatch: 4).Select(b => b.Inputs[0].ToArray<double>())
            .Should().BeEquivalentTo(all.Skip(4), o => o.WithStrictOrdering());
    }

    [Fact]
    public void A_shuffle_keeps_every_sample_once_and_changes_with_the_epoch()
    {
        var stream = Numbers(200).Shuffle(200, seed: 1);
        var (first, second) = (Values(stream.Samples(1)), Values(stream.Samples(2)));
        first.Order().Should().Equal(Enumerable.Range(0, 200));
        first.Should().NotEqual(second);
        first.Should().NotBeInAscendingOrder();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(8, 2)]
    public void An_exception_arrives_at_its_batch_with_the_sample_named(int workers, int ahead)
    {
        var stream = DataStream.FromFunction(100, i => i == 37 ? throw new FormatException("no number") : Value(i), i => $"file{i}.txt");
        if (ahead > 0) stream = stream.Prefetch(ahead, workers);
        var seen = 0;
        var failure = FluentActions.Invoking(() => { foreach (var batch in stream.Batches(1, 10)) seen += batch.Count; })
            .Should().Throw<DataStreamException>().Which;
        seen.Should().Be(30);
        (failure.SampleIndex, failure.SampleName).Should().Be((37, "file37.txt"));
        failure.InnerException.Should().BeOfType<FormatException>();
    }

    [Fact]
    public void A_generator_that_throws_stops_the_epoch_with_its_place()
    {
        static IEnumerable<Sample> Faulty()
        {
            yield return Value(0);
            throw new InvalidOperationException("the source is gone");
        }

        FluentActions.Invoking(() => DataStream.FromGenerator(_ => Faulty()).Prefetch(2, 4).Batches(1, 1).Count())
            .Should().Throw<DataStreamException>().Which.SampleIndex.Should().Be(1);
    }

    [Fact]
    public async Task Leaving_early_ends_the_background_threads()
    {
        var running = 0;
        var stream = DataStream.FromFunction(10_000, i =>
        {
            Interlocked.Increment(ref running);
            Thread.Sleep(1);
            Interlocked.Decrement(ref running);
            return Value(i);
        }).Prefetch(4, workers: 8);
        var watch = Stopwatch.StartNew();
        foreach (var batch in stream.Batches(1, 8)) if (batch.Count > 0) break;
        running.Should().Be(0);
        watch.Elapsed.Should().BeLessThan(Limit);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(8, 2)]
    public void Cancelling_ends_the_wait_for_a_batch(int workers, int ahead)
    {
        using var source = new CancellationTokenSource(200);
        var stream = DataStream.FromFunction(1_000_000, i =>
        {
            Thread.Sleep(5);
            return Value(i);
        });
        if (ahead > 0) stream = stream.Prefetch(ahead, workers);
        var watch = Stopwatch.StartNew();
        FluentActions.Invoking(() => stream.Batches(1, 100_000, cancellationToken: source.Token).Count())
            .Should().Throw<OperationCanceledException>();
        watch.Elapsed.Should().BeLessThan(Limit);
    }

    [Fact]
    public void A_cache_runs_the_steps_before_it_once()
    {
        var made = 0;
        var stream = DataStream.FromFunction(50, i =>
        {
            Interlocked.Increment(ref made);
            return Value(i);
        }).Cache().Shuffle(50).Prefetch(2, workers: 4);
        for (var epoch = 1; epoch <= 3; epoch++) Values(stream.Samples(epoch)).Order().Should().Equal(Enumerable.Range(0, 50));
        made.Should().Be(50);
    }

    [Fact]
    public void Parts_follow_each_other()
    {
        var stream = Numbers(10);
        Values(stream.Skip(3).Take(4).Samples()).Should().Equal(3, 4, 5, 6);
        Values(stream.Take(2).Concat(stream.Skip(8)).Samples()).Should().Equal(0, 1, 8, 9);
        (stream.Take(4).Count, stream.Skip(4).Count, stream.BatchCount(3)).Should().Be((4, 6, 4));
    }

    [Fact]
    public void Sequences_and_asynchronous_sequences_are_read_again_each_epoch()
    {
        static async IAsyncEnumerable<Sample> Later()
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                yield return Value(i);
            }
        }

        foreach (var stream in new[] { DataStream.FromEnumerable(Enumerable.Range(0, 3).Select(Value)),
            DataStream.FromAsyncEnumerable(Later()) })
        {
            Values(stream.Samples(1)).Should().Equal(0, 1, 2);
            Values(stream.Samples(2)).Should().Equal(0, 1, 2);
        }
    }

    [Fact]
    public void Samples_of_different_shapes_are_refused_with_their_place()
        => FluentActions.Invoking(() =>
            DataStream.FromFunction(3, i => new(NDArray.Zeros(DataType.Float32, 2 + i / 2))).Batches(1, 3).Count())
            .Should().Throw<TrainingDataException>().WithMessage("*sample 2 of them has Float32 (3)*");

    private static DataStream Numbers(int count) => DataStream.FromFunction(count, Value);

    private static Sample Value(int i) => new(NDArray.From<int>([i]), NDArray.From<int>([i]));

    private static int[] Values(IEnumerable<Sample> samples) => [.. samples.Select(sample => sample.Input.ToArray<int>()[0])];

    private static Sample Slow(Sample sample, Random random)
    {
        var wait = random.Next(200);
        Thread.SpinWait(wait * 10);
        return new(NDArray.From<int>([sample.Input.ToArray<int>()[0], wait, (int)(random.NextDouble() * 1e6)], 3));
    }
}
