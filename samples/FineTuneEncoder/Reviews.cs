using System.Text;
using DeepGpu;

namespace FineTuneEncoder;

/// <summary>Sentences of film reviews, class 0 of blame and 1 of praise: https://www.cs.cornell.edu/people/pabo/movie-review-data/.
/// Pang and Lee, 2005.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Test">Held back: a fifth.</param>
public sealed record Reviews(LabeledTexts Train, LabeledTexts Test)
{
    /// <summary>Reads the two files.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="most">How many sentences are taken.</param>
    public static Reviews Load(string folder, int most)
    {
        var all = LabeledTexts.FromLines(
            [Path.Combine(folder, "rt-polarity.neg"), Path.Combine(folder, "rt-polarity.pos")], Encoding.Latin1);
        var taken = most < all.Count ? all.Split((double)most / all.Count, seed: 1).First : all;
        var (test, train) = taken.Split(0.2, seed: 1);
        return new(train, test);
    }
}
