using System.Globalization;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Advice;

/// <summary>A model whose operations are known one by one.</summary>
internal sealed class ModelWork(Workload workload, GpuForecaster forecaster, ForecastOptions options) : AdvisedWork
{
    /// <summary>Cards are compared in one computer.</summary>
    private readonly ForecastOptions _options = options with { IsInNewComputer = true };

    public override Workload Workload => workload;

    public override string Text => TextOf(workload);

    public override string Precision => workload.Precision.ToString();

    public override ByteSize Peak => MemoryFitting.Forecast(workload, _options).Peak.Value;

    public static string TextOf(Workload workload)
    {
        var (name, task) = (PrintableText.Of(workload.Name), workload.Task.ToString().ToLowerInvariant());
        return string.Create(CultureInfo.InvariantCulture, $"'{name}' ({task}, batch {workload.BatchSize}, {workload.Precision})");
    }

    public override GpuForecast? On(GpuSpec card)
        => card.Supports(workload.Precision) ? forecaster.Forecast(workload, card, _options) : null;

    public override AdvisedWork AtBatch(int batch) => new ModelWork(workload.AtBatchSize(batch), forecaster, _options);

    public override AdvisedWork AtPowerLimit(Power limit) => new ModelWork(workload, forecaster, _options with { PowerLimit = limit });

    public override IReadOnlyList<FitRemedy> Remedies(GpuSpec card) => FitRemedies.Of(workload, card, _options);

    public override FitRemedy? MoreCards(GpuSpec card) => FitRemedies.Cards(workload, card, _options);
}
