namespace DeepGpu;

/// <content>What a server needs to know of it.</content>
public sealed partial class OnnxPredictor : IServableModel
{
    IReadOnlyList<ServableInput> IServableModel.Inputs
        => [.. _inputs.Select(input => new ServableInput(input.Name, input.Type, input.Shape))];

    bool IServableModel.IsBatchable => _hasSamples;

    void IServableModel.CheckInputs(IReadOnlyList<NDArray> inputs) => Check(inputs);
}
