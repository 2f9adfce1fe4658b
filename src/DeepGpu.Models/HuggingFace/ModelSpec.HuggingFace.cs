using DeepGpu.Models.HuggingFace;

namespace DeepGpu.Models;

/// <content>Descriptions from Hugging Face's config.json.</content>
public sealed partial class ModelSpec
{
    /// <summary>The layers of a transformer as Hugging Face's config.json tells them. No weights are read.</summary>
    /// <remarks>Layers are called as the modules are whose weights the published files hold, so that <c>Model.LoadWeights</c> finds them
    /// by name. A language model takes the numbers of words (batch, steps) and yields logits (batch, steps, words). The names under
    /// "architectures" say which head there is: ForSequenceClassification, ForTokenClassification, ForQuestionAnswering and
    /// ForImageClassification; heads that only pretraining uses are left out unless asked for. Of a model that also
    /// sees or hears, the text's part is described. Of families that <see cref="HuggingFaceConfig"/> reads and this does not, only the
    /// numbers are known.</remarks>
    /// <param name="path">config.json, or the folder it lies in.</param>
    /// <param name="includePretrainingHead">Whether BERT, RoBERTa, DistilBERT or ELECTRA yields the logits of the word at each step,
    /// (batch, steps, words), as ForMaskedLM, whatever the file says. Default false.</param>
    /// <exception cref="ModelFormatException">The file is no config.json, its family is not known or not described layer by layer, or a
    /// value in it is impossible; a head is asked for that the family has not.</exception>
    /// <example><code>
    /// ModelSpec llama = ModelSpec.FromHuggingFace("Llama-3.2-1B");
    /// using Model model = llama.ToModel(Device.Best());
    /// model.LoadWeights("Llama-3.2-1B/model.safetensors");
    /// </code></example>
    public static ModelSpec FromHuggingFace(string path, bool includePretrainingHead = false)
        => HuggingFaceConfig.Read<ModelSpec>(path, name: null,
            includePretrainingHead ? NetworkTable.BuildForPretraining : NetworkTable.Build);

    /// <summary>The values of "model_type" that <see cref="FromHuggingFace"/> describes, sorted.</summary>
    public static IReadOnlyList<string> HuggingFaceModelTypes { get; } = [.. NetworkTable.Builders.Keys.Order(StringComparer.Ordinal)];
}
