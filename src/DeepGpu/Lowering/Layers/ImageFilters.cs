using DeepGpu.Formats.Images;
using DeepGpu.Models;

namespace DeepGpu.Lowering;

/// <summary>The filters of images by the names of Keras.</summary>
internal static class ImageFilters
{
    /// <summary>The filter that an option means.</summary>
    public static ImageFilter Of(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Nearest => ImageFilter.Nearest,
        Interpolation.Bilinear => ImageFilter.Linear,
        Interpolation.Bicubic => ImageFilter.Cubic,
        Interpolation.Lanczos3 => ImageFilter.Lanczos3,
        _ => ImageFilter.Lanczos5,
    };
}
