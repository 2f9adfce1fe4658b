// The cores of listings 2 to 4, with input and head fitted to real sequences, beside a baseline that learns nothing.
// DEEPGPU_DATA=FOLDER dotnet run -c Release --project samples/RealSequences [-- names|reviews|vowels|sunspots ...];
// without a name, all four.
using System.Diagnostics;
using DeepGpu;
using RealSequences;

AllocatorTuning.KeepLargeBlocks();
var root = Environment.GetEnvironmentVariable("DEEPGPU_DATA")
    ?? throw new InvalidOperationException("DEEPGPU_DATA must name a folder that holds data/names-by-language, data/rt-polarity and "
        + "data/timeseries. Their sources stand in samples/RealSequences.");
var data = Path.Combine(root, "data");
Console.WriteLine($"{"Data",-10} {"Core",-10} {"Parameters",10} {"Measure",-16} {"Test",8} {"Baseline",9} {"Seconds",8}");
foreach (var name in args.Length > 0 ? args : ["names", "reviews", "vowels", "sunspots"])
{
    var task = name switch
    {
        "names" => NamesByLanguage.Load(Path.Combine(data, "names-by-language")),
        "reviews" => MovieReviews.Load(Path.Combine(data, "rt-polarity")),
        "vowels" => JapaneseVowels.Load(Path.Combine(data, "timeseries", "JapaneseVowels")),
        "sunspots" => MonthlySunspots.Load(Path.Combine(data, "timeseries", "monthly-sunspots.csv")),
        _ => throw new ArgumentException($"Data is names, reviews, vowels or sunspots, but '{name}' was asked for."),
    };
    foreach (var core in SequenceTask.Cores)
    {
        var clock = Stopwatch.StartNew();
        var (spec, score) = task.Fit(core, Device.Best(), seed: 1);
        Console.WriteLine($"{name,-10} {core.GetType().Name,-10} {spec.ParameterCount,10:N0} {task.Measure,-16} {score,8:F3} "
            + $"{task.Baseline,9:F3} {clock.Elapsed.TotalSeconds,8:F1}");
    }
}
