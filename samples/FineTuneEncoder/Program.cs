// A small transformer's encoder learns to tell praise from blame in film reviews: from scratch beside an LSTM, then tuned from what it
// learned of texts without labels: its head alone, LoRA's matrices, everything.
// DEEPGPU_DATA=FOLDER dotnet run -c Release --project samples/FineTuneEncoder [-- --texts N] [--epochs N] [--seed N] [--skip N]
// FOLDER holds data/rt-polarity: rt-polarity.neg and rt-polarity.pos, a sentence a line.
using System.Diagnostics;
using DeepGpu;
using FineTuneEncoder;

AllocatorTuning.KeepLargeBlocks();
var root = Environment.GetEnvironmentVariable("DEEPGPU_DATA")
    ?? throw new InvalidOperationException("DEEPGPU_DATA must name a folder that holds data/rt-polarity.");
var (texts, epochs, seed) = (Option("--texts", 10662), Option("--epochs", 3), Option("--seed", 1));
var reviews = Reviews.Load(Path.Combine(root, "data", "rt-polarity"), texts);
var experiment = new Experiment(reviews, epochs, Device.Best(), seed);
Console.WriteLine($"{reviews.Train.Count} sentences to learn from, {reviews.Test.Count} held back, "
    + $"{experiment.Tokenizer.VocabularySize} tokens");
Console.WriteLine($"{"",-44} {"Trained weights",15} {"Test",7} {"Seconds",8}");
foreach (var stage in experiment.Stages.Skip(Option("--skip", 0)))
{
    var watch = Stopwatch.StartNew();
    var (trained, accuracy) = stage.Run();
    Console.WriteLine($"{stage.Name,-44} {trained,15:N0} {accuracy,7:P1} {watch.Elapsed.TotalSeconds,8:F0}");
}

int Option(string name, int other)
    => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1]) : other;
