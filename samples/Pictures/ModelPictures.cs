using DeepGpu.Models;
using DeepGpu.Visuals;

namespace Pictures;

/// <summary>Diagrams of models: no engine, no GPU.</summary>
public static class ModelPictures
{
    /// <summary>Each picture's name, and how it is drawn.</summary>
    public static IReadOnlyDictionary<string, Func<Picture>> All { get; } = new Dictionary<string, Func<Picture>>
    {
        ["model"] = () => ModelDiagram.Of(TwoPictures()),
    };

    /// <summary>Tells whether two pictures show the same: one network for both, inside the model, and a branch that skips it.</summary>
    public static ModelSpec TwoPictures()
    {
        var tower = new NestedModel(Sequential.Input(28, 28, 1).Conv2D(8, 5, Activation.Relu).MaxPooling2D(2).Flatten().Dense(16)
            .Build("tower"));
        var (first, second) = (Functional.Input(28, 28, 1), Functional.Input(28, 28, 1));
        var difference = first.Apply(tower).Subtract(second.Apply(tower));
        var brightness = first.GlobalAveragePooling2D().Subtract(second.GlobalAveragePooling2D());
        var same = difference.Concatenate(brightness).Dense(8, Activation.Relu).Dense(1, Activation.Sigmoid);
        return Functional.Model([first, second], [same], "same_digit");
    }
}
