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

/// <summary>Reaches those kernels through TorchScript, with weights of our own;
/// <see cref="SigmoidRecurrence"/> takes their place where it serves.</summary>
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
    /// <param name="kernel">Which kernel.</param>
    /// <param name="sequence">(batch, time, features).</param>
    /// <param name="states">(batch, units) each.</param>
    /// <param name="weights">Kernel, recurrent kernel and, if any, two biases.</param>
    /// <param name="pass">Whether every step's output is wanted, and whether it is training.</param>
    public static FusedOutput Run(FusedKernel kernel, torch.Tensor sequence, IReadOnlyList<torch.Tensor> states,
        torch.Tensor[] weights, FusedPass pass)
    {
        if (!SigmoidRecurrence.Serves(kernel, sequence)) return RunTorch(kernel, sequence, states, weights, pass);
        var output = SigmoidRecurrence.Run(kernel, sequence, states[0], weights, pass.All);
        return new(output, [pass.All ? output.select(1, -1) : output]);
    }

    private static FusedOutput RunTorch(FusedKernel kernel, torch.Tensor sequence, IReadOnlyList<torch.Tensor> states,
        torch.Tensor[] weights, FusedPass pass)
    {
        var result = (torch.Tensor[])Unit.Value.invoke(FunctionOf(kernel), sequence, states.ToArray(), weights, weights.Length > 2,
            pass.IsTraining);
        return new(pass.All ? result[0] : result[0].select(1, -1), result[1..]);
    }

    /// <summary>The function of the text above that calls a kernel.</summary>
    private static string FunctionOf(FusedKernel kernel) => kernel switch
    {
        FusedKernel.RnnTanh => "rnntanh",
        FusedKernel.RnnRelu => "rnnrelu",
        FusedKernel.Gru => "gru",
        _ => "lstm",
    };
}

/// <summary>How a sequence is run.</summary>
/// <param name="All">Whether every step's output is wanted, or the last one's.</param>
/// <param name="IsTraining">Whether gradients will be asked for.</param>
internal readonly record struct FusedPass(bool All, bool IsTraining);

/// <summary>What a run of a sequence yields.</summary>
/// <param name="Output">(batch, time, units), or (batch, units) of the last step.</param>
/// <param name="States">The last states, (batch, units) each.</param>
internal readonly record struct FusedOutput(torch.Tensor Output, IReadOnlyList<torch.Tensor> States);
