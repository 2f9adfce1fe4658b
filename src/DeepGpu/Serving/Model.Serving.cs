using DeepGpu.Data;
using DeepGpu.Models;

namespace DeepGpu;

/// <content>What a server needs to know of it.</content>
public sealed partial class Model : IServableModel
{
    IReadOnlyList<ServableInput> IServableModel.Inputs
        => [.. Spec.Inputs.Select(node => new ServableInput(node.Name, TypeOf(node), node.OutputShapes[0]))];

    bool IServableModel.IsBatchable => !Graph.IsStateful;

    IReadOnlyList<NDArray> IServableModel.Predict(IReadOnlyList<NDArray> inputs, int batchSize) => Predict(inputs, batchSize);

    void IServableModel.CheckInputs(IReadOnlyList<NDArray> inputs) => DataChecks.Inputs(inputs, Spec, nameof(inputs));

    private static DataType TypeOf(ModelNode node) => node.Layer is InputLayer input ? input.ElementType : DataType.Float32;
}
