namespace DeepGpu.Models.Layers;

/// <summary>Layers whose kernel or embeddings can be quantised, and trained through low-rank matrices beside them.</summary>
internal interface IAdaptable
{
    /// <summary>How the matrix is kept; null as it is.</summary>
    Quantization? Quantization { get; }

    /// <summary>The rank of the matrices beside it; null for none.</summary>
    int? LoraRank { get; }

    /// <summary>What their product is multiplied with, times the rank; null for the rank.</summary>
    double? LoraAlpha { get; }

    /// <summary>Whether the matrices alone are trained, not the bias either.</summary>
    bool LoraOnly { get; }

    /// <summary>The layer that its options are in.</summary>
    Layer Owner => (Layer)this;

    /// <summary>The factor of their product.</summary>
    double LoraScale => (LoraAlpha ?? LoraRank!.Value) / LoraRank!.Value;

    /// <summary>Whether the mode exists for this layer.</summary>
    bool Supports(Quantization quantization) => true;

    /// <summary>The matrix, for the shape of an input.</summary>
    MatrixForm Form(Shape input);

    /// <summary>The same layer with its matrix quantised.</summary>
    Layer With(Quantization quantization);

    /// <summary>The same layer with matrices beside its own, which alone are trained or with the bias.</summary>
    Layer WithLora(int rank, double? alpha, bool only);

    /// <summary>The same layer without matrices beside its own.</summary>
    Layer WithoutLora();
}
