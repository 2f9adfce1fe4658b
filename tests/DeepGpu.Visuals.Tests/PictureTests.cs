using DeepGpu.Models;

namespace DeepGpu.Visuals.Tests;

public sealed class PictureTests : IDisposable
{
    private static readonly Picture Two = ModelDiagram.Of(Sequential.Input(3).Dense(2).Build());

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void The_ending_says_in_which_form_it_is_written()
    {
        var (png, svg) = (Path.Combine(_folder, "a.PNG"), Path.Combine(_folder, "a.svg"));
        Two.Save(png);
        Two.Save(svg);
        File.ReadAllBytes(png).Should().StartWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' });
        File.ReadAllText(svg).Should().Contain("<svg").And.Contain("Dense");
        FluentActions.Invoking(() => Two.Save(Path.Combine(_folder, "a.gif"))).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*ends in .png or .svg*.gif*");
        Directory.GetFiles(_folder).Should().HaveCount(2);
    }

    [Fact]
    public void Another_size_draws_it_anew()
    {
        var small = Two.WithSize(120, 333);
        Drawn.Pixels(small).Shape.Should().Equal(333, 120, 3);
        Drawn.Ink(Drawn.Pixels(small)).Should().BeGreaterThan(0.01);
        small.ToSvg().Should().Contain("width=\"120\"").And.Contain("height=\"333\"");
        FluentActions.Invoking(() => Two.WithSize(99, 500)).Should().Throw<DeepGpuArgumentException>().WithMessage("*99*");
    }

    [Fact]
    public void A_picture_of_too_many_pixels_is_written_as_svg_only()
    {
        var large = Two.WithSize(20_000, 20_000);
        FluentActions.Invoking(large.ToPng).Should().Throw<DeepGpuArgumentException>().WithMessage("*SVG*20000 x 20000*");
        large.ToSvg().Should().Contain("<svg");
    }

    [Fact]
    public void As_html_it_is_one_element_without_a_declaration()
        => Two.ToHtml().Should().StartWith("<svg viewBox=\"0 0 ").And.NotContain("<?xml").And.EndWith("</svg>\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
