using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>Forecasts how long networks for pictures take, by the numbers that tables of models publish.</summary>
/// <remarks>The law and how far it is off are in docs/forecasting.md. <see cref="GpuForecaster"/> forecasts models that are described by
/// layers, their memory and draw, too.</remarks>
public sealed class VisionForecaster
{
    private readonly FittedPart _data = VisionTimes.Data;

    private VisionForecaster()
    {
    }

    /// <summary>The forecaster of the built-in calibration.</summary>
    public static VisionForecaster Default { get; } = new();

    /// <summary>Forecasts a step on a card.</summary>
    /// <param name="request">The step.</param>
    /// <param name="card">The card.</param>
    /// <exception cref="DeepGpuArgumentException">A number is not above 0.</exception>
    public VisionForecast Forecast(VisionRequest request, GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var r = Checked(request);
        var plain = new VisionForecast { Request = r, Card = card };
        if (VisionTimes.Of(_data, r, card) is not { } time)
            return plain with { Notes = [SecondsEstimate.NoRates] };
        return plain with { StepTime = SecondsEstimate.Span(time), ImagesPerSecond = SecondsEstimate.Inverse(time, r.BatchSize) };
    }

    private static VisionRequest Checked(VisionRequest r)
    {
        ArgumentNullException.ThrowIfNull(r);
        const string owner = nameof(VisionRequest);
        Require.AtLeast(r.BatchSize, 1, owner);
        Require.Positive(r.Model.Flops, owner);
        Require.Positive(r.Model.Activations, owner);
        Require.AtLeast(r.Model.Layers, 0, owner);
        return r;
    }
}
