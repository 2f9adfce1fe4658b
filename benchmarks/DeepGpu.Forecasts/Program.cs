using System.CommandLine;
using DeepGpu.Forecasts;
using DeepGpu.Forecasts.Transformers;

var data = new Option<DirectoryInfo?>("--data") { Description = "The folder of measured tables; default: measurements/ in DEEPGPU_DATA." };
var write = new Option<DirectoryInfo?>("--write")
{
    Description = "Write the calibration files into this folder, e.g. src/DeepGpu.Hardware/Forecasting/Calibration."
};
var json = new Option<bool>("--json") { Description = "Print JSON." };
var worst = new Option<int>("--worst") { Description = "List so many of the worst rows of each group." };
var transformers = new Option<bool>("--transformers") { Description = "Fit and print the forecasts of transformers alone." };
var part = new Option<string[]>("--part")
{
    Description = "Of these only some parts: inference (minutes), and memory, training, ... (seconds each).",
    AllowMultipleArgumentsPerToken = true,
};
var command = new RootCommand("Fits the constants of the forecasts to measured rows, and prints how far forecasts of left-out "
    + "rows are off.") { data, write, json, worst, transformers, part };
command.SetAction(parsed =>
{
    var folder = parsed.GetValue(data)?.FullName
        ?? (Environment.GetEnvironmentVariable("DEEPGPU_DATA") is { Length: > 0 } root ? Path.Combine(root, "measurements") : null);
    if (folder is null || !Directory.Exists(folder))
    {
        Console.Error.WriteLine("error: Pass --data with the folder of measured tables, or set DEEPGPU_DATA.");
        return 3;
    }

    var chosen = parsed.GetValue(part) ?? [];
    if (parsed.GetValue(transformers) || chosen.Length > 0)
    {
        var place = parsed.GetValue(write)?.FullName;
        if (chosen.Length == 0 || chosen.Contains("inference"))
        {
            var language = new TransformerProtocol(folder);
            if (place is not null) TransformerWriter.Write(language, place);
            Console.WriteLine(language.Text(parsed.GetValue(worst)));
        }

        foreach (var own in Parts.Of(folder).Where(own => chosen.Length == 0 || chosen.Contains(own.Name)))
        {
            if (place is not null) own.Write(place);
            Console.WriteLine(own.Text(parsed.GetValue(worst)));
        }

        return 0;
    }

    var protocol = new Protocol(new(folder));
    protocol.Run(parsed.GetValue(write) is { } target ? new(target.FullName) : null);
    Console.WriteLine(parsed.GetValue(json) ? ReportText.ToJson(protocol) : ReportText.Text(protocol, parsed.GetValue(worst)));
    return 0;
});
return command.Parse(args).Invoke();
