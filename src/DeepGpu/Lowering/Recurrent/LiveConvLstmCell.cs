using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;
using Window = DeepGpu.Lowering.ConvolutionLowering.Window;

namespace DeepGpu.Lowering;

/// <summary>The live cell of ConvLSTM1D, 2D and 3D: an LSTM's gates from convolutions, channels first inside.</summary>
internal sealed class LiveConvLstmCell(ConvLSTM.ConvLSTMCell cell, LoweringContext context) : LiveCell
{
    private const int Gates = 4;

    private readonly LiveWeight _kernel = Kernel("kernel", cell, context);
    private readonly LiveWeight _recurrent = Kernel("recurrent_kernel", cell, context);
    private readonly LiveWeight? _bias = context.OptionalWeight("bias");

    public override int StateCount => 2;

    private ConvLSTM Options => cell.Options;

    public override CellPass Begin(ForwardContext context) => new ConvolutionPass(this, context);

    public override IReadOnlyList<torch.Tensor> ZeroStates(torch.Tensor projected)
    {
        var zeros = torch.zeros([projected.shape[0], Options.Filters, .. projected.shape[3..]], projected.dtype, projected.device);
        var state = Spatial.FromChannelsFirst(zeros, Options.DataFormat);
        return [state, state];
    }

    private static LiveWeight Kernel(string name, ConvLSTM.ConvLSTMCell cell, LoweringContext context)
        => context.Weight(name, ConvolutionLowering.KernelLayout(cell.Options.Spatial));

    /// <summary>The gates' sums, (batch, 4 x filters, ...): of one convolution, or of one a gate where each has its own inputs.</summary>
    private static torch.Tensor Convolve(torch.Tensor[] inputs, LiveWeight kernel, torch.Tensor? bias, Window window)
    {
        if (inputs.Length == 1) return ConvolutionLowering.Convolve(inputs[0], kernel.Value, bias, window, groups: 1);
        var (kernels, biases) = (kernel.Value.chunk(Gates, 0), bias?.chunk(Gates, 0));
        var sums = inputs.Select((x, gate) => ConvolutionLowering.Convolve(x, kernels[gate], biases?[gate], window, groups: 1));
        return torch.cat([.. sums], 1);
    }

    private torch.Tensor Project(torch.Tensor[] sequences)
    {
        torch.Tensor[] images = [.. sequences.Select(sequence => Spatial.ToChannelsFirst(sequence.flatten(0, 1), Options.DataFormat))];
        var window = new Window(Options.KernelSize, Options.Strides, Options.DilationRate, Options.Padding);
        var projected = Convolve(images, _kernel, _bias?.Value, window);
        return projected.reshape([.. sequences[0].shape[..2], .. projected.shape[1..]]);
    }

    private (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Step(
        torch.Tensor projected, torch.Tensor[] outputs, torch.Tensor memory)
    {
        torch.Tensor[] states = [.. outputs.Select(state => Spatial.ToChannelsFirst(state, Options.DataFormat))];
        var sums = projected.Plus(Convolve(states, _recurrent, bias: null, new(Options.KernelSize, 1, 1, Padding.Same)));
        var kept = Spatial.ToChannelsFirst(memory, Options.DataFormat);
        var (_, next) = LiveLstmCell.Gates(sums.chunk(Gates, 1), kept, Options.Activation, Options.RecurrentActivation);
        torch.Tensor[] yielded = [.. next.Select(tensor => Spatial.FromChannelsFirst(tensor, Options.DataFormat))];
        return (yielded[0], yielded);
    }

    /// <summary>Keras drops by a pattern of its own for each gate.</summary>
    private sealed class ConvolutionPass(LiveConvLstmCell cell, ForwardContext context) : CellPass(dropout: 0, recurrentDropout: 0, context)
    {
        private readonly ForwardContext _context = context;
        private torch.Tensor[]? _inputPatterns;
        private torch.Tensor[]? _statePatterns;

        protected override torch.Tensor ProjectKept(torch.Tensor sequence)
            => cell.Project(Kept(sequence, cell.Options.Dropout, ref _inputPatterns, [sequence.shape[0], 1, .. sequence.shape[2..]]));

        protected override (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) StepKept(
            torch.Tensor projected, IReadOnlyList<torch.Tensor> states)
            => cell.Step(projected, Kept(states[0], cell.Options.RecurrentDropout, ref _statePatterns, states[0].shape), states[1]);

        private torch.Tensor[] Kept(torch.Tensor x, double rate, ref torch.Tensor[]? patterns, long[] shape)
        {
            if (rate == 0 || !_context.IsTraining) return [x];
            patterns ??= [.. Enumerable.Range(0, Gates).Select(_ => RegularizationLowering.Pattern(x, shape, rate, _context.Random))];
            return [.. patterns.Select(pattern => x * pattern)];
        }
    }
}
