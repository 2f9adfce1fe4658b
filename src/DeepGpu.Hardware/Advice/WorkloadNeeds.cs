namespace DeepGpu.Hardware;

/// <summary>What a model asks of a card.</summary>
/// <param name="Memory">Memory at the peak of a step.</param>
/// <param name="BoundBy">What limits the speed on the fastest card.</param>
/// <param name="Bound">The limit in words, with its figure.</param>
/// <param name="EqualCards">Cards that are as fast as the fastest.</param>
/// <param name="ConsideredCards">Cards that meet the requirements, whether the model fits them or not.</param>
public sealed record WorkloadNeeds(Estimate<ByteSize> Memory, ForecastBound BoundBy, string Bound, int EqualCards, int ConsideredCards)
{
    /// <summary>The least memory of a card that surely holds the model; null where none does.</summary>
    public ByteSize? LeastCard { get; init; }

    /// <summary>Whether at least half of the cards hold the model and are equally fast: a dearer one buys nothing.</summary>
    public bool AnyCardWillDo => EqualCards * 2 >= ConsideredCards;
}
