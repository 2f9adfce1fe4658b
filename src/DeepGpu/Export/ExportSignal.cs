using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>A value, and which of its steps count: truth values (batch, steps), null for all.</summary>
internal readonly record struct ExportSignal(GraphValue Tensor, GraphValue? Mask = null);

/// <summary>What a layer becomes.</summary>
internal delegate IReadOnlyList<ExportSignal> ExportRule(Layer layer, ExportContext context, IReadOnlyList<ExportSignal> inputs);

/// <summary>Why a layer cannot be written.</summary>
internal sealed class ExportRefusal(string reason) : Exception(reason);
