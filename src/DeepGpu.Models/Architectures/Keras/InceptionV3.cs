namespace DeepGpu.Models.Architectures;

/// <summary>InceptionV3: blocks of parallel branches whose outputs are joined. Szegedy et al., 2015, as Keras has it.</summary>
internal sealed class InceptionV3() : KerasNetwork("inception_v3")
{
    protected override int Size => 299;

    protected override int SmallestSize => 75;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Conv(Halved(image, 32), 32, 3, padding: Padding.Valid);
        x = Conv(x, 64, 3).MaxPooling2D(3, strides: 2);
        x = Conv(Conv(x, 80, 1, padding: Padding.Valid), 192, 3, padding: Padding.Valid).MaxPooling2D(3, strides: 2);
        for (var i = 0; i < 3; i++) x = Fives(x, i == 0 ? 32 : 64, $"mixed{i}");
        x = Joined("mixed3", Halved(x, 384), Halved(Conv(Conv(x, 64, 1), 96, 3), 96), x.MaxPooling2D(3, strides: 2));
        foreach (var (number, filters) in new[] { (4, 128), (5, 160), (6, 160), (7, 192) }) x = Sevens(x, filters, $"mixed{number}");
        var (left, right) = (Halved(Conv(x, 192, 1), 320), Halved(Conv(Conv(Conv(x, 192, 1), 192, (1, 7)), 192, (7, 1)), 192));
        x = Joined("mixed8", left, right, x.MaxPooling2D(3, strides: 2));
        for (var i = 0; i < 2; i++) x = Split(x, i);
        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
        => AveragedTop(features, classes, activation);

    /// <summary>A block at 35x35: 1x1, 5x5 and two 3x3.</summary>
    private static SymbolicTensor Fives(SymbolicTensor x, int pooled, string name)
        => Joined(name, Conv(x, 64, 1), Conv(Conv(x, 48, 1), 64, 5), Conv(Conv(Conv(x, 64, 1), 96, 3), 96, 3), Averaged(x, pooled));

    /// <summary>A block at 17x17: 7x7 as 1x7 and 7x1.</summary>
    private static SymbolicTensor Sevens(SymbolicTensor x, int filters, string name)
    {
        var one = Conv(x, 192, 1);
        var single = Conv(Conv(Conv(x, filters, 1), filters, (1, 7)), 192, (7, 1));
        var twice = Conv(Conv(Conv(Conv(Conv(x, filters, 1), filters, (7, 1)), filters, (1, 7)), filters, (7, 1)), 192, (1, 7));
        return Joined(name, one, single, twice, Averaged(x, 192));
    }

    /// <summary>A block at 8x8: 3x3 as 1x3 beside 3x1.</summary>
    private static SymbolicTensor Split(SymbolicTensor x, int number)
    {
        var one = Conv(x, 320, 1);
        var three = Conv(x, 384, 1);
        three = Joined($"mixed9_{number}", Conv(three, 384, (1, 3)), Conv(three, 384, (3, 1)));
        var twice = Conv(Conv(x, 448, 1), 384, 3);
        twice = Conv(twice, 384, (1, 3)).Concatenate(Conv(twice, 384, (3, 1)));
        return Joined($"mixed{9 + number}", one, three, twice, Averaged(x, 192));
    }

    private static SymbolicTensor Halved(SymbolicTensor x, int filters) => Conv(x, filters, 3, strides: 2, padding: Padding.Valid);

    private static SymbolicTensor Averaged(SymbolicTensor x, int filters)
        => Conv(x.AveragePooling2D(3, strides: 1, padding: Padding.Same), filters, 1);

    private static SymbolicTensor Conv(SymbolicTensor x, int filters, Extent kernel, int strides = 1, Padding padding = Padding.Same)
        => x.Conv2D(filters, kernel, strides: strides, padding: padding, useBias: false)
            .BatchNormalization(scale: false).Activate(Activation.Relu);

    private static SymbolicTensor Joined(string name, SymbolicTensor first, params SymbolicTensor[] others)
        => first.Apply(new Concatenate { Name = name }, others);
}
