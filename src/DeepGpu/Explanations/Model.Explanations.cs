using DeepGpu.Data;
using DeepGpu.Explanations;
using DeepGpu.Lowering;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <content>What happens inside the model: outputs of its layers, and where it looks.</content>
public sealed partial class Model
{
    /// <summary>What a layer yields for inputs: feature maps, attention scores. All samples run as one batch.</summary>
    /// <param name="inputs">The samples of each input, (samples, ...).</param>
    /// <param name="layer">The layer's name; of a shared layer its first call counts. Not one inside a model inside this one.</param>
    /// <returns>Each output of the layer, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    /// <exception cref="DeepGpuArgumentException">The model has no such layer, or it is an input.</exception>
    public IReadOnlyList<NDArray> LayerOutputs(IReadOnlyList<NDArray> inputs, string layer)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(layer);
        LayerTap.Check(Spec, layer, nameof(LayerOutputs));
        using var running = _use.Begin(ModelCall.Run);
        using var alone = _use.AloneIfStateful();
        DataChecks.Inputs(inputs, Spec, nameof(inputs));
        return TorchBorder.Run(nameof(LayerOutputs), () => Tapped(inputs, layer));
    }

    /// <summary>Where a classifier of images looks: how much each place of a convolution's output speaks for a class.</summary>
    /// <param name="images">The images, (samples, height, width, channels), as the model takes them.</param>
    /// <param name="classes">The class of each image; null for the one that the model finds most likely. Default null.</param>
    /// <param name="layer">The layer whose output, (batch, height, width, channels), is looked at; null for the last convolution, or the
    /// last layer with such an output. Default null.</param>
    /// <returns>Heat from 0 to 1, (samples, height, width) of the layer's output; 0 everywhere where nothing speaks for the
    /// class.</returns>
    /// <exception cref="TrainingDataException">The images do not fit the model.</exception>
    /// <exception cref="DeepGpuArgumentException">The model has several inputs or outputs, no such layer, or classes and images do not
    /// fit.</exception>
    /// <remarks>Selvaraju et al.: Grad-CAM, 2017, https://arxiv.org/abs/1610.02391: the gradient of the class's score before its
    /// activation,
    /// its mean over the places weighs each map; what speaks against the class is left out. Each map is divided by its largest
    /// value.</remarks>
    public NDArray GradCam(NDArray images, IReadOnlyList<int>? classes = null, string? layer = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var name = layer ?? LayerTap.LastMap(Spec);
        LayerTap.CheckMaps(Spec, name);
        using var running = _use.Begin(ModelCall.Run);
        using var alone = _use.AloneIfStateful();
        DataChecks.Inputs([images], Spec, nameof(images));
        LayerTap.CheckClasses(classes, images.Shape[0], Spec);
        return TorchBorder.Run(nameof(GradCam), () => Heat(images, classes, name));
    }

    private NDArray[] Tapped(IReadOnlyList<NDArray> inputs, string layer)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        List<Signal> signals = [.. inputs.Select(input => new Signal(Tensors.From(input, Device.ToTorch())))];
        using var reading = _use.Weights.Read();
        List<torch.Tensor> kept = [];
        Graph.Run(signals, ForwardContext.Inference, layer, tensor =>
        {
            kept.Add(tensor);
            return tensor.alias();
        });
        return [.. kept.Select(Tensors.ToArray)];
    }

    private NDArray Heat(NDArray images, IReadOnlyList<int>? classes, string layer)
    {
        using var scope = torch.NewDisposeScope();
        using var recording = torch.enable_grad();
        using var reading = _use.Weights.Read();
        torch.Tensor? maps = null;
        var scores = Graph.Run([new Signal(Tensors.From(images, Device.ToTorch()))], ForwardContext.Inference, layer, tensor =>
        {
            maps = tensor.detach().requires_grad_(true);
            return maps.alias();
        }, Graph.LogitSlots([true]))[0].Tensor.flatten(1);
        var (gradient, kept) = GradientMap.Of(scores, maps!, classes);
        return Tensors.ToArray(GradientMap.Heat(kept, gradient).to(torch.ScalarType.Float32));
    }
}
