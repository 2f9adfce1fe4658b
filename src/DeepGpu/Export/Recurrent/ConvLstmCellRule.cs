using DeepGpu.Models;
using Window = DeepGpu.Export.ConvolutionRules.Window;

namespace DeepGpu.Export;

/// <summary>A cell that convolves: the steps hold their states channels first.</summary>
internal sealed class ConvLstmCellRule(ConvLSTM.ConvLSTMCell cell, ExportContext context) : CellRule(context)
{
    public override int StateCount => 2;

    private ConvLSTM Options => cell.Options;

    public override GraphValue Project(GraphWriter g, GraphValue step)
    {
        var images = ConvolutionRules.ToChannelsFirst(g, step, Options.DataFormat);
        return ConvolutionRules.Convolve(g, images, Context.Weight("kernel", ConvolutionRules.OutputsFirst), Context.OptionalWeight("bias"),
            new(Options.KernelSize, Options.Strides, Options.DilationRate, Options.Padding), groups: 1);
    }

    public override GraphValue ProjectAll(GraphWriter g, GraphValue sequence)
    {
        var (batch, steps) = (sequence.Shape[0], sequence.Shape[1]);
        var flat = g.Reshape(sequence, [new Dim(batch * steps), .. Dim.AllOf(sequence).Skip(2)]);
        var projected = Project(g, flat);
        var shaped = g.Reshape(projected, [Dim.Along(sequence, 0), Dim.Along(sequence, 1), .. Dim.AllOf(projected).Skip(1)]);
        return g.Move(shaped, 1, 0);
    }

    public override IReadOnlyList<GraphValue> ZeroStates(GraphWriter g, GraphValue projected)
    {
        var zeros = g.Expand(g.Number(0), [Dim.Along(projected, 1), Options.Filters, .. Dim.AllOf(projected).Skip(3)]);
        return [zeros, zeros];
    }

    public override (GraphValue Output, IReadOnlyList<GraphValue> States) Step(GraphWriter g, GraphValue projected,
        IReadOnlyList<GraphValue> states)
    {
        var recurrent = ConvolutionRules.Convolve(g, states[0], Context.Weight("recurrent_kernel", ConvolutionRules.OutputsFirst), null,
            new Window(Options.KernelSize, 1, 1, Padding.Same), groups: 1);
        var gates = g.Split(g.Add(projected, recurrent), 1, [.. Enumerable.Repeat((int?)Options.Filters, 4)]);
        return LstmCellRule.Gates(g, gates, states[1], Options.Activation, Options.RecurrentActivation);
    }

    public override GraphValue Inward(GraphWriter g, GraphValue state)
        => ConvolutionRules.ToChannelsFirst(g, state, Options.DataFormat);

    /// <summary>The channels lie before as many axes as there are of space.</summary>
    public override GraphValue Outward(GraphWriter g, GraphValue value)
        => Options.DataFormat == DataFormat.ChannelsFirst ? value : g.Move(value, value.Rank - Options.Spatial - 1, -1);
}
