// A layer with weights, an option and operations, and an optimizer of its own: described, forecast, trained, saved, loaded, resumed.
// dotnet run -c Release --project samples/CustomLayer
using CustomLayer;

Console.WriteLine(Journey.ThroughText().Summary());
Console.WriteLine(Journey.Forecast());

var folder = Directory.CreateTempSubdirectory("custom-layer-").FullName;
using var model = Journey.Compiled();
var history = Journey.Train(model, folder, epochs: 20);
Console.WriteLine(FormattableString.Invariant($"loss {history["loss"][0]:F3} -> {history["loss"][^1]:F3}"));

foreach (var name in new[] { "model.deepgpu", "model.keras" })
{
    var (loaded, copied) = Journey.ThroughFile(model, Path.Combine(folder, name));
    using var first = loaded;
    using var second = copied;
    loaded.Fit(Journey.Samples());
    Console.WriteLine($"{name}: loaded and trained on with {string.Join(", ", loaded.Weights.Select(weight => weight.Name))}");
}

Directory.Delete(folder, recursive: true);
