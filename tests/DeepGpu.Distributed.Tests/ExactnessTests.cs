namespace DeepGpu.Distributed.Tests;

/// <summary>Two processes with 32 samples each take the steps of one with 64, and so do three, whose parts are uneven.</summary>
public class ExactnessTests(CaseRuns runs) : IClassFixture<CaseRuns>
{
    private static readonly string[] Names =
    [
        .. from layer in (string[])["dense", "conv", "lstm"] from optimizer in (string[])["sgd", "adam",
            "adamw"] select $"{layer}-{optimizer}",
        "partial-batch", "batch-of-one", "sample-weights", "mean-by-weight", "sum", "class-weights", "masks", "masks-by-weight",
        "accumulation", "clip-norm", "global-clip-norm", "loss-scale", "embedding", "unused-layer", "penalties",
        "batch-norm-synchronized", "batch-norm-images",
    ];

    public static TheoryData<string, int> Cases => new(from name in Names from processes in (int[])[2, 3] select (name, processes));

    public static TheoryData<string> AllNames => [.. Names, "per-rank-batch-norm", "dropout"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Several_processes_give_weights_and_logs_of_one(string name, int processes)
    {
        MpiRun.Demand();
        Trained.Read(runs.With(processes), name, 0).ShouldBe(Trained.Read(runs.With(1), name, 0), 1e-5f);
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Every_process_ends_with_the_same_bits(string name)
    {
        MpiRun.Demand();
        var first = Trained.Read(runs.With(3), name, 0);
        foreach (var rank in (int[])[1, 2])
        {
            var other = Trained.Read(runs.With(3), name, rank);
            other.Weights.Should().Equal(first.Weights);
            other.History.Should().BeEquivalentTo(first.History);
        }
    }

    [Theory]
    [InlineData("per-rank-batch-norm")]
    [InlineData("dropout")]
    public void What_each_process_draws_or_measures_by_itself_differs_from_one_process(string name)
    {
        MpiRun.Demand();
        Trained.Read(runs.With(2), name, 0).Weights.Should().NotEqual(Trained.Read(runs.With(1), name, 0).Weights);
    }
}
