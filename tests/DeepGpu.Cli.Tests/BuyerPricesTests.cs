namespace DeepGpu.Cli.Tests;

/// <summary>Prices of one's own, and the page that is written beside an answer.</summary>
public sealed class BuyerPricesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Custom_prices_replace_those_of_the_catalogue()
    {
        var file = Path.Combine(_folder, "prices.json");
        File.WriteAllText(file, """
            {"prices": [{"gpu": "GeForce RTX 5090", "kind": "street", "price": 90, "date": "2026-11-01", "source": "a dream"}]}
            """);
        CliRun.Text("choose", "torchvision/resnet50", "--batch", "64", "--prices", file).Should()
            .Contain("GeForce RTX 5090: The cheapest that is enough, the best for the money, the fastest").And.Contain("$90");
    }

    [Fact]
    public void A_wrong_price_is_refused_with_its_row()
    {
        var file = Path.Combine(_folder, "prices.json");
        File.WriteAllText(file, """
            {"prices": [
              {"gpu": "GeForce RTX 5090", "kind": "street", "price": 90, "date": "2026-11-01", "source": "s"},
              {"gpu": "GeForce RTX 5099", "kind": "street", "price": 90, "date": "2026-11-01", "source": "s"}]}
            """);
        var run = CliRun.Of("choose", "torchvision/resnet50", "--batch", "64", "--prices", file);
        run.Code.Should().NotBe(0);
        (run.Output + run.Errors).Should().Contain("prices[1], line 3").And.Contain("GeForce RTX 5099");
    }

    [Fact]
    public void The_page_is_written_beside_the_answer()
    {
        var file = Path.Combine(_folder, "page.html");
        CliRun.Text("choose", "torchvision/resnet50", "--batch", "64", "--html", file, "--cpu", "EPYC 9654").Should()
            .StartWith("A GPU is needed for ");
        File.ReadAllText(file).Should().StartWith("<!DOCTYPE html>").And.Contain("A GPU is needed for ");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
