using DeepGpu.Models;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu;

/// <summary>The live cell of ConvLSTM2D: an LSTM's gates from convolutions, channels first inside.</summary>
internal sealed class LiveConvLstmCell(ConvLSTM2D.ConvLSTMCell cell, LoweringContext context) : LiveCell
{
    private readonly LiveWeight _kernel = context.Weight("kernel", ConvolutionLowering.KernelLayout(2));
    private readonly LiveWeight _recurrent = context.Weight("recurrent_kernel", ConvolutionLowering.KernelLayout(2));
    private readonly LiveWeight? _bias = context.OptionalWeight("bias");

    public override int StateCount => 2;

    private ConvLSTM2D Options => cell.Options;

    public override CellPass Begin(ForwardContext context) => new ConvolutionPass(this, context);

    public override IReadOnlyList<torch.Tensor> ZeroStates(torch.Tensor projected)
    {
        var zeros = torch.zeros([projected.shape[0], Options.Filters, .. projected.shape[3..]], projected.dtype, projected.device);
        var state = Spatial.FromChannelsFirst(zeros, Options.DataFormat);
        return [state, state];
    }

    private torch.Tensor Project(torch.Tensor sequence)
    {
        var images = Spatial.ToChannelsFirst(sequence.flatten(0, 1), Options.DataFormat);
        var projected = ConvolutionLowering.Convolve(images, _kernel.Value, _bias?.Value, new(Options.KernelSize, Options.Strides, Options.DilationRate, Options.Padding), groups: 1);
        return projected.reshape([.. sequence.shape[..2], .. projected.shape[1..]]);
    }

    private (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) Step(torch.Tensor projected, IReadOnlyList<torch.Tensor> states)
    {
        var state = Spatial.ToChannelsFirst(states[0], Options.DataFormat);
        var carried = ConvolutionLowering.Convolve(state, _recurrent.Value, bias: null, new(Options.KernelSize, 1, 1, Padding.Same), groups: 1);
        var memory = Spatial.ToChannelsFirst(states[1], Options.DataFormat);
        var (_, next) = LiveLstmCell.Gates((projected + carried).chunk(4, 1), memory, Options.Activation, Options.RecurrentActivation);
        torch.Tensor[] yielded = [.. next.Select(tensor => Spatial.FromChannelsFirst(tensor, Options.DataFormat))];
        return (yielded[0], yielded);
    }

    private sealed class ConvolutionPass(LiveConvLstmCell cell, ForwardContext context) : CellPass(cell.Options.Dropout, cell.Options.RecurrentDropout, context)
    {
        protected override torch.Tensor ProjectKept(torch.Tensor sequence) => cell.Project(sequence);

        protected override (torch.Tensor Output, IReadOnlyList<torch.Tensor> States) StepKept(torch.Tensor projected, IReadOnlyList<torch.Tensor> states) => cell.Step(projected, states);
    }
}
