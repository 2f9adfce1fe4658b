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
        ["DeepGpu.Abstractions/Workload"] = ["(root)", "Errors"],
        ["DeepGpu.Cli/(root)"] = ["Commands"],
        ["DeepGpu.Cli/Commands"] = ["(root)"],
        ["DeepGpu.Formats/(root)"] = ["Bytes", "Hdf5", "Keras", "Numpy", "Pytorch", "Safetensors", "Tfjs", "Zip"],
        ["DeepGpu.Formats/Bytes"] = ["(root)"],
        ["DeepGpu.Formats/Csv"] = ["Bytes"],
        ["DeepGpu.Formats/Hdf5"] = ["(root)", "Bytes"],
        ["DeepGpu.Formats/Idx"] = ["Bytes"],
        ["DeepGpu.Formats/Images"] = ["(root)", "Bytes"],
        ["DeepGpu.Formats/Keras"] = ["(root)", "Bytes", "Hdf5", "Numpy", "Zip"],
        ["DeepGpu.Formats/Numpy"] = ["(root)", "Bytes", "Zip"],
        ["DeepGpu.Formats/Pytorch"] = ["(root)", "Bytes", "Zip"],
        ["DeepGpu.Formats/Safetensors"] = ["(root)", "Bytes", "Zip"],
        ["DeepGpu.Formats/Tfjs"] = ["(root)", "Bytes", "Keras"],
        ["DeepGpu.Formats/Zip"] = ["Bytes"],
        ["DeepGpu.Hardware/(root)"] = ["Detection"],
        ["DeepGpu.Hardware/Catalog"] = ["(root)", "Prices"],
        ["DeepGpu.Hardware/DependencyInjection"] = ["Catalog", "Detection", "Forecasting", "Recommendation", "Scoring"],
        ["DeepGpu.Hardware/Detection"] = ["(root)", "Catalog"],
        ["DeepGpu.Hardware/Forecasting"] = ["Catalog", "Recommendation"],
        ["DeepGpu.Hardware/Prices"] = ["Catalog"],
        ["DeepGpu.Hardware/Recommendation"] = ["Catalog", "Forecasting", "Prices", "Scoring"],
        ["DeepGpu.Hardware/Scoring"] = ["Catalog", "Forecasting"],
        ["DeepGpu.Models/(root)"] = ["Applications", "Builders", "Extensions", "Json", "Layers", "Optimizers", "Registry", "Shapes"],
        ["DeepGpu.Models/Applications"] = ["(root)", "Builders", "Initializers", "Layers", "Shapes", "Weights"],
        ["DeepGpu.Models/Builders"] = ["(root)", "Constraints", "Initializers", "Layers", "Precision", "Regularizers", "Shapes"],
        ["DeepGpu.Models/Constraints"] = ["Shapes"],
        ["DeepGpu.Models/Extensions"] = ["(root)", "Constraints", "Initializers", "Json", "Layers", "Optimizers", "Registry",
            "Regularizers"],
        ["DeepGpu.Models/Hashes"] = ["Layers"],
        ["DeepGpu.Models/Initializers"] = ["Layers", "Registry"],
        ["DeepGpu.Models/Json"] = ["(root)", "Builders", "Constraints", "Extensions", "Initializers", "Layers", "Optimizers", "Precision",
            "Registry", "Regularizers", "Shapes"],
        ["DeepGpu.Models/Layers"] = ["(root)", "Builders", "Constraints", "Hashes", "Initializers", "Json", "Precision", "Registry",
            "Regularizers", "Shapes"],
        ["DeepGpu.Models/Optimizers"] = ["(root)", "Extensions", "Json", "Layers", "Registry"],
        ["DeepGpu.Models/Registry"] = ["Json"],
        ["DeepGpu.Models/Weights"] = ["(root)"],
        ["DeepGpu/(root)"] = ["Data", "Lowering", "Runtime", "Training", "Weights"],
        ["DeepGpu/Data"] = ["(root)", "Lowering", "Runtime", "Training"],
        ["DeepGpu/Extending"] = ["Lowering", "Training"],
        ["DeepGpu/Lowering"] = ["(root)", "Data", "Extending", "Runtime", "Training"],
        ["DeepGpu/Runtime"] = ["(root)", "Data", "Lowering", "Training"],
        ["DeepGpu/Training"] = ["(root)", "Data", "Extending", "Lowering", "Runtime", "Weights"],
        ["DeepGpu/Weights"] = ["(root)", "Data", "Lowering", "Runtime", "Training"],
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
