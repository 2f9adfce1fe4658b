using DeepGpu.Testing;
using Measures;

namespace DeepGpu.Architecture.Tests;

/// <summary>
/// The arrows between the folders of a project point one way: each use of another folder is one of the table, as eng/Measures finds it.
/// "(root)" are the files beside the project file.
/// </summary>
public class FolderArrowTests
{
    private static readonly FolderTable Allowed = new(new Dictionary<string, string[]>
    {
        ["DeepGpu.Abstractions/Arrays"] = ["Errors"],
        ["DeepGpu.Abstractions/Errors"] = ["(root)"],
        ["DeepGpu.Abstractions/Files"] = ["Errors"],
        ["DeepGpu.Abstractions/Json"] = ["(root)", "Errors"],
        ["DeepGpu.Abstractions/Workloads"] = ["(root)", "Errors", "Json", "Units"],
        ["DeepGpu.Cli/(root)"] = ["Commands", "Output"],
        ["DeepGpu.Cli/Commands"] = ["Arguments", "Output"],
        ["DeepGpu.Distributed/(root)"] = ["Mpi"],
        ["DeepGpu.Distributed/Mpi"] = ["Nccl"],
        ["DeepGpu.Formats/(root)"] = ["Archives", "Bytes", "Hdf5", "Keras", "Numpy", "Pytorch", "Safetensors", "Tensors", "Tfjs", "Zip"],
        ["DeepGpu.Formats/Archives"] = ["Bytes", "Safetensors", "Tensors", "Zip"],
        ["DeepGpu.Formats/Csv"] = ["Bytes"],
        ["DeepGpu.Formats/Hdf5"] = ["Bytes", "Tensors"],
        ["DeepGpu.Formats/Idx"] = ["Bytes"],
        ["DeepGpu.Formats/Images"] = ["Bytes"],
        ["DeepGpu.Formats/Keras"] = ["Bytes", "Hdf5", "Numpy", "Tensors", "Zip"],
        ["DeepGpu.Formats/Numpy"] = ["Bytes", "Tensors", "Zip"],
        ["DeepGpu.Formats/Pytorch"] = ["Bytes", "Tensors", "Zip"],
        ["DeepGpu.Formats/Safetensors"] = ["Bytes", "Pytorch", "Tensors", "Zip"],
        ["DeepGpu.Formats/Tensors"] = ["Bytes"],
        ["DeepGpu.Formats/Tfjs"] = ["Bytes", "Keras", "Tensors"],
        ["DeepGpu.Formats/Zip"] = ["Bytes"],
        ["DeepGpu.Hardware/Advice"] = ["Catalog", "Forecasting", "Scoring", "Texts"],
        ["DeepGpu.Hardware/DependencyInjection"] = ["Advice", "Catalog", "Detection", "Forecasting", "Scoring"],
        ["DeepGpu.Hardware/Detection"] = ["Catalog"],
        ["DeepGpu.Hardware/Forecasting"] = ["Catalog", "Texts"],
        ["DeepGpu.Hardware/Scoring"] = ["Catalog", "Forecasting"],
        ["DeepGpu.Models/Architectures"] = ["Builders", "Graphs", "HuggingFace", "Initializers", "Layers", "Precision", "Shapes",
            "Weights"],
        ["DeepGpu.Models/Builders"] = ["Constraints", "Graphs", "Hashes", "Initializers", "Layers", "Precision", "Regularizers", "Shapes"],
        ["DeepGpu.Models/Constraints"] = ["Shapes"],
        ["DeepGpu.Models/Graphs"] = ["Layers", "Registry", "Shapes", "Weights"],
        ["DeepGpu.Models/HuggingFace"] = ["Builders", "Graphs", "Initializers", "Layers", "Precision", "Shapes"],
        ["DeepGpu.Models/Initializers"] = ["Registry", "Values"],
        ["DeepGpu.Models/Json"] = ["Constraints", "Graphs", "Hashes", "Initializers", "Layers", "Optimizers", "Precision", "Registry",
            "Regularizers", "Shapes"],
        ["DeepGpu.Models/Layers"] = ["Constraints", "Hashes", "Initializers", "Precision", "Registry", "Regularizers", "Shapes", "Values"],
        ["DeepGpu.Models/Onnx"] = ["Builders", "Graphs", "Initializers", "Layers", "Registry", "Shapes", "Weights"],
        ["DeepGpu.Models/Optimizers"] = ["Graphs", "Layers", "Registry", "Values"],
        ["DeepGpu.Models/Weights"] = ["Values"],
        ["DeepGpu.Models/Workloads"] = ["Graphs", "Layers", "Optimizers", "Shapes"],
        ["DeepGpu.Visuals/Diagrams"] = ["Charts"],
        ["DeepGpu.Visuals/Layers"] = ["Charts"],
        ["DeepGpu.Visuals/Reports"] = ["Charts"],
        ["DeepGpu/(root)"] = ["Lowering", "Runtime"],
        ["DeepGpu/Data"] = ["(root)", "Downloads", "Losses", "Lowering", "Metrics", "Numbers", "Runtime", "Weights"],
        ["DeepGpu/Diagnostics"] = ["(root)", "Data", "Losses", "Lowering", "Runtime", "Training", "Weights"],
        ["DeepGpu/Explanations"] = ["(root)", "Data", "Lowering", "Runtime"],
        ["DeepGpu/Export"] = ["Lowering", "Operations"],
        ["DeepGpu/Extending"] = ["Losses", "Lowering", "Metrics", "Optimizers"],
        ["DeepGpu/Generation"] = ["(root)", "Data", "Lowering", "Numbers", "Operations", "Runtime", "Training"],
        ["DeepGpu/Losses"] = ["Operations", "Runtime"],
        ["DeepGpu/Lowering"] = ["Numbers", "Operations", "Replicas", "Runtime"],
        ["DeepGpu/Metrics"] = ["Losses", "Lowering", "Operations", "Runtime"],
        ["DeepGpu/Optimizers"] = ["Lowering", "Replicas", "Runtime"],
        ["DeepGpu/Runtime"] = ["Downloads", "Operations"],
        ["DeepGpu/Serving"] = ["(root)", "Data", "Lowering", "Training"],
        ["DeepGpu/Training"] = ["(root)", "Data", "Export", "Losses", "Lowering", "Metrics", "Numbers", "Operations", "Optimizers",
            "Replicas", "Runtime", "Weights"],
        ["DeepGpu/Weights"] = ["(root)", "Downloads", "Export", "Lowering", "Numbers", "Runtime"],
    });

    private static readonly Lazy<FolderTable> Code = new(() => FolderTable.Of(FolderUse.In(SourceTree.Read(RepositoryFolder.Root))));

    [Fact]
    public void A_folder_uses_only_folders_that_the_table_names()
        => Code.Value.Without(Allowed).Should().BeEmpty("they are not in the table. The code as it is has this one:\n{0}\n", Code.Value);

    [Fact]
    public void Every_arrow_of_the_table_is_used()
        => Allowed.Without(Code.Value).Should().BeEmpty("nothing uses them. The code as it is has this table:\n{0}\n", Code.Value);

    [Fact]
    public void No_folders_reach_one_another_in_a_circle() => Allowed.Circles().Should().BeEmpty();

    [Fact]
    public void The_table_is_sorted() => Allowed.Unsorted().Should().BeEmpty();
}
