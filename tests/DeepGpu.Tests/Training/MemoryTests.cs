namespace DeepGpu.Tests.Training;

/// <summary>Measured on the whole process.</summary>
public class MemoryTests
{
    [Fact]
    public void Process_memory_is_flat_over_fifty_epochs()
    {
        var (train, _) = Datasets.GeneratedDigits(500, 1);
        using var model = Cnn.Small.Compiled();
        model.Fit(train, epochs: 10);
        var before = Environment.WorkingSet;
        model.Fit(train, epochs: 50);
        GC.Collect();
        (Environment.WorkingSet - before).Should().BeLessThan(48L << 20);
    }

    [Fact]
    public void A_step_allocates_no_more_managed_memory_as_training_continues()
    {
        var (train, _) = Datasets.GeneratedDigits(640, 1);
        using var model = Cnn.Small.Compiled();
        var counter = new AllocationCounter();
        model.Fit(train, new FitOptions { Epochs = 12, Callbacks = [counter] });
        counter.BytesPerEpoch[^1].Should().BeLessThanOrEqualTo(counter.BytesPerEpoch[1] + 20 * 64);
    }

    private sealed class AllocationCounter : Callback
    {
        private long _before;

        public List<long> BytesPerEpoch { get; } = [];

        public override void OnEpochBegin(TrainingContext context) => _before = GC.GetAllocatedBytesForCurrentThread();

        public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
            => BytesPerEpoch.Add(GC.GetAllocatedBytesForCurrentThread() - _before);
    }
}
