using DeepGpu.Data;

namespace DeepGpu;

/// <summary>How windows are cut out of a series.</summary>
public sealed record TimeSeriesOptions
{
    /// <summary>Steps a window, at least 1.</summary>
    public required int SequenceLength
    {
        get;
        init => field = Require.AtLeast(value, 1, nameof(TimeSeriesOptions), nameof(SequenceLength));
    }

    /// <summary>Steps between the starts of two windows, at least 1. Default 1.</summary>
    public int SequenceStride { get; init => field = Require.AtLeast(value, 1, nameof(TimeSeriesOptions), nameof(SequenceStride)); } = 1;

    /// <summary>Steps between two steps of a window, at least 1. Default 1.</summary>
    public int SamplingRate { get; init => field = Require.AtLeast(value, 1, nameof(TimeSeriesOptions), nameof(SamplingRate)); } = 1;

    /// <summary>The first step that is used, from 0. Default 0.</summary>
    public int StartIndex { get; init => field = Require.AtLeast(value, 0, nameof(TimeSeriesOptions), nameof(StartIndex)); }

    /// <summary>The step before which the used ones end; null (the default) for the series' end.</summary>
    public int? EndIndex { get; init; }
}

/// <summary>Windows of a time series as samples: Keras's <c>timeseries_dataset_from_array</c>.</summary>
public static class TimeSeries
{
    /// <summary>Windows, cut when they are needed: a series of a million steps takes no more memory than itself.</summary>
    /// <param name="data">The series, (steps) or (steps, features).</param>
    /// <param name="targets">The target of the window that starts at each step, (steps, ...):
    /// to forecast one step ahead of windows of 10 steps, pass the series from step 10 on. Null for windows without targets.</param>
    /// <param name="options">How windows are cut.</param>
    /// <returns>Samples with input (window) or (window, features), in the order of time.</returns>
    /// <exception cref="TrainingDataException">The series is shorter than one window, or targets are missing for it.</exception>
    public static DataStream Windows(NDArray data, NDArray? targets, TimeSeriesOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var (start, end) = Range(data, options);
        var last = end - start - (long)(options.SequenceLength - 1) * options.SamplingRate;
        if (targets is not null) last = Math.Min(last, targets.Shape[0] - start);
        if (last <= 0) throw TooShort(data, targets, options);
        var count = (int)((last + options.SequenceStride - 1) / options.SequenceStride);
        return DataStream.FromFunction(count, Window, i => $"the window from step {start + i * options.SequenceStride}");

        Sample Window(int index)
        {
            var first = start + index * options.SequenceStride;
            var window = options.SamplingRate == 1
                ? data.Slice(first, options.SequenceLength)
                : ArrayRows.Gather(data, [.. Enumerable.Range(0, options.SequenceLength).Select(i => first + i * options.SamplingRate)]);
            return targets is null ? new(window) : new(window, ArrayRows.Row(targets, first));
        }
    }

    /// <summary>Windows in memory.</summary>
    /// <param name="data">The series, (steps) or (steps, features).</param>
    /// <param name="targets">The target of the window that starts at each step, (steps, ...); null for windows without targets.</param>
    /// <param name="options">How windows are cut.</param>
    /// <returns>Inputs (windows, window) or (windows, window, features), in the order of time.</returns>
    /// <exception cref="TrainingDataException">The series is shorter than one window, or targets are missing for it.</exception>
    public static Dataset WindowsInMemory(NDArray data, NDArray? targets, TimeSeriesOptions options)
        => Windows(data, targets, options).ToDataset();

    private static (int Start, int End) Range(NDArray data, TimeSeriesOptions options)
    {
        if (data.Rank == 0) throw Require.OutOfRange(nameof(TimeSeries), nameof(data), "of rank 1 or more", data);
        var end = options.EndIndex ?? data.Shape[0];
        if (end <= options.StartIndex || end > data.Shape[0])
            throw Require.OutOfRange(nameof(TimeSeriesOptions), nameof(options.EndIndex),
                $"above startIndex, {options.StartIndex}, and at most the length of the data, {data.Shape[0]}", end);
        return (options.StartIndex, end);
    }

    private static TrainingDataException TooShort(NDArray data, NDArray? targets, TimeSeriesOptions options) => new(new(
        "series_too_short",
        $"A window of {options.SequenceLength} steps at rate {options.SamplingRate} needs "
            + $"{(long)(options.SequenceLength - 1) * options.SamplingRate + 1} steps and a target,",
        $"but the data is {data.TypeAndShape}{(targets is null ? "" : $", the targets {targets.TypeAndShape}")}, "
            + $"used from step {options.StartIndex}.",
        "Take shorter windows or more data."));
}
