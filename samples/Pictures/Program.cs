// Draws every kind of picture: dotnet run -c Release --project samples/Pictures -- docs/pictures [--only NAME]
using Pictures;

var folder = args.Length > 0 ? args[0] : "pictures";
var only = Array.IndexOf(args, "--only") is >= 0 and var i ? args[i + 1] : null;
using var training = new DigitTraining();
foreach (var (name, draw) in CardPictures.All.Concat(ModelPictures.All).Concat(training.All)
    .Where(picture => only is null || picture.Key == only))
{
    var path = Path.Combine(folder, name + ".png");
    draw().Save(path);
    Console.WriteLine(path);
}
