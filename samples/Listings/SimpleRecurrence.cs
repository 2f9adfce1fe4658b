using DeepGpu;
using DeepGpu.Models;

namespace Listings;

/// <summary>Listing 2: a simple recurrent network, 4,865 parameters.</summary>
public static class SimpleRecurrence
{
    /// <summary>Describes it and trains it on sequences (samples, steps, 10) of the classes 0 and 1.</summary>
    public static (ModelSpec Spec, History History) Train(Dataset train)
    {
        using Model model = Sequential.Input(null, 10).SimpleRNN(64).Dense(1, Activation.Sigmoid).Build().ToModel(Device.Best());
        model.Compile(Optimizer.Adam(), Loss.BinaryCrossentropy(), Metric.Accuracy());
        History history = model.Fit(train, epochs: 5);
        return (model.Spec, history);
    }
}
