using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>What SimpleRNN, LSTM and GRU have in common: the options of their cells beside those of the sequence.</summary>
[OptionsOf(typeof(UnitCell))]
public abstract partial record RecurrentLayer : SequenceLayer
{
    private protected RecurrentLayer(int units) => Units = units;
}
