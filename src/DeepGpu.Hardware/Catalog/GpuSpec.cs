namespace DeepGpu.Hardware;

/// <summary>The figures of one graphics card or accelerator. What no source states is null, never a guess.</summary>
/// <remarks>Rates are peak and dense (sparsity is never counted), at the boost clock. A multiply-add counts as two operations.
/// A module of two dies (MI250X, B200) is one entry with the figures of both.</remarks>
public sealed partial record GpuSpec : CatalogEntry
{
    /// <summary>The day it was announced or released.</summary>
    public DateOnly? ReleaseDate { get; init; }

    /// <summary>The year of <see cref="ReleaseDate"/>, or a year alone where no day is known.</summary>
    public int? ReleaseYear { get => ReleaseDate?.Year ?? field; init; }

    /// <summary>Where a source states another figure than the one taken.</summary>
    public IReadOnlyList<SourceConflict> Conflicts { get; init; } = [];

    /// <summary>Name, memory, bandwidth and power in one line; what is unknown is left out.</summary>
    public override string ToString()
        => $"{Name} ({string.Join(", ", new[] { Architecture, Vram.ToString(), Bandwidth.ToString(), Tdp?.ToString() }.OfType<string>())})";
}

/// <summary>A figure that a source states and the catalogue did not take.</summary>
/// <param name="Field">The field's name in the catalogue's JSON; its unit is in the name.</param>
/// <param name="Source">The source's key in <see cref="GpuCatalog.Sources"/>.</param>
/// <param name="Value">What the source says, as text.</param>
/// <param name="Note">Why it was not taken, where that is known.</param>
public sealed record SourceConflict(string Field, string Source, string Value, string? Note = null);
