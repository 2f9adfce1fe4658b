namespace DeepGpu.Models;

/// <content>Descriptions of published transformers.</content>
public sealed partial class ModelSpec
{
    /// <summary>A transformer as Hugging Face's config.json describes it, every layer under the name that its published weights have:
    /// <c>Model.LoadWeights</c> takes them from model.safetensors, its index, or pytorch_model.bin.</summary>
    /// <remarks>Texts enter as numbers of words (batch, steps), where there are kinds of sentences with these beside them; padding is the
    /// number that the file states. Pictures enter as (batch, height, width, channels), sound as (batch, frames, bins). Outputs: of a
    /// language model logits (batch, steps, words), of a classifier logits (batch, classes), else the states (batch, steps, features) and
    /// what a pooler makes of the first one, if there is one. Heads that only pretraining uses are left out.</remarks>
    /// <param name="path">config.json, or the folder it lies in.</param>
    /// <exception cref="ModelFormatException">The file is no config.json, its family is not known or has no graph yet, or a value in it is
    /// impossible.</exception>
    /// <example><code>
    /// ModelSpec bert = ModelSpec.FromHuggingFace("bert-base-uncased");
    /// using Model model = bert.ToModel(Device.Best());
    /// model.LoadWeights("bert-base-uncased/model.safetensors");
    /// </code></example>
    public static ModelSpec FromHuggingFace(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = Directory.Exists(path) ? Path.Combine(path, "config.json") : path;
        try
        {
            var (shape, graph) = HuggingFaceConfig.ReadGraph(file, Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))));
            return graph.Model(PrintableText.Is(shape.Name) ? shape.Name : shape.ModelType);
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(file);
        }
    }
}
