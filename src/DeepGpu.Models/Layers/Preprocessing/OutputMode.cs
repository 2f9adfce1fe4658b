namespace DeepGpu.Models;

/// <summary>How numbers of categories are written.</summary>
public enum OutputMode
{
    /// <summary>As they are: (...) of Int64.</summary>
    Int,

    /// <summary>Each as a row that is 1 at its place: (..., categories); an axis of length 1 at the end is replaced.</summary>
    OneHot,

    /// <summary>Those of a sample as one row that is 1 where a category occurs: (categories) for each (length).</summary>
    MultiHot,

    /// <summary>Those of a sample as one row of how often each occurs.</summary>
    Count,

    /// <summary>Those of a sample as one row of how often each occurs, times its inverse document frequency.</summary>
    TfIdf,
}
