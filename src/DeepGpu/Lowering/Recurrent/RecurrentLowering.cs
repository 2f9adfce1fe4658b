using DeepGpu.Models;

namespace DeepGpu.Lowering;

/// <summary>Recurrent layers and their cells.</summary>
internal static class RecurrentLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<SimpleRNN>((layer, context) => new LiveSequence(layer, context))
        .With<LSTM>((layer, context) => new LiveSequence(layer, context))
        .With<GRU>((layer, context) => new LiveSequence(layer, context))
        .With<RNN>((layer, context) => new LiveSequence(layer, context))
        .With<ConvLSTM1D>((layer, context) => new LiveSequence(layer, context))
        .With<ConvLSTM2D>((layer, context) => new LiveSequence(layer, context))
        .With<ConvLSTM3D>((layer, context) => new LiveSequence(layer, context))
        .With<SimpleRNNCell>((cell, context) => new LiveSimpleRnnCell(cell, context))
        .With<LSTMCell>((cell, context) => new LiveLstmCell(cell, context))
        .With<GRUCell>((cell, context) => new LiveGruCell(cell, context))
        .With<StackedRNNCells>((cell, context) => new LiveStackedCells(cell, context))
        .With<ConvLSTM.ConvLSTMCell>((cell, context) => new LiveConvLstmCell(cell, context));
}
