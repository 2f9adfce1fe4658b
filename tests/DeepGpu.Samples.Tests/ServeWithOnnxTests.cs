using System.Net;
using System.Net.Http.Json;
using DeepGpu.Testing;
using ServeWithOnnx;

namespace DeepGpu.Samples.Tests;

/// <summary>The server that answers by ONNX Runtime, and the page that shows it.</summary>
public sealed class ServeWithOnnxTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void The_pages_listing_stands_in_the_sample()
    {
        var listing = RepositoryFolder.Read("docs/onnx.md").Split("```csharp\n")[^1].Split("\n```")[0];
        Lines(RepositoryFolder.Read("samples/ServeWithOnnx/Server.cs")).Should().ContainInOrder(Lines(listing));
    }

    [Fact]
    public async Task It_answers_what_was_drawn_and_refuses_another_size()
    {
        var cancel = TestContext.Current.CancellationToken;
        var path = Path.Combine(_folder.FullName, "digits.onnx");
        DigitTraining.Export(path, samples: 300, epochs: 1);
        using var predictor = OnnxPredictor.Load(path);
        await using var server = Server.Make(predictor);
        server.Urls.Add("http://127.0.0.1:0");
        await server.StartAsync(cancel);
        using var client = new HttpClient { BaseAddress = new(server.Urls.First()) };
        (await client.GetStringAsync("/model", cancel)).Should().Contain("\"zero\",\"one\"");
        using var response = await client.PostAsJsonAsync("/predict", new Drawing(new float[784]), cancel);
        var answer = await response.Content.ReadFromJsonAsync<Answer>(cancel);
        predictor.Classes.Should().Contain(answer!.Class);
        answer.Probability.Should().BeInRange(0.1f, 1);
        using var refused = await client.PostAsJsonAsync("/predict", new Drawing(new float[3]), cancel);
        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(cancel)).Should().Contain("784 pixels, but this one has 3.");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim())];
}
