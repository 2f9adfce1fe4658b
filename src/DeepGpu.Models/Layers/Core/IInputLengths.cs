namespace DeepGpu.Models.Layers;

/// <summary>Says which length each open axis of an input takes, where the first axis need not be the batch.</summary>
internal interface IInputLengths
{
    /// <summary>The input's shape at a batch size and a number of time steps.</summary>
    /// <param name="declared">The shape that the model declares.</param>
    /// <param name="batch">The batch size.</param>
    /// <param name="steps">The number of time steps; null where none is given.</param>
    Shape At(Shape declared, int batch, int? steps);
}
