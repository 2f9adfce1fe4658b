using System.Text;
using DeepGpu.Formats;
using DeepGpu.Visuals.Reports;

namespace DeepGpu.Visuals;

/// <summary>Trainings as files that a browser shows.</summary>
public static class TrainingReports
{
    /// <summary>Writes a training as one HTML file that needs nothing else: settings, a curve for each loss and metric, the values of each
    /// epoch, notes.</summary>
    /// <param name="history">What <c>Fit</c> returned.</param>
    /// <param name="path">The file; one that is there is replaced once the new one is whole.</param>
    /// <param name="title">The heading. Default "Training".</param>
    /// <param name="pictures">Further pictures with their captions: a confusion matrix, the model's diagram. Default none.</param>
    /// <exception cref="DeepGpuArgumentException">The name does not end in .html.</exception>
    /// <example><code>
    /// history.SaveReport("run.html", pictures: new Dictionary&lt;string, Picture&gt; { ["The model"] = ModelDiagram.Of(spec) });
    /// </code></example>
    public static void SaveReport(this History history, string path, string title = "Training",
        IReadOnlyDictionary<string, Picture>? pictures = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(title);
        if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            throw Require.OutOfRange(nameof(SaveReport), nameof(path), "a name that ends in .html", Path.GetFileName(path));
        var page = Encoding.UTF8.GetBytes(ReportPage.Of(history, title, pictures ?? new Dictionary<string, Picture>()));
        AtomicFile.Write(path, stream => stream.Write(page));
    }
}
