namespace DeepGpu.Hardware;

/// <summary>The facts of one graphics card or accelerator. A fact that no source states is null, never a guess.</summary>
/// <remarks>Rates are peak and dense (sparsity is never counted), at the boost clock. A multiply-add counts as two operations.
/// A module of two dies (MI250X, B200) is one entry with the figures of both.</remarks>
public sealed partial record GpuSpec
{
    /// <summary>The full name, e.g. "GeForce RTX 3090".</summary>
    public required string Name { get; init; }

    /// <summary>Other names the card is known by, its driver's name among them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who designs it.</summary>
    public required GpuVendor Vendor { get; init; }

    /// <summary>The architecture, e.g. "Ampere".</summary>
    public required string Architecture { get; init; }

    /// <summary>Where it is meant to be used.</summary>
    public GpuSegment? Segment { get; init; }

    /// <summary>The day it was announced or released.</summary>
    public DateOnly? ReleaseDate { get; init; }

    /// <summary>The year of <see cref="ReleaseDate"/>, or a year alone where no day is known.</summary>
    public int? ReleaseYear { get => ReleaseDate?.Year ?? field; init; }

    /// <summary>Price at launch, in US dollars of that day. Not what a shop asks today. Null for what is sold only in a computer:
    /// that computer's price is in the catalogue's prices.</summary>
    public Money? LaunchPrice { get; init; }

    /// <summary>Which source states which fact: a source's key in <see cref="GpuCatalog.Sources"/> to field names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

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
