namespace DeepGpu.Tests.Generation;

/// <summary>What is drawn, beside shares that a plain loop computes from known logits.</summary>
public class SamplingTests
{
    private const int Draws = 20_000;

    /// <summary>What a chi-square of up to 6 degrees of freedom exceeds once in 10,000 times.</summary>
    private const double Bound = 27.9;

    private static readonly float[] Uneven = [0.3f, -1, 1.7f, 0.9f, -0.2f, 1.1f, 0.5f], Tied = [1, 0.2f, 1, 0.6f, 1, 0.6f, 0.1f];

    public static TheoryData<float[], double, int?, double?> Ways => new()
    {
        { Uneven, 1, null, null }, { Uneven, 0.6, null, null }, { Uneven, 2.5, null, null }, { Uneven, 1e300, null, null },
        { Uneven, 1, 3, null }, { Uneven, 1, 7, null }, { Uneven, 1, 100, null }, { Uneven, 1, 1, null },
        { Uneven, 1, null, 0.8 }, { Uneven, 1, null, 1 }, { Uneven, 1, null, 1e-9 }, { Uneven, 1.3, 4, 0.7 }, { Uneven, 0.7, 5, 0.95 },
        { Tied, 1, 2, null }, { Tied, 1, 4, null }, { Tied, 1, null, 0.5 }, { Tied, 1, null, 0.7 }, { Tied, 1.5, 5, 0.9 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Words_are_drawn_as_often_as_a_plain_loop_says(float[] logits, double temperature, int? topK, double? topP)
    {
        using var model = Bigrams.Always(logits);
        var drawn = model.Generate(Prompts(Draws),
            new() { MaxNewTokens = 1, Temperature = temperature, TopK = topK, TopP = topP, Seed = 11 });
        var expected = Shares(logits, temperature, topK, topP);
        var counts = expected.Select((_, word) => drawn.Count(words => words[0] == word)).ToArray();
        counts.Select(count => count > 0).Should().Equal(expected.Select(share => share > 0), "exactly the words that may be drawn are");
        expected.Select((share, word) => share == 0 ? 0 : Math.Pow(counts[word] - share * Draws, 2) / (share * Draws)).Sum()
            .Should().BeLessThan(Bound);
    }

    [Fact]
    public void Words_of_one_sequence_are_drawn_as_often()
    {
        using var model = Bigrams.Always(Uneven);
        var drawn = model.Generate([0], new() { MaxNewTokens = 4000, Temperature = 1, Seed = 5 });
        var expected = Shares(Uneven, 1, null, null);
        expected.Select((share, word) => Math.Pow(drawn.Count(w => w == word) - share * 4000, 2) / (share * 4000)).Sum()
            .Should().BeLessThan(Bound);
        var pairs = drawn.Zip(drawn.Skip(1)).Count(pair => pair.First == 2 && pair.Second == 2) / 3999.0;
        pairs.Should().BeApproximately(expected[2] * expected[2], 0.025, "a draw says nothing of the next");
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_sequences_differ()
    {
        using var model = Bigrams.Always(Uneven);
        var options = new GenerationOptions { MaxNewTokens = 40, Temperature = 1.2, Seed = 3 };
        var first = model.Generate([2], options);
        model.Generate([2], options).Should().Equal(first);
        model.Generate([2], options with { Seed = 4 }).Should().NotEqual(first);
        var rows = model.Generate([[2], [2]], options);
        rows[0].Should().Equal(first);
        rows[1].Should().NotEqual(first, "each sequence has numbers of its own");
        model.Generate([2], options with { Seed = null }).Should().NotEqual(model.Generate([2], options with { Seed = null }));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    [InlineData(1e-3)]
    public void A_low_temperature_takes_the_likeliest(double temperature)
    {
        using var model = Bigrams.Always(Uneven);
        model.Generate([0], new() { MaxNewTokens = 50, Temperature = temperature, Seed = 1 }).Should().OnlyContain(word => word == 2);
    }

    [Fact]
    public void Words_without_weight_are_never_drawn()
    {
        using var model = Bigrams.Always(float.NegativeInfinity, 0, float.NegativeInfinity, 0.1f, float.NegativeInfinity);
        var options = new GenerationOptions { MaxNewTokens = 300, Temperature = 50, Seed = 1 };
        foreach (var one in new[] { options, options with { TopP = 1 }, options with { TopK = 4 } })
            model.Generate([0], one).Distinct().Order().Should().Equal(1, 3);
        using var equal = Bigrams.Always(2, 2, 2);
        equal.Generate([1], new() { MaxNewTokens = 3 }).Should().Equal([0, 0, 0], "the first of the likeliest is taken");
    }

    [Theory]
    [InlineData(float.NaN, 0, "one is NaN")]
    [InlineData(0, float.PositiveInfinity, "one is Infinity")]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity, "all are -Infinity")]
    public void Logits_that_decide_nothing_are_refused(float first, float second, string received)
    {
        using var model = Bigrams.Always(first, second);
        foreach (var temperature in new[] { 0, 1.0 })
            model.Invoking(m => m.Generate([0], new() { Temperature = temperature })).Should().Throw<NonFiniteException>()
                .WithMessage($"*at least one of them finite, but {received}.*PrecisionPolicy.BFloat16*");
    }

    private static int[][] Prompts(int count) => [.. Enumerable.Repeat<int[]>([0], count)];

    /// <summary>The definition: softmax, the k largest and their equals, then the fewest that make up p; equal ones in their
    /// order.</summary>
    private static double[] Shares(float[] logits, double temperature, int? topK, double? topP)
    {
        var shares = logits.Select(logit => Math.Exp(logit / temperature)).ToArray();
        if (topK < logits.Length)
        {
            var least = logits.OrderDescending().ElementAt(topK.Value - 1);
            for (var i = 0; i < shares.Length; i++) shares[i] = logits[i] < least ? 0 : shares[i];
        }

        var (sum, before) = (shares.Sum(), 0.0);
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => logits[i]).ThenBy(i => i))
        {
            var share = shares[i] / sum;
            shares[i] = topP is { } p && before >= p ? 0 : share;
            before += share;
        }

        return [.. shares.Select(share => share / shares.Sum())];
    }
}
