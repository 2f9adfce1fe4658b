namespace DeepGpu.Models;

/// <summary>Recurrent layers as fluent calls.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.SimpleRNN"/> layer.</summary>
    public static SymbolicTensor SimpleRNN(
        this SymbolicTensor input,
        int units,
        Activation activation = Activation.Tanh,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        double dropout = 0,
        double recurrentDropout = 0,
        string? name = null)
        => Add(input, new SimpleRNN(units)
        {
            Name = name,
            Activation = activation,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout
        });

    /// <summary>Adds a <see cref="Models.LSTM"/> layer.</summary>
    public static SymbolicTensor LSTM(
        this SymbolicTensor input,
        int units,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        double dropout = 0,
        double recurrentDropout = 0,
        string? name = null)
        => Add(input, new LSTM(units)
        {
            Name = name,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout
        });

    /// <summary>Adds a <see cref="Models.GRU"/> layer.</summary>
    public static SymbolicTensor GRU(
        this SymbolicTensor input,
        int units,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        double dropout = 0,
        double recurrentDropout = 0,
        bool resetAfter = true,
        string? name = null)
        => Add(input, new GRU(units)
        {
            Name = name,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
            ResetAfter = resetAfter
        });

    /// <summary>Adds a <see cref="Models.RNN"/> layer.</summary>
    public static SymbolicTensor RNN(
        this SymbolicTensor input,
        RecurrentCell cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        string? name = null)
        => Add(input, new RNN(cell)
        {
            Name = name,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful
        });

    /// <summary>Adds a <see cref="Models.Bidirectional"/> layer.</summary>
    public static SymbolicTensor Bidirectional(
        this SymbolicTensor input,
        SequenceLayer layer,
        MergeMode mergeMode = MergeMode.Concat,
        string? name = null)
        => Add(input, new Bidirectional(layer) { Name = name, MergeMode = mergeMode });

    /// <summary>Adds a <see cref="Models.TimeDistributed"/> layer.</summary>
    public static SymbolicTensor TimeDistributed(this SymbolicTensor input, Layer layer, string? name = null)
        => Add(input, new TimeDistributed(layer) { Name = name });

    /// <summary>Adds a <see cref="Models.ConvLSTM1D"/> layer.</summary>
    public static SymbolicTensor ConvLSTM1D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Padding padding = Padding.Valid,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        double dropout = 0,
        double recurrentDropout = 0,
        string? name = null)
        => Add(input, new ConvLSTM1D(filters, kernelSize)
        {
            Name = name,
            Padding = padding,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
        });

    /// <summary>Adds a <see cref="Models.ConvLSTM2D"/> layer.</summary>
    public static SymbolicTensor ConvLSTM2D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Padding padding = Padding.Valid,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        double dropout = 0,
        double recurrentDropout = 0,
        string? name = null)
        => Add(input, new ConvLSTM2D(filters, kernelSize)
        {
            Name = name,
            Padding = padding,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
        });

    /// <summary>Adds a <see cref="Models.ConvLSTM3D"/> layer.</summary>
    public static SymbolicTensor ConvLSTM3D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Padding padding = Padding.Valid,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        double dropout = 0,
        double recurrentDropout = 0,
        string? name = null)
        => Add(input, new ConvLSTM3D(filters, kernelSize)
        {
            Name = name,
            Padding = padding,
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            Dropout = dropout,
            RecurrentDropout = recurrentDropout,
        });
}
