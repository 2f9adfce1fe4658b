// Train a network, export it as ONNX, answer over HTTP by ONNX Runtime, without torch in the server's way.
// dotnet run -c Release --project samples/ServeWithOnnx [-- --once] [--model FILE]
using System.Globalization;
using DeepGpu;
using ServeWithOnnx;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var once = args.Contains("--once");
var path = Array.IndexOf(args, "--model") is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : "digits.onnx";

DigitTraining.Export(path, samples: once ? 1_000 : 10_000, epochs: once ? 3 : 5);
Console.WriteLine($"Exported {Path.GetFileName(path)}");

using var predictor = OnnxPredictor.Load(path);
await using var server = Server.Make(predictor);
server.Urls.Add(once ? "http://127.0.0.1:0" : "http://127.0.0.1:5080");
await server.StartAsync();
if (!once)
{
    Console.WriteLine($"Listening: GET {server.Urls.First()}/model, POST /predict with {{\"pixels\": [784 numbers]}}");
    await server.WaitForShutdownAsync();
    return;
}

using var client = new HttpClient { BaseAddress = new(server.Urls.First()) };
Console.WriteLine($"GET /model -> {await client.GetStringAsync("/model")}");
var (_, test) = Datasets.GeneratedDigits(trainCount: 1, testCount: 5);
foreach (var index in Enumerable.Range(0, test.Count))
{
    var sample = test.Sample(index);
    using var response = await client.PostAsJsonAsync("/predict", new Drawing(sample.Input.ToArray<float>()));
    Console.WriteLine($"POST /predict -> {await response.Content.ReadAsStringAsync()}, drawn was {sample.Target.ToArray<int>()[0]}");
}
