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
}
