using System.Text;

namespace RealSequences;

/// <summary>Sentences of film reviews, 5,331 of praise and 5,331 of blame: https://www.cs.cornell.edu/people/pabo/movie-review-data/.
/// Pang and Lee, 2005.</summary>
public static class MovieReviews
{
    /// <summary>Reads rt-polarity.neg (class 0) and rt-polarity.pos (class 1); words stand between spaces already.</summary>
    public static SequenceTask Load(string folder)
    {
        string[] files = ["rt-polarity.neg", "rt-polarity.pos"];
        var samples = files.SelectMany((file, polarity) =>
            File.ReadAllText(Path.Combine(folder, file), Encoding.Latin1).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), polarity)));
        return TextSamples.Classify(samples, classes: 2, vocabulary: 10_000, length: 40, epochs: 3);
    }
}
