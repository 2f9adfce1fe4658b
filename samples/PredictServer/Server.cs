using DeepGpu;
using DeepGpu.Models;

namespace PredictServer;

/// <summary>What a client sends: 28 x 28 pixels from 0 to 1, row by row.</summary>
public sealed record Drawing(float[] Pixels);

/// <summary>What it gets back.</summary>
public sealed record Answer(int Class, float Probability);

/// <summary>Answers over HTTP: requests that come at once are computed together.</summary>
public static class Server
{
    private const int Side = 28;

    public static ModelSpec Digits { get; } = Sequential.Input(Side, Side, 1)
        .Conv2D(16, 3, Activation.Relu).MaxPooling2D(2)
        .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
        .Flatten().Dense(10, Activation.Softmax).Build("digits");

    public static WebApplication Make(Func<IServiceProvider, IServableModel> open, Action<PredictorOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDeepGpu(open, configure);
        builder.Services.AddHealthChecks().AddDeepGpu();
        var server = builder.Build();
        server.MapHealthChecks("/health");
        server.MapPost("/predict", PredictAsync);
        return server;
    }

    private static async Task<IResult> PredictAsync(Drawing drawing, Predictor predictor, CancellationToken cancellation)
    {
        try
        {
            var pixels = NDArray.From<float>(drawing.Pixels, drawing.Pixels.Length).Reshape(1, Side, Side, 1);
            return Results.Ok(Best(await predictor.PredictAsync(pixels, null, cancellation)));
        }
        catch (PredictorException e)
        {
            return Results.Problem(e.Message, statusCode: e.Reason == PredictorRefusal.DeadlinePassed ? 504 : 503);
        }
        catch (DeepGpuArgumentException e)
        {
            return Results.BadRequest(e.Message);
        }
    }

    private static Answer Best(NDArray scores)
    {
        var numbers = scores.ToArray<float>();
        var best = Array.IndexOf(numbers, numbers.Max());
        return new(best, numbers[best]);
    }
}
