namespace DeepGpu.Hardware.Tests.Scoring;

public class WorkloadProfileTests
{
    [Fact]
    public void Each_profile_weighs_every_criterion_and_says_why()
    {
        WorkloadProfile.All.Select(profile => profile.Name)
            .Should().Equal("cnn", "rnn", "transformer", "reinforcement", "generative", "transfer");
        foreach (var profile in WorkloadProfile.All)
        {
            profile.Weights.Select(weight => weight.Criterion)
                .Should().BeEquivalentTo(GpuScorer.BuiltInCriteria.Select(criterion => criterion.Name), profile.Name);
            profile.Weights.Should()
                .OnlyContain(weight => weight.Why.EndsWith('.') && weight.Training >= 0 && weight.Inference >= 0 && weight.Latency >= 0);
            (profile.Title.Length, profile.Description.Length).Should()
                .Match<(int, int)>(lengths => lengths.Item1 > 0 && lengths.Item2 > 40);
        }
    }

    [Fact]
    public void Transformers_weigh_compute_and_memory_more_than_convolutional_networks_do()
    {
        WorkloadProfile.Transformer.Weight("compute")!.Training.Should().BeGreaterThan(WorkloadProfile.Cnn.Weight("compute")!.Training);
        WorkloadProfile.Transformer.Weight("vram")!.Training.Should().BeGreaterThan(WorkloadProfile.Cnn.Weight("vram")!.Training);
    }

    [Theory]
    [InlineData(OperationKind.Convolution, 1, 100, "cnn")]
    [InlineData(OperationKind.MatrixMultiply, 1, 100, "transformer")]
    [InlineData(OperationKind.MatrixMultiply, 20, 100, "rnn")]
    [InlineData(OperationKind.Convolution, 1, 10, "transfer")]
    public void A_models_operations_tell_its_profile(OperationKind kind, int steps, int trainable, string profile)
        => WorkloadProfile.For(new()
        {
            Name = "m",
            Task = WorkloadTask.Training,
            BatchSize = 1,
            ParameterCount = 100,
            TrainableParameterCount = trainable,
            Operations = [new() { Name = "o", Kind = kind, ForwardFlops = 100, SequentialSteps = steps }],
        }).Name.Should().Be(profile);
}
