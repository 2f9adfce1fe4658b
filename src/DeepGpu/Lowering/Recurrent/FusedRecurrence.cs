using TorchSharp;

namespace DeepGpu;

/// <summary>torch's kernels that run a whole sequence: cuDNN, oneDNN or ATen.</summary>
internal enum FusedKernel
{
    /// <summary>A fully connected layer with tanh.</summary>
    RnnTanh,

    /// <summary>A fully connected layer with ReLU.</summary>
    RnnRelu,

    /// <summary>Long short-term memory.</summary>
    Lstm,

    /// <summary>Gated recurrent unit, reset after the product.</summary>
    Gru,
}

/// <summary>Reaches those kernels through TorchScript, with weights of our own.</summary>
/// <remarks>The text is constant and covered by tests: a faulty one would end the process.</remarks>
internal static class FusedRecurrence
{
    private const string Source = """
        def rnntanh(x: Tensor, h: List[Tensor], w: List[Tensor], bias: bool, train: bool):
            y, n = torch.rnn_tanh(x, h[0].unsqueeze(0), w, bias, 1, 0.0, train, False, True)
            return [y, n.squeeze(0)]
        def rnnrelu(x: Tensor, h: List[Tensor], w: List[Tensor], bias: bool, train: bool):
            y, n = torch.rnn_relu(x, h[0].unsqueeze(0), w, bias, 1, 0.0, train, False, True)
            return [y, n.squeeze(0)]
        def gru(x: Tensor, h: List[Tensor], w: List[Tensor], bias: bool, train: bool):
            y, n = torch.gru(x, h[0].unsqueeze(0), w, bias, 1, 0.0, train, False, True)
            return [y, n.squeeze(0)]
        def lstm(x: Tensor, h: List[Tensor], w: List[Tensor], bias: bool, train: bool):
            y, n, c = torch.lstm(x, [h[0].unsqueeze(0), h[1].unsqueeze(0)], w, bias, 1, 0.0, train, False, True)
            return [y, n.squeeze(0), c.squeeze(0)]

        """;

    private static readonly Lazy<torch.jit.CompilationUnit> Unit = new(() => torch.jit.compile(Source));

    /// <summary>Runs a sequence (batch, time, features) from states (batch, units).</summary>
    public static (torch.Tensor Outputs, IReadOnlyList<torch.Tensor> States) Run(FusedKernel kernel, torch.Tensor sequence, IReadOnlyList<torch.Tensor> states, torch.Tensor[] weights, bool isTraining)
    {
        var name = kernel.ToString().ToLowerInvariant();
        var result = (torch.Tensor[])Unit.Value.invoke(name, sequence, states.ToArray(), weights, weights.Length > 2, isTraining);
        return (result[0], result[1..]);
    }
}
