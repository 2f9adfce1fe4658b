namespace DeepGpu.Models.Architectures;

/// <summary>AlexNet in the form for one GPU that torchvision has. Krizhevsky, 2014.</summary>
internal sealed class AlexNet() : TorchNetwork("alexnet")
{
    protected override int SmallestSize => 63;

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Convolved(image, 0, 64, 11, stride: 4, padding: 2).MaxPooling2D(3, strides: 2, name: "features.2");
        x = Convolved(x, 3, 192, 5).MaxPooling2D(3, strides: 2, name: "features.5");
        x = Convolved(Convolved(Convolved(x, 6, 384, 3), 8, 256, 3), 10, 256, 3);
        return x.MaxPooling2D(3, strides: 2, name: "features.12");
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
    {
        var x = Flattened(features.AdaptiveAveragePooling2D(6, name: "avgpool")).Dropout(0.5, name: "classifier.0");
        x = Linear(x, "classifier.1", 4096, Activation.Relu).Dropout(0.5, name: "classifier.3");
        return Linear(Linear(x, "classifier.4", 4096, Activation.Relu), "classifier.6", classes, activation);
    }

    private SymbolicTensor Convolved(SymbolicTensor x, int number, int filters, int kernel, int stride = 1, int? padding = null)
        => Conv(x, $"features.{number}", filters, kernel, stride, padding, useBias: true).ReLU(name: $"features.{number + 1}");
}
