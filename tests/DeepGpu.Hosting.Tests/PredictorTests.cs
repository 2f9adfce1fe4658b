using DeepGpu.Models;

namespace DeepGpu.Hosting.Tests;

/// <summary>What one request may expect beside others.</summary>
public sealed class PredictorTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_live_model_answers_as_Predict_does_and_drains()
    {
        using var model = Sequential.Input(5).Dense(3, Activation.Tanh).Build().ToModel(Device.Cpu, seed: 7);
        var samples = NDArray.From<float>([.. Enumerable.Range(0, 35).Select(i => i / 10f)], 7, 5);
        await using var predictor = new Predictor(model, new() { MaxBatchSize = 4 });
        (await predictor.WarmUpAsync()).Should().BeTrue();
        var asked = Enumerable.Range(0, 7).Select(i => predictor.PredictAsync(samples.Slice(i, 1))).ToList();
        await predictor.StopAsync();
        var answers = await Task.WhenAll(asked);
        var expected = model.Predict(samples).ToArray<float>();
        answers.SelectMany(answer => answer.ToArray<float>()).Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-6f);
        answers.Should().OnlyContain(answer => answer.Shape.SequenceEqual(new[] { 1, 3 }));
        var late = await Refused(predictor.PredictAsync(samples.Slice(0, 1)));
        late.Should().Be(PredictorRefusal.Stopped);
    }

    [Fact]
    public async Task An_exported_model_answers_several_rows_a_request()
    {
        using var model = Sequential.Input(4).Dense(2).Build().ToModel(Device.Cpu, seed: 3);
        using var onnx = model.ToOnnxPredictor();
        await using var predictor = new Predictor(onnx);
        var samples = NDArray.From<float>([.. Enumerable.Range(0, 24).Select(i => i - 11f)], 6, 4);
        var parts = await Task.WhenAll(predictor.PredictAsync(samples.Slice(0, 1)), predictor.PredictAsync(samples.Slice(1, 3)),
            predictor.PredictAsync(samples.Slice(4, 2)));
        parts.SelectMany(part => part.ToArray<float>()).Zip(model.Predict(samples).ToArray<float>(), (a, b) => Math.Abs(a - b)).Max()
            .Should().BeLessThan(1e-5f);
    }

    [Fact]
    public async Task Requests_that_wait_become_batches_of_at_most_the_largest_size()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model, new() { MaxBatchSize = 4 });
        var first = await Held(model, predictor);
        int[] rows = [1, 2, 3, 1, 6, 1];
        var others = rows.Select((count, i) => predictor.PredictAsync(Rows(count, 2, i))).ToList();
        model.Release();
        (await first).ToArray<float>().Should().Equal(2, 2);
        for (var i = 0; i < rows.Length; i++) (await others[i]).ToArray<float>().Should().Equal(Enumerable.Repeat(2f * i, rows[i] * 2));
        model.Batches.Should().Equal(1, 3, 4, 6, 1);
    }

    [Fact]
    public async Task A_window_waits_for_others_and_ends_when_the_batch_is_full()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model, new() { MaxBatchSize = 3, MaxDelay = Long });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => predictor.PredictAsync(Rows(1, 2, i))));
        model.Batches.Should().Equal(3);
    }

    [Fact]
    public async Task A_stop_ends_the_window()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model, new() { MaxDelay = Long });
        var asked = predictor.PredictAsync(Rows(1, 2, 5));
        await predictor.StopAsync();
        (await asked).ToArray<float>().Should().Equal(10, 10);
    }

    [Fact]
    public async Task A_full_queue_rejects_and_says_so()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model, new() { Capacity = 2 }, "digits");
        var held = await Held(model, predictor);
        var waiting = Enumerable.Range(0, 2).Select(i => predictor.PredictAsync(Rows(1, 2, i))).ToList();
        var refused = await FluentActions.Awaiting(() => predictor.PredictAsync(Rows(1, 2, 9))).Should().ThrowAsync<PredictorException>();
        refused.Which.Reason.Should().Be(PredictorRefusal.QueueFull);
        refused.Which.Fault.Code.Should().Be("queue_full");
        refused.WithMessage("A request needs a place in the queue, but all 2 of predictor 'digits' are taken. *");
        model.Release();
        await Task.WhenAll([held, .. waiting]);
    }

    [Fact]
    public async Task A_full_queue_may_make_requests_wait_for_a_place_their_deadline_or_the_end()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model, new() { Capacity = 1, WhenFull = QueueFullPolicy.Wait });
        var held = await Held(model, predictor);
        var queued = predictor.PredictAsync(Rows(1, 2, 3));
        var placeless = predictor.PredictAsync(Rows(1, 2, 4));
        using var cancel = new CancellationTokenSource();
        var given = predictor.PredictAsync(Rows(1, 2, 5), null, cancel.Token);
        var late = predictor.PredictAsync(Rows(1, 2, 6), TimeSpan.FromMilliseconds(20));
        await cancel.CancelAsync();
        await FluentActions.Awaiting(() => given).Should().ThrowAsync<OperationCanceledException>();
        (await Refused(late)).Should().Be(PredictorRefusal.DeadlinePassed);
        model.Release();
        (await placeless).ToArray<float>().Should().Equal(8, 8);
        await Task.WhenAll(held, queued);
        model.Batches.Sum().Should().Be(3);
    }

    [Fact]
    public async Task A_deadline_that_passes_in_the_queue_ends_the_request_at_once_and_it_is_not_computed()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model, new() { Timeout = TimeSpan.FromMilliseconds(30) });
        var held = await Held(model, predictor, Long);
        var late = predictor.PredictAsync(Rows(3, 2, 1));
        var patient = predictor.PredictAsync(Rows(1, 2, 2), Long);
        (await Refused(late)).Should().Be(PredictorRefusal.DeadlinePassed);
        model.Release();
        await Task.WhenAll(held, patient);
        model.Batches.Should().Equal(1, 1);
    }

    [Fact]
    public async Task A_cancelled_request_does_not_spoil_its_batch()
    {
        using var model = new FakeModel();
        using var cancel = new CancellationTokenSource();
        await using var predictor = new Predictor(model);
        model.Hold();
        var held = predictor.PredictAsync(Rows(2, 2, 1), null, cancel.Token);
        await model.Started.WaitAsync();
        var queued = predictor.PredictAsync(Rows(5, 2, 1), null, cancel.Token);
        var other = predictor.PredictAsync(Rows(1, 2, 7));
        await cancel.CancelAsync();
        await FluentActions.Awaiting(() => queued).Should().ThrowAsync<OperationCanceledException>();
        model.Release();
        (await other).ToArray<float>().Should().Equal(14, 14);
        model.Batches.Should().Equal(2, 1);
        await FluentActions.Awaiting(() => predictor.PredictAsync(Rows(1, 2, 0), null, cancel.Token))
            .Should().ThrowAsync<OperationCanceledException>();
        held.IsCanceled.Should().BeTrue();
    }

    [Fact]
    public async Task One_bad_request_fails_alone()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model);
        var held = await Held(model, predictor);
        var good = predictor.PredictAsync(Rows(1, 2, 3));
        var bad = predictor.PredictAsync(Rows(1, 2, -4));
        var after = predictor.PredictAsync(Rows(2, 2, 5));
        await FluentActions.Awaiting(() => predictor.PredictAsync(NDArray.Zeros(DataType.Float32, 3))).Should()
            .ThrowAsync<TrainingDataException>();
        model.Release();
        await FluentActions.Awaiting(() => bad).Should().ThrowAsync<InvalidOperationException>().WithMessage("bad -4");
        (await good).ToArray<float>().Should().Equal(6, 6);
        (await after).ToArray<float>().Should().Equal(10, 10, 10, 10);
        await held;
    }

    [Fact]
    public async Task A_model_that_fails_gives_each_its_exception_and_answers_again_later()
    {
        using var model = new FakeModel { FailsAlways = true };
        await using var predictor = new Predictor(model);
        model.Hold();
        var asked = Enumerable.Range(1, 5).Select(i => predictor.PredictAsync(Rows(1, 2, i))).ToList();
        model.Release();
        foreach (var (one, i) in asked.Select((one, i) => (one, i + 1)))
            await FluentActions.Awaiting(() => one).Should().ThrowAsync<InvalidOperationException>().WithMessage($"bad {i}");
        model.FailsAlways = false;
        (await predictor.PredictAsync(Rows(1, 2, 8))).ToArray<float>().Should().Equal(16, 16);
    }

    [Fact]
    public async Task Requests_of_different_shapes_and_types_are_computed_apart_in_one_go()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model);
        var held = await Held(model, predictor);
        var narrow = predictor.PredictAsync(Rows(2, 2, 1));
        var wide = predictor.PredictAsync(Rows(1, 5, 2));
        var again = predictor.PredictAsync(Rows(3, 2, 3));
        model.Release();
        (await narrow).Shape.Should().Equal(2, 2);
        (await wide).ToArray<float>().Should().Equal(4, 4, 4, 4, 4);
        (await again).Shape.Should().Equal(3, 2);
        await held;
        model.Batches.Should().Equal(1, 5, 1);
    }

    [Fact]
    public async Task Several_inputs_stay_in_step()
    {
        using var model = new FakeModel
        {
            Inputs = [new("a", DataType.Float32, new Shape(null, 2)), new("b", DataType.Float32, new Shape(null, 3))],
        };
        await using var predictor = new Predictor(model);
        model.Hold();
        var asked = Enumerable.Range(0, 4).Select(i => predictor.PredictAsync([Rows(1, 2, i), Rows(1, 3, 10 * i)])).ToList();
        model.Release();
        for (var i = 0; i < 4; i++)
        {
            var outputs = await asked[i];
            outputs[0].ToArray<float>().Should().Equal(2 * i, 2 * i);
            outputs[1].ToArray<float>().Should().Equal(20 * i, 20 * i, 20 * i);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task What_cannot_be_joined_or_taken_apart_is_computed_one_by_one(bool isBatchable, bool sums)
    {
        using var model = new FakeModel { IsBatchable = isBatchable, Sums = sums };
        await using var predictor = new Predictor(model);
        model.Hold();
        var asked = Enumerable.Range(1, 3).Select(i => predictor.PredictAsync(Rows(1, 2, i))).ToList();
        model.Release();
        (await Task.WhenAll(asked)).Select(answer => answer.ToArray<float>()[0]).Should().Equal(2, 4, 6);
    }

    [Fact]
    public async Task A_drain_that_runs_out_of_time_refuses_what_waits_and_answers_what_runs()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model);
        var held = await Held(model, predictor);
        var waiting = predictor.PredictAsync(Rows(1, 2, 3));
        await predictor.StopAsync(new CancellationToken(canceled: true));
        (await Refused(waiting)).Should().Be(PredictorRefusal.Stopped);
        model.Release();
        (await held).ToArray<float>().Should().Equal(2, 2);
    }

    [Fact]
    public async Task Disposing_during_work_answers_what_runs_refuses_what_waits_and_then_frees_the_model()
    {
        var model = new FakeModel();
        var predictor = new Predictor(model, ownsModel: true);
        var held = await Held(model, predictor);
        var waiting = predictor.PredictAsync(Rows(1, 2, 3));
        predictor.Dispose();
        model.IsDisposed.Should().BeFalse();
        (await Refused(waiting)).Should().Be(PredictorRefusal.Stopped);
        model.Release();
        (await held).ToArray<float>().Should().Equal(2, 2);
        await predictor.DisposeAsync();
        model.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public async Task An_answer_does_not_keep_the_other_rows_of_its_batch()
    {
        using var model = new FakeModel();
        await using var predictor = new Predictor(model, new() { MaxBatchSize = 2, MaxDelay = Long });
        var answers = await Task.WhenAll(predictor.PredictAsync(Rows(1, 2, 1)), predictor.PredictAsync(Rows(1, 2, 2)));
        foreach (var answer in answers)
        {
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(answer.Bytes, out var array).Should().BeTrue();
            array.Array.Should().HaveCount(8);
        }
    }

    [Fact]
    public void Faulty_options_are_refused()
    {
        using var model = new FakeModel();
        FluentActions.Invoking(() => new Predictor(model, new() { Capacity = 0 })).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("PredictorOptions.Capacity must be at least 1, but is 0. Correct it.");
        using var predictor = new Predictor(model);
        FluentActions.Awaiting(() => predictor.PredictAsync(Rows(1, 2, 1), TimeSpan.Zero)).Should()
            .ThrowAsync<DeepGpuArgumentException>();
    }

    private static async Task<Task<NDArray>> Held(FakeModel model, Predictor predictor, TimeSpan? timeout = null)
    {
        model.Hold();
        var held = predictor.PredictAsync(Rows(1, 2, 1), timeout ?? Long);
        await model.Started.WaitAsync();
        return held;
    }

    private static async Task<PredictorRefusal> Refused(Task<NDArray> asked)
        => (await FluentActions.Awaiting(() => asked).Should().ThrowAsync<PredictorException>()).Which.Reason;

    private static NDArray Rows(int rows, int width, float value)
        => NDArray.From<float>([.. Enumerable.Repeat(value, rows * width)], rows, width);
}
