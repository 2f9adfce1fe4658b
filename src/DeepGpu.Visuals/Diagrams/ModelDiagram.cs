using DeepGpu.Models;
using DeepGpu.Visuals.Diagrams;

namespace DeepGpu.Visuals;

/// <summary>A model as boxes and arrows, laid out without further programs.</summary>
public static class ModelDiagram
{
    /// <summary>The diagram of a model: a box for each call of a layer with its class, output shape and parameters, from the inputs at the
    /// top to the outputs. A shared layer has a box for each call, numbered; a model inside the model is a frame around its layers; a
    /// mask of its own is a dashed arrow.</summary>
    /// <param name="model">The description; neither weights nor an engine are needed.</param>
    /// <param name="expandsNested">Whether models inside the model show their layers. Default true.</param>
    /// <returns>A picture as large as the model needs. Beyond 100 million pixels it can only be written as SVG.</returns>
    /// <exception cref="DeepGpuArgumentException">The diagram would be longer than 100,000 pixels.</exception>
    /// <remarks>Keras: https://keras.io/api/utils/model_plotting_utils/</remarks>
    /// <example><code>ModelDiagram.Of(spec).Save("model.svg");</code></example>
    public static Picture Of(ModelSpec model, bool expandsNested = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        var layout = DiagramLayout.Of(model, expandsNested);
        return new((canvas, width, height) => DiagramDrawing.Draw(canvas, layout, width, height))
        {
            Width = Math.Max(Picture.Least, (int)Math.Ceiling(layout.Width)),
            Height = Math.Max(Picture.Least, (int)Math.Ceiling(layout.Height)),
        };
    }
}
