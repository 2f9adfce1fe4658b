namespace DeepGpu.Benchmarks;

/// <summary>The rounds of one contender on one network: milliseconds a batch.</summary>
internal sealed record Measurement(string Network, string Turn, string Contender, double[] Rounds)
{
    public double Median => Quantile(Rounds, 0.5);

    /// <summary>The quarter of the rounds that was faster, and the one that was slower.</summary>
    public (double Low, double High) Quartiles => (Quantile(Rounds, 0.25), Quantile(Rounds, 0.75));

    /// <summary>The median over rounds of this contender's time as a share of another's in the same round.</summary>
    public double ShareOf(Measurement other) => Quantile([.. Rounds.Zip(other.Rounds, (mine, theirs) => mine / theirs)], 0.5);

    private static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
