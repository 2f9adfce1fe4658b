using System.Globalization;
using DeepGpu;
using DeepGpu.Models;

namespace RealSequences;

/// <summary>Nine speakers say two vowels: 7 to 29 steps of 12 features.
/// https://www.timeseriesclassification.com/description.php?Dataset=JapaneseVowels. Kudo et al., 1999. Who speaks?</summary>
public static class JapaneseVowels
{
    private const int Steps = 29;
    private const int Features = 12;
    private const int Speakers = 9;

    /// <summary>Reads JapaneseVowels_TRAIN.ts and JapaneseVowels_TEST.ts, divided as published.</summary>
    public static SequenceTask Load(string folder) => SequenceTask.Classify(
        Read(Path.Combine(folder, "JapaneseVowels_TRAIN.ts")),
        Read(Path.Combine(folder, "JapaneseVowels_TEST.ts")),
        epochs: 50,
        core => Sequential.Input(null, Features).Masking().Apply(core).Dense(Speakers, Activation.Softmax).Build());

    /// <summary>A line a sample: features divided by colons, their steps by commas, then the speaker from 1.
    /// Zeros fill up, which Masking leaves out.</summary>
    private static (NDArray Inputs, int[] Classes) Read(string path)
    {
        var samples = File.ReadLines(path).SkipWhile(line => line != "@data").Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Split(':')).ToArray();
        var values = new float[samples.Length * Steps * Features];
        for (var i = 0; i < samples.Length; i++)
            for (var feature = 0; feature < Features; feature++)
                foreach (var (step, text) in samples[i][feature].Split(',').Index())
                    values[(i * Steps + step) * Features + feature] = float.Parse(text, CultureInfo.InvariantCulture);
        return (NDArray.From<float>(values, samples.Length, Steps, Features),
            Array.ConvertAll(samples, s => int.Parse(s[Features], CultureInfo.InvariantCulture) - 1));
    }
}
