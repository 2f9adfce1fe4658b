using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>A format of files of tensors: its name, its endings, and what its tensors' order and layout say.
/// It is told by a file's bytes, never by the ending.</summary>
/// <remarks>Every format this library reads: <see cref="WeightFile.Formats"/>.</remarks>
public sealed class FileFormat
{
    /// <summary>Declares a format.</summary>
    /// <param name="name">The name.</param>
    /// <param name="endings">How files of it are called, the usual ending first.</param>
    internal FileFormat(string name, params ImmutableArray<string> endings)
    {
        (Name, Endings) = (name, endings);
        WithoutModel = new(
            "not_a_model",
            "A model file holds a description and weights,",
            $"but this is a file of kind '{name}'.",
            "Build the model, then call LoadWeights with the file.");
    }

    /// <summary>The name: "safetensors", "safetensors-index", "pth", "deepgpu", "keras", "h5", "npz", "npy" or "tfjs".</summary>
    public string Name { get; }

    /// <summary>How files of it are called, each with its point, the usual ending first: ".safetensors".</summary>
    public ImmutableArray<string> Endings { get; }

    /// <summary>Whether writers list tensors by name, so that their order in the file may say nothing. Default false.</summary>
    internal bool IsSorted { get; init; }

    /// <summary>Whether its tensors are in Keras's layout whatever their names. Default false: names of torch tell torch's.</summary>
    internal bool IsOfKeras { get; init; }

    /// <summary>Why a file of it without a description is no model, and what to do with it.</summary>
    internal Fault WithoutModel { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
