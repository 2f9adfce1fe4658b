using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeepGpu.Visuals.Tests;

/// <summary>The report of a training: one file that stands by itself and that a browser shows.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void It_holds_settings_curves_values_and_notes_and_needs_nothing_else()
    {
        var page = Saved(Of("loss", "stopped early"));
        page.Should().Contain("<h1>Run 7</h1>").And.Contain("<td>optimizer</td><td>Adam</td>").And.Contain("<li>stopped early</li>");
        page.Should().Contain("3 epochs; the last: loss 0.25, val_loss 0.5, accuracy 0.75.");
        Regex.Count(page, "<svg ").Should().Be(2, "loss with its validation, and accuracy");
        Regex.Count(page, "<tr><td>[123]</td>").Should().Be(3);
        page.Should().Contain("default-src 'none'").And.NotContain("<script").And.NotContain("{{");
        page.Should().NotMatchRegex(@"(src|href)\s*=\s*""?https?:");
    }

    [Fact]
    public void Names_of_any_kind_are_text_and_never_markup()
    {
        const string Hostile = "<script>alert(1)</script>{{notes}}\u202e\"'&";
        var page = Saved(Of(Hostile, Hostile), Hostile);
        page.Should().NotContain("<script").And.NotContain("\u202e").And.Contain("&lt;script&gt;alert(1)&lt;/script&gt;{{notes}}");
    }

    [Fact]
    public void Names_inside_the_pictures_are_each_pictures_own()
    {
        var ids = Regex.Matches(Saved(Of("loss", "")), " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        ids.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Only_html_is_written()
        => FluentActions.Invoking(() => Of("loss", "").SaveReport(Path.Combine(_folder, "run.pdf"))).Should()
            .Throw<DeepGpuArgumentException>().WithMessage("*.html*run.pdf*");

    [Fact]
    public void An_empty_history_is_a_page_too()
        => Saved(JsonSerializer.Deserialize<History>("""{"epochs":0,"values":{}}""")!).Should().Contain("No epoch was measured.");

    [Fact]
    public void A_browser_shows_every_curve_and_row()
    {
        var chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "needs chromium");
        Saved(Of("loss", "a note"));
        var start = new ProcessStartInfo(chromium!)
        {
            ArgumentList = { "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={_folder}/profile", "--dump-dom",
                "file://" + Path.Combine(_folder, "run.html") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        browser.ErrorDataReceived += (_, _) => { };
        browser.BeginErrorReadLine();
        var page = browser.StandardOutput.ReadToEnd();
        browser.WaitForExit(60_000).Should().BeTrue();
        Regex.Count(page, "<svg ").Should().Be(2);
        Regex.Count(page, "<tr><td>[123]</td>").Should().Be(3);
        page.Should().Contain("a note").And.NotContain("parsererror");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Saved(History history, string title = "Run 7")
    {
        var path = Path.Combine(_folder, "run.html");
        history.SaveReport(path, title);
        return File.ReadAllText(path);
    }

    private static History Of(string name, string note) => JsonSerializer.Deserialize<History>(JsonSerializer.Serialize(new
    {
        epochs = 3,
        values = new Dictionary<string, double[]>
        {
            [name] = [1, 0.5, 0.25],
            ["val_" + name] = [1.5, 0.75, 0.5],
            ["accuracy"] = [0.25, 0.5, 0.75],
        },
        settings = new Dictionary<string, string> { ["optimizer"] = "Adam" },
        notes = note.Length == 0 ? Array.Empty<string>() : [note],
    }))!;
}
