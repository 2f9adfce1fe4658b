using System.CommandLine;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Arguments;

/// <summary>The options of a diffusion model that a config.json of diffusers describes.</summary>
internal sealed class DiffusionOptions
{
    private const int StandardSide = 512, StandardSteps = 20;

    private readonly Option<int> _width = Options.Count("--width", "Diffusion model: pixels across. Default 512.", StandardSide);
    private readonly Option<int> _height = Options.Count("--height", "Diffusion model: pixels down. Default 512.", StandardSide);
    private readonly Option<int> _steps = Options.Count("--steps", "Diffusion model: steps that remove noise. Default 20.", StandardSteps);
    private readonly Option<bool> _noGuidance = new("--no-guidance")
    {
        Description = "Diffusion model: evaluate each step with the text alone (no classifier-free guidance).",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _width, _height, _steps, _noGuidance }) command.Options.Add(option);
    }

    /// <summary>What is asked of the model: images of a batch, in half precision where none is named.</summary>
    public DiffusionRequest Request(ParseResult parsed, DiffusionShape model, int images, PrecisionWord? precision) => new()
    {
        Model = model,
        Width = parsed.GetValue(_width),
        Height = parsed.GetValue(_height),
        Steps = parsed.GetValue(_steps),
        Images = images,
        Guidance = !parsed.GetValue(_noGuidance),
        Precision = precision?.Format ?? NumberFormat.Float16,
    };
}
