namespace DeepGpu.Hardware.Forecasting;

/// <summary>Answers for a forecast that no list of operations stands behind.</summary>
internal interface IForecastLimits
{
    /// <summary>The largest batch that fits a card; 0 for none.</summary>
    int MaximumBatch(GpuSpec card);

    /// <summary>What would make it fit a card.</summary>
    IReadOnlyList<FitRemedy> WhatMakesItFit(GpuSpec card);
}
