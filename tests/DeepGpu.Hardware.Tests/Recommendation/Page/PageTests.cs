using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Recommendations;

/// <summary>The page of a recommendation: one file that stands by itself, readable without script, whose sliders hide cards.</summary>
[Collection(nameof(Alone))]
public sealed class PageTests : IDisposable
{
    private static readonly string Page = Recommend(Applications.Find("torchvision/resnet50").Build(new()).Training(64)).ToHtml();

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void It_needs_nothing_but_itself()
    {
        Page.Should().NotMatchRegex(@"(src|href)\s*=\s*""?https?:").And.NotContain("@import").And.NotContain("<link")
            .And.Contain("default-src 'none'");
        Page.Should().NotContain("{{").And.EndWith("</html>\n");
    }

    [Fact]
    public void Without_script_it_has_the_verdict_the_chart_and_every_card()
    {
        var still = Regex.Replace(Page, "<script>.*</script>", "", RegexOptions.Singleline);
        still.Should().Contain("A GPU is needed for ").And.Contain("The best for the money").And.Contain("<svg");
        Regex.Count(still, "<tr data-card=").Should().BeGreaterThan(100);
        still.Should().NotContain("<tr data-card=\"\" hidden");
    }

    [Fact]
    public void Names_from_files_are_text_and_never_markup()
    {
        const string Hostile = "<script>alert(1)</script>\"'&";
        var work = Applications.Find("torchvision/resnet50").Build(new()).Training(64) with { Name = Hostile + "\u202e" };
        var catalog = GpuCatalog.Default.With([GpuCatalog.Default.Find("RTX 5070") with { Name = Hostile, Aliases = [] }]);
        var page = new GpuAdvisor(catalog).Recommend(work, options: Plain).ToHtml();
        Regex.Count(page, "<script>").Should().Be(1);
        page.Should().Contain("&lt;script&gt;").And.NotContain("\u202e").And.NotContain("alert(1)</script>");
    }

    [Fact]
    public void A_slider_hides_cards_above_its_price()
    {
        Assert.SkipWhen(Chromium() is null, "needs chromium");
        var all = Rows(Rendered(""));
        var below = Rows(Rendered("document.getElementById('price').value = 500;"));
        below.Should().NotBeEmpty().And.OnlyContain(price => price == null || price <= 500);
        below.Count.Should().BeLessThan(all.Count);
        Rendered("document.getElementById('price').value = 500;").Should().MatchRegex($@"id=""shown""[^>]*>{below.Count}<");
    }

    [Fact]
    public void A_slider_of_memory_leaves_cards_that_have_as_much()
    {
        Assert.SkipWhen(Chromium() is null, "needs chromium");
        var page = Rendered("document.getElementById('memory').value = 48;");
        Regex.Matches(page, @"<tr (?![^>]*hidden)[^>]*data-memory=""([\d.]+)""")
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .Should().NotBeEmpty().And.OnlyContain(memory => memory >= 48);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RecommendationOptions Plain => new()
    {
        Processor = new("a processor of 2 cores", ComputeRate.FromTeraflops(0.166), Bandwidth.FromGigabytesPerSecond(40), "A test."),
        Today = new(2026, 11, 30),
    };

    private static Recommendation Recommend(Workload work) => GpuAdvisor.Default.Recommend(work, options: Plain);

    /// <summary>The prices of the rows that are shown; null for one that is not known.</summary>
    private static List<double?> Rows(string page)
        => [.. Regex.Matches(page, @"<tr (?![^>]*hidden)[^>]*data-price=""([\d.]*)""")
            .Select(match =>
                match.Groups[1].Value is { Length: > 0 } price ? double.Parse(price, CultureInfo.InvariantCulture) : (double?)null)];

    /// <summary>The page's elements after a browser ran it, with a slider moved.</summary>
    private string Rendered(string move)
    {
        var path = Path.Combine(_folder, "page.html");
        var events = "for (const slider of document.querySelectorAll('input')) slider.dispatchEvent(new Event('input'));";
        File.WriteAllText(path, Page.Replace("</body>", $"<script>{move}{events}</script></body>"));
        var start = new ProcessStartInfo(Chromium()!)
        {
            ArgumentList = { "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={_folder}/profile",
                "--dump-dom", "file://" + path },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        browser.ErrorDataReceived += (_, _) => { };
        browser.BeginErrorReadLine();
        var page = browser.StandardOutput.ReadToEnd();
        browser.WaitForExit(60_000).Should().BeTrue();
        return page;
    }

    private static string? Chromium()
        => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
}
