namespace DeepGpu;

/// <summary>Which way a measured value gets better.</summary>
public enum MonitorMode
{
    /// <summary>As the metric itself says; a loss gets better by falling.</summary>
    Auto,

    /// <summary>By falling.</summary>
    Min,

    /// <summary>By rising.</summary>
    Max,
}
