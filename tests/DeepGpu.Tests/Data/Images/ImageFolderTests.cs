using DeepGpu.Models;
using DeepGpu.Testing;
using SkiaSharp;

namespace DeepGpu.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("deepgpu-images").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Classes_are_numbered_in_ordinal_order_and_files_in_theirs()
    {
        foreach (var name in new[] { "b/2.png", "b/10.png", "a/x.png", "B/y.png" }) Draw(name, 4, 4);
        File.WriteAllText(Path.Combine(_root, "a", "Thumbs.db"), "");
        var folder = ImageFolder.Open(_root, new() { Height = 2, Width = 3 });
        folder.ClassNames.Should().Equal("B", "a", "b");
        folder.Files.Select(Path.GetFileName).Should().Equal("y.png", "x.png", "10.png", "2.png");
        folder.IgnoredFiles.Select(Path.GetFileName).Should().Equal("Thumbs.db");
        var data = folder.ToStream().ToDataset();
        data.ToString().Should().Be("4 samples: Float32 (4, 2, 3, 3) -> Int32 (4)");
        data.Target.ToArray<int>().Should().Equal(0, 1, 2, 2);
    }

    [Fact]
    public void Fits_stretch_crop_or_pad()
    {
        Draw("a/wide.png", width: 4, height: 2, (x, y) => x is 0 or 3 ? SKColors.Red : SKColors.White);
        NDArray Read(ImageFit fit)
            => ImageFolder.Open(_root,
                new() { Height = 2, Width = 2, Fit = fit, Labels = LabelMode.None, Interpolation = Interpolation.Nearest })
                .ToStream().ToDataset().Input;
        Read(ImageFit.CropToAspectRatio).ToArray<float>().Should().OnlyContain(v => v == 255);
        Read(ImageFit.Stretch).ToArray<float>()[..6].Should().Equal(255, 255, 255, 255, 0, 0);
        var padded = Read(ImageFit.PadToAspectRatio);
        padded.ToArray<float>()[..6].Should().Equal(255, 255, 255, 255, 0, 0);
    }

    [Fact]
    public void Labels_may_be_rows_or_zeros_and_ones_and_images_gray()
    {
        Draw("a/1.png", 2, 2, (_, _) => new(255, 0, 0));
        Draw("b/2.png", 2, 2, (_, _) => new(0, 255, 0));
        var gray = ImageFolder.Open(_root, new() { Height = 2, Width = 2, Grayscale = true, Labels = LabelMode.Categorical })
            .ToStream().ToDataset();
        gray.Input.ToArray<float>()[0].Should().BeApproximately(76.245f, 1e-3f);
        gray.Target.ToArray<float>().Should().Equal(1, 0, 0, 1);
        ImageFolder.Open(_root, new() { Labels = LabelMode.Binary }).ToStream().ToDataset().Target.ToArray<float>().Should().Equal(0, 1);
        Draw("c/3.png", 2, 2);
        FluentActions.Invoking(() => ImageFolder.Open(_root, new() { Labels = LabelMode.Binary }))
            .Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("not_binary");
    }

    [Fact]
    public void A_bad_file_throws_with_its_path_or_is_skipped_and_listed()
    {
        Draw("a/1.png", 2, 2);
        Draw("b/2.png", 2, 2);
        var bad = Path.Combine(_root, "a", "0.png");
        File.WriteAllBytes(bad, [.. File.ReadAllBytes(Path.Combine(_root, "a", "1.png"))[..40]]);
        FluentActions.Invoking(() => ImageFolder.Open(_root).ToStream().Prefetch(2, 8).Batches(1, 2).Count())
            .Should().Throw<DataStreamException>().Which.SampleName.Should().Be(bad);
        var folder = ImageFolder.Open(_root, new() { Height = 2, Width = 2, BadFiles = BadFilePolicy.Skip });
        var batches = folder.ToStream().Prefetch(2, 8).Batches(1, 2).ToList();
        batches.Select(b => b.Count).Should().Equal(2);
        folder.SkippedFiles.Keys.Should().Equal(bad);
    }

    [Fact]
    public void Hostile_images_are_skipped_or_named()
    {
        foreach (var image in Directory.GetFiles(ReferenceData.Path("hostile", "images", "bad"), "*", SearchOption.AllDirectories))
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, "hostile")).FullName;
            var copy = Path.Combine(folder, Path.GetFileNameWithoutExtension(image) + ".png");
            File.Copy(image, copy);
            FluentActions.Invoking(() => ImageFolder.Open(_root).ToStream().Samples().Count()).Should().Throw<DataStreamException>(image)
                .Which.SampleName.Should().Be(copy);
            File.Delete(copy);
        }
    }

    [Fact]
    public void Missing_and_empty_folders_are_named()
    {
        string Code(Action action) => action.Should().Throw<TrainingDataException>().Which.Fault.Code;
        Code(() => ImageFolder.Open(Path.Combine(_root, "none"))).Should().Be("folder_missing");
        Code(() => ImageFolder.Open(_root)).Should().Be("no_classes");
        Directory.CreateDirectory(Path.Combine(_root, "a"));
        Code(() => ImageFolder.Open(_root)).Should().Be("empty_class");
        Draw("a/1.png", 2, 2);
        Code(() => ImageFolder.Open(_root, new() { ClassNames = ["a", "../a"] })).Should().Be("class_missing");
        Code(() => ImageFolder.Open(Path.Combine(_root, "a", "1.png"))).Should().Be("folder_missing");
    }

    [Fact]
    public void Links_that_lead_out_of_the_folder_are_not_followed()
    {
        Draw("in/a/1.png", 2, 2);
        Draw("out/2.png", 2, 2);
        File.CreateSymbolicLink(Path.Combine(_root, "in", "a", "link.png"), Path.Combine(_root, "out", "2.png"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "in", "a", "circle"), Path.Combine(_root, "in"));
        var folder = ImageFolder.Open(Path.Combine(_root, "in"));
        folder.Files.Select(Path.GetFileName).Should().Equal("1.png");
        folder.IgnoredFiles.Should().HaveCount(2);
    }

    [Fact]
    public void Splitting_takes_every_file_once()
    {
        for (var i = 0; i < 10; i++) Draw($"{(i < 5 ? "a" : "b")}/{i}.png", 1, 1);
        var all = ImageFolder.Open(_root);
        var (first, second) = all.Split(0.7, seed: 1);
        (first.Files.Length, second.Files.Length).Should().Be((7, 3));
        first.Files.Concat(second.Files).Order(StringComparer.Ordinal).Should().Equal(all.Files.Order(StringComparer.Ordinal));
        second.ToStream().ToDataset().Target.ToArray<int>().Distinct().Should().HaveCount(2);
    }

    [Fact]
    public void Real_photographs_are_read()
    {
        var folder = ImageFolder.Open(ReferenceData.Path("data", "sign-language-digits"), new() { Height = 32, Width = 32 });
        folder.ClassNames.Should().Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"));
        var batch = folder.ToStream().Shuffle(1000).Prefetch(2, 4).Batches(1, 8).First();
        batch.Inputs[0].ToArray<float>().Should().OnlyContain(v => v >= 0 && v <= 255).And.Contain(v => v > 100);
    }

    private void Draw(string name, int width, int height, Func<int, int, SKColor>? colour = null)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var bitmap = new SKBitmap(width, height);
        for (var y = 0; y < height; y++) for (var x = 0; x < width; x++) bitmap.SetPixel(x, y, colour?.Invoke(x, y) ?? SKColors.Blue);
        using var file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
