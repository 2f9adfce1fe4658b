using DeepGpu;

namespace ServeWithOnnx;

/// <summary>What a client sends: 28 x 28 pixels from 0 to 1, row by row.</summary>
public sealed record Drawing(float[] Pixels);

/// <summary>What it gets back.</summary>
public sealed record Answer(string Class, float Probability);

/// <summary>Answers over HTTP: one predictor for all requests, which may come at once.</summary>
public static class Server
{
    private const int Side = 28;

    public static WebApplication Make(OnnxPredictor predictor, params string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var server = builder.Build();
        server.MapGet("/model", () => new { inputs = predictor.InputNames, classes = predictor.Classes });
        server.MapPost("/predict", (Drawing drawing) => drawing.Pixels.Length == Side * Side
            ? Results.Ok(Predict(predictor, drawing))
            : Results.BadRequest($"A drawing has {Side * Side} pixels, but this one has {drawing.Pixels.Length}."));
        return server;
    }

    private static Answer Predict(OnnxPredictor predictor, Drawing drawing)
    {
        var scores = predictor.Predict(NDArray.From<float>(drawing.Pixels, 1, Side, Side, 1)).ToArray<float>();
        var best = Array.IndexOf(scores, scores.Max());
        return new(predictor.Classes[best], scores[best]);
    }
}
