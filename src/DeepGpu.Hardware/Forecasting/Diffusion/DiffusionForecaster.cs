using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>Forecasts how long diffusion models take for pictures on cards nobody needs to own.</summary>
/// <remarks>The law and how far it is off are in docs/forecasting.md.</remarks>
public sealed class DiffusionForecaster
{
    private const string File = "diffusion.json";

    private readonly FittedPart _data = FittedPart.Read(File, DiffusionConstants.Table);

    private DiffusionForecaster()
    {
    }

    /// <summary>The forecaster of the built-in calibration.</summary>
    public static DiffusionForecaster Default { get; } = new();

    /// <summary>Forecasts pictures on a card.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="card">The card.</param>
    /// <exception cref="DeepGpuArgumentException">A count is below 1.</exception>
    public DiffusionForecast Forecast(DiffusionRequest request, GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var (r, c) = (Checked(request), _data.Values);
        var weights = ByteSize.FromBytes((long)((r.Model.ParameterCount + DiffusionLaw.DecoderParameters) * r.Precision.BytesPerElement()));
        var plain = new DiffusionForecast
        {
            Request = r,
            Card = card,
            Weights = weights,
            Fits = weights.Bytes > TransformerFit.UsableBytes(card) ? FitVerdict.DoesNotFit : null,
        };
        if (DiffusionLaw.Step(c, r, card) is not { } step || DiffusionLaw.Total(c, r, card) is not { } total)
            return plain with { Notes = [SecondsEstimate.NoRates] };
        var all = _data.Around("diffusion.total", "diffusion", total, card);
        return plain with
        {
            StepTime = SecondsEstimate.Span(_data.Around("diffusion.step", "diffusion", step, card)),
            TotalTime = SecondsEstimate.Span(all),
            SecondsPerImage = new(all.Value / r.Images, all.Low / r.Images, all.High / r.Images, all.Basis),
        };
    }

    private static DiffusionRequest Checked(DiffusionRequest r)
    {
        ArgumentNullException.ThrowIfNull(r);
        const string owner = nameof(DiffusionRequest);
        Require.AtLeast(r.Width, 1, owner);
        Require.AtLeast(r.Height, 1, owner);
        Require.AtLeast(r.Steps, 1, owner);
        Require.AtLeast(r.Images, 1, owner);
        return r;
    }
}
