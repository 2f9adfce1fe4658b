using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Checks of data against a model, before anything native sees it.</summary>
internal static class DataChecks
{
    public static void Inputs(NDArray inputs, ModelSpec spec, string name)
    {
        ArgumentNullException.ThrowIfNull(inputs, name);
        var expected = spec.InputShape;
        if (inputs.Rank > 0 && inputs.Shape[0] == 0) throw new TrainingDataException(new("empty_data", "At least one sample is needed,", $"but {name} is {inputs}.", "Check where the data comes from."));
        if (inputs.Rank == expected.Rank && expected.Axes.Zip(inputs.Shape).All(axis => axis.First is null || axis.First == axis.Second)) return;
        throw new TrainingDataException(new(
            "input_shape",
            $"Input '{spec.Inputs[0].Name}' of '{spec.Name}' needs {expected}",
            $"but {name} is ({string.Join(", ", inputs.Shape)}).",
            inputs.Rank == expected.Rank - 1 ? "Add the missing axis with NDArray.Reshape, the samples first." : "Reshape the data with NDArray.Reshape, or change the model's input."));
    }
}
