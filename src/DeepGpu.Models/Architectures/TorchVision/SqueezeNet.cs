namespace DeepGpu.Models.Architectures;

/// <summary>SqueezeNet: "fire" modules that narrow by 1x1 and widen by 1x1 beside 3x3.
/// Iandola et al., 2016, as torchvision has it, last pooling windows hanging over the end.</summary>
/// <param name="name">"squeezenet1_0" or "squeezenet1_1".</param>
/// <param name="filters">The first convolution's filters.</param>
/// <param name="kernel">The first convolution's height and width.</param>
/// <param name="modules">The fire modules' squeezed channels in order; 0 for a pooling.</param>
internal sealed class SqueezeNet(string name, int filters, int kernel, int[] modules) : TorchNetwork(name)
{
    protected override Initializer KernelStart => new HeUniform();

    protected override SymbolicTensor Features(SymbolicTensor image)
    {
        var x = Conv(image, "features.0", filters, kernel, stride: 2, padding: 0, useBias: true).ReLU(name: "features.1");
        var number = 2;
        foreach (var squeezed in modules.Prepend(0))
        {
            var path = $"features.{number++}";
            x = squeezed == 0 ? x.MaxPooling2D(3, strides: 2, ceilMode: true, name: path) : Fire(x, path, squeezed);
        }

        return x;
    }

    protected override SymbolicTensor Top(SymbolicTensor features, int classes, Activation activation)
    {
        var conv = new Conv2D(classes, 1, Activation.Relu) { Name = "classifier.1", KernelInitializer = new RandomNormal(0, 0.01) };
        var x = features.Dropout(0.5, name: "classifier.0").Apply(conv).GlobalAveragePooling2D(name: "classifier.3");
        return activation == Activation.Linear ? x : x.Activate(activation);
    }

    private SymbolicTensor Fire(SymbolicTensor x, string path, int squeezed)
    {
        x = Conv(x, $"{path}.squeeze", squeezed, 1, useBias: true).ReLU(name: $"{path}.squeeze_activation");
        var one = Conv(x, $"{path}.expand1x1", 4 * squeezed, 1, useBias: true).ReLU(name: $"{path}.expand1x1_activation");
        var three = Conv(x, $"{path}.expand3x3", 4 * squeezed, 3, useBias: true).ReLU(name: $"{path}.expand3x3_activation");
        return one.Apply(new Concatenate { Name = $"{path}.concat" }, three);
    }
}
