// A model behind a minimal API: batching queue, health check, graceful end.
// dotnet run -c Release --project samples/PredictServer [-- --once]
using System.Globalization;
using DeepGpu;
using PredictServer;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var once = args.Contains("--once");
await using var server = Server.Make(_ => Server.Digits.ToModel(Device.Best(), seed: 1),
    options => options.Timeout = TimeSpan.FromSeconds(5));
server.Urls.Add(once ? "http://127.0.0.1:0" : "http://127.0.0.1:5080");
await server.StartAsync();
if (!once)
{
    Console.WriteLine($"Listening: GET {server.Urls.First()}/health, POST /predict with {{\"pixels\": [784 numbers]}}");
    await server.WaitForShutdownAsync();
    return;
}

using var client = new HttpClient { BaseAddress = new(server.Urls.First()) };
Console.WriteLine($"GET /health -> {await client.GetStringAsync("/health")}");
using var answer = await client.PostAsJsonAsync("/predict", new Drawing(new float[784]));
Console.WriteLine($"POST /predict -> {await answer.Content.ReadAsStringAsync()}");
using var refused = await client.PostAsJsonAsync("/predict", new Drawing(new float[3]));
Console.WriteLine($"POST /predict with 3 pixels -> {refused.StatusCode}");
await server.StopAsync();
