using System.Collections.Concurrent;
using System.Collections.Immutable;
using DeepGpu.Data;
using DeepGpu.Formats;
using DeepGpu.Numbers;

namespace DeepGpu;

/// <summary>Images in folders, one for each class: Keras's <c>image_dataset_from_directory</c>.
/// Files are decoded when they are needed.</summary>
/// <remarks>PNG, JPEG, BMP, GIF (its first frame) and WebP. Classes are numbered in ordinal order of their names, on every system.
/// Pixels are Float32 from 0 to 255 as in Keras: add a Rescaling layer for 0 to 1.</remarks>
public sealed class ImageFolder
{
    private static readonly string[] Endings = [".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"];

    private readonly ImageFolderOptions _options;
    private readonly ImmutableArray<ClassFile> _files;
    private readonly ConcurrentDictionary<string, string> _skipped;

    private ImageFolder(ImageFolderOptions options, ImmutableArray<string> classNames, ImmutableArray<ClassFile> files,
        ImmutableArray<string> ignored, ConcurrentDictionary<string, string> skipped)
        => (_options, ClassNames, _files, IgnoredFiles, _skipped) = (options, classNames, files, ignored, skipped);

    /// <summary>The classes in the order of their numbers; empty where no labels are read.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The files, by class and then by path.</summary>
    public ImmutableArray<string> Files => [.. _files.Select(file => file.Path)];

    /// <summary>What lies in the folders but is not read: files with other endings, links that lead out of the folder.</summary>
    public ImmutableArray<string> IgnoredFiles { get; }

    /// <summary>The files that could not be decoded so far, with the reason: none unless
    /// <see cref="BadFilePolicy.Skip"/> is asked for.</summary>
    public IReadOnlyDictionary<string, string> SkippedFiles => _skipped;

    /// <summary>Finds the images of a folder. None is decoded yet.</summary>
    /// <param name="path">The folder of class folders; without labels, the folder of images.</param>
    /// <param name="options">How images are read.</param>
    /// <exception cref="TrainingDataException">The folder or a class is missing or empty,
    /// or binary labels are asked of other than two classes.</exception>
    public static ImageFolder Open(string path, ImageFolderOptions? options = null)
    {
        options ??= new();
        var ignored = ImmutableArray.CreateBuilder<string>();
        var (names, files) = ClassFolders.Find(path, options.Labels == LabelMode.None ? null : options.ClassNames, Endings, ignored.Add);
        if (files.IsEmpty) throw DatasetChecks.Empty($"'{path}' holds no images");
        if (options.Labels == LabelMode.Binary && names.Length != 2)
            throw new TrainingDataException(new("not_binary", "Binary labels need two classes,", $"but '{path}' has {names.Length}.",
                "Use LabelMode.Int or LabelMode.Categorical."));
        return new(options, names, files, ignored.ToImmutable(), new());
    }

    /// <summary>Two parts, as Keras's <c>validation_split</c>.</summary>
    /// <param name="fraction">The share of the first, above 0 and below 1; rounded to whole files.</param>
    /// <param name="seed">Shuffles before the cut: files lie class by class.</param>
    /// <exception cref="TrainingDataException">One of them would be empty.</exception>
    public (ImageFolder First, ImageFolder Second) Split(double fraction, long seed)
    {
        var first = DatasetChecks.SplitAt(_files.Length, fraction);
        var order = new StableRandom(seed).Permutation(_files.Length);
        return (Part(order.Take(first)), Part(order.Skip(first)));
    }

    /// <summary>The images as samples: input Float32 (height, width, 3) or (height, width, 1),
    /// target by <see cref="ImageFolderOptions.Labels"/>. Unshuffled.</summary>
    public DataStream ToStream()
        => new(SourceRecipe<Sample>.Indexed(_files.Length, i => _files[i].Path, Read,
            mayLeaveOut: _options.BadFiles == BadFilePolicy.Skip));

    private ImageFolder Part(IEnumerable<int> positions)
        => new(_options, ClassNames, [.. positions.Select(position => _files[position])], IgnoredFiles, _skipped);

    private Sample? Read(int index)
    {
        var file = _files[index];
        try
        {
            var pixels = PlainImages.Fit(ImageFile.Read(file.Path), _options);
            return _options.Labels == LabelMode.None ? new(pixels) : new(pixels, Label(file.Class));
        }
        catch (Exception e)
            when (_options.BadFiles == BadFilePolicy.Skip && e is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            _skipped.TryAdd(file.Path, e.Message);
            return null;
        }
    }

    private NDArray Label(int number) => _options.Labels switch
    {
        LabelMode.Int => NDArray.From<int>([number]).Reshape(),
        LabelMode.Binary => NDArray.From<float>([number], 1),
        _ => NDArray.From<float>([.. Enumerable.Range(0, ClassNames.Length).Select(i => i == number ? 1f : 0f)], ClassNames.Length),
    };
}
