using DeepGpu.Models.HuggingFace;

namespace DeepGpu.Models;

/// <content>Descriptions of published transformers.</content>
public sealed partial class ModelSpec
{
    /// <summary>A model as Hugging Face's config.json describes it.</summary>
    /// <param name="path">config.json, or the folder it lies in.</param>
    public static ModelSpec FromHuggingFace(string path) => HuggingFaceConfig.ReadModel(path);
}
