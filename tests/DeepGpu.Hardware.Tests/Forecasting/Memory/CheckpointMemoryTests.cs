using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting;

/// <summary>Memory of a step whose activations are made again, segment by segment.</summary>
public class CheckpointMemoryTests
{
    private const int Elements = 1 << 20;

    private const int Block = 4 * Elements;

    [Fact]
    public void A_chain_holds_the_borders_and_one_segment()
    {
        var plain = StepMemory.Run(Chain(segments: 4, length: 4)).PeakUsed / Block;
        var again = StepMemory.Run(Chain(segments: 4, length: 4) with { GradientCheckpointing = true }).PeakUsed / Block;
        plain.Should().Be(1 + 16 + 2, "the input, all outputs and the gradients of two");
        again.Should().Be(1 + 3 + 4 + 2, "the input, three borders, one segment and the gradients of two");
    }

    [Fact]
    public void One_segment_alone_saves_nothing()
        => StepMemory.Run(Chain(1, 8) with { GradientCheckpointing = true }).Should().Be(StepMemory.Run(Chain(1, 8)));

    [Fact]
    public void A_transformer_needs_less_memory_and_its_forward_pass_again()
    {
        var x = Sequential.Input(128).TokenAndPositionEmbedding(1000, 128, 64);
        for (var block = 0; block < 8; block++) x = x.TransformerEncoder(256, 4, dropout: 0.1);
        var spec = x.GlobalAveragePooling1D().Dense(2).Build();
        var (plain, again) = (spec.Training(16), spec.Training(16, gradientCheckpointing: true));
        StepMemory.Run(again).PeakUsed.Should().BeLessThan(StepMemory.Run(plain).PeakUsed / 2);
        var repeated = again.Operations.Where(operation => operation.Segment is not null).Sum(operation => operation.ForwardFlops);
        (again.FlopsPerStep - plain.FlopsPerStep).Should().Be(repeated).And.BeGreaterThan(0.7 * spec.Inference(16).FlopsPerStep!.Value);
        again.AtBatchSize(32).GradientCheckpointing.Should().BeTrue();
    }

    private static Workload Chain(int segments, int length) => new()
    {
        Name = "chain",
        Task = WorkloadTask.Training,
        BatchSize = 1,
        ParameterCount = 0,
        TrainableParameterCount = 0,
        InputElements = Elements,
        Operations = [.. Enumerable.Range(0, segments * length).Select(place => new Operation
        {
            Name = $"{place}",
            Kind = OperationKind.Elementwise,
            Inputs = [place - 1],
            InputElements = Elements,
            OutputElements = Elements,
            SavesOutput = true,
            NeedsInputGradient = true,
            Segment = place / length < segments - 1 ? place / length : null,
        })],
    };
}
