using DeepGpu;
using DeepGpu.Models;

namespace Listings;

/// <summary>Listing 5: a new classifier on a frozen VGG16, 3,212,682 of 17,927,370 parameters to train.</summary>
public static class FrozenVgg16
{
    /// <summary>Describes it, its weights drawn at random, and trains it for one epoch on images (samples, 224, 224,
    /// 3) of the classes 0 to 9.</summary>
    public static (ModelSpec Spec, History History) Train(Dataset train)
    {
        ModelSpec vgg16 = Applications.VGG16(new() { IncludeTop = false, InputShape = [224, 224, 3] }).Freeze();
        using Model model = Sequential.From(vgg16).Flatten().Dense(128, Activation.Relu).Dense(10, Activation.Softmax)
            .Build().ToModel(Device.Best());
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        History history = model.Fit(train, batchSize: 2);
        return (model.Spec, history);
    }
}
