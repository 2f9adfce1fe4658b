namespace DeepGpu.Models.Architectures;

/// <summary>A network as keras.applications has it: its layers' names, their order and its epsilons.</summary>
internal abstract class KerasNetwork(string name) : ImageNetwork(name)
{
    protected override ApplicationSource Source => ApplicationSource.Keras;

    protected override int SmallestSize => 32;

    protected override bool IsOpenWithoutTop => true;

    protected override Activation DefaultActivation => Activation.Softmax;

    /// <summary>The mean over height and width, then the classifier.</summary>
    protected static SymbolicTensor AveragedTop(SymbolicTensor features, int classes, Activation activation)
        => features.GlobalAveragePooling2D(name: "avg_pool").Dense(classes, activation, name: "predictions");

    /// <summary>The padding that, before a valid convolution with stride 2, does what "same" does:
    /// one less in front where a length is even or open.</summary>
    protected static Margins HalvingPadding(SymbolicTensor input, int kernel)
    {
        (int, int) Side(int axis) => (kernel / 2 - (input.Shape?[axis] is { } length && length % 2 == 1 ? 0 : 1), kernel / 2);
        return new(Side(1), Side(2));
    }

    /// <summary>The number of channels so far.</summary>
    protected static int Channels(SymbolicTensor value) => value.Shape![^1]!.Value;
}
