using System.Net;
using DeepGpu.Models;

namespace DeepGpu.Tests.Data;

/// <summary>Which addresses, redirections, names and hashes are taken.</summary>
public sealed class DownloadAddressTests : DownloadFolder
{
    [Theory]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/x")]
    public void Only_https_is_fetched(string address)
        => Code(() => Download.Fetch(new(address), Target, Hash, Options with { AllowsPlainHttp = false })).Should().Be("not_https");

    [Theory]
    [InlineData("file:///etc/hostname", "not_https")]
    [InlineData("/again", "too_many_redirects")]
    public void Redirections_are_looked_at_and_bounded(string location, string code)
    {
        using var server = new HostileServer((_, s, _) =>
            HostileServer.Send(s, $"302 Found\r\nLocation: {location}\r\nContent-Length: 0", []));
        Code(() => Fetch(server)).Should().Be(code);
        server.Requests.Should().BeLessThan(10);
    }

    [Theory]
    [InlineData("http://example.org/x")]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("file:///etc/hostname")]
    public void A_redirection_from_https_to_anything_else_is_not_followed(string location)
    {
        using var answers = new Answers(_ => new(HttpStatusCode.Redirect) { Headers = { Location = new(location) } });
        using var client = new HttpClient(answers);
        Code(() => Download.Fetch(new("https://example.org/x"), Target, Hash, Options with { AllowsPlainHttp = false, Client = client }))
            .Should().Be("not_https");
        answers.Asked.Should().Equal("https://example.org/x");
    }

    [Theory]
    [InlineData("https://h/a/..%2f..%2fetc%2fpasswd")]
    [InlineData("https://h/a%2f..")]
    [InlineData("https://h/..%5c..%5cx.h5")]
    [InlineData("https://h/a%00b")]
    [InlineData("https://h/a%0ab")]
    [InlineData("https://h/C%3Ax.h5")]
    [InlineData("https://h/CON")]
    [InlineData("https://h/nul.h5")]
    [InlineData("https://h/LPT1.tar.gz")]
    [InlineData("https://h/name.")]
    [InlineData("https://h/name%20")]
    [InlineData("https://h/")]
    [InlineData("https://h/%252e%252e%2f")]
    public void A_name_that_is_not_plain_is_refused_before_anything_is_asked_or_made(string address)
    {
        Code(() => PublishedFiles.Fetch(Published(address), Options)).Should().Be("unsafe_name");
        Code(() => CachedName.Of(new($"https://h/{new string('x', 300)}"))).Should().Be("unsafe_name");
    }

    [Theory]
    [InlineData("https://h/../../x.h5", "x.h5")]
    [InlineData("https://h/%2e%2e/%2e%2e/x.h5", "x.h5")]
    [InlineData("https://h/a/mnasnet0.5_top1_67.823-3ffadce67e.pth?download=1", "mnasnet0.5_top1_67.823-3ffadce67e.pth")]
    [InlineData("https://h/conv%C3%A9.h5", "convé.h5")]
    public void A_plain_name_is_kept(string address, string name) => CachedName.Of(new(address)).Should().Be(name);

    [Theory]
    [InlineData("")]
    [InlineData("0a1b2c3")]
    [InlineData("not-a-hash")]
    public void A_hash_that_would_pass_for_any_file_is_refused(string hash)
        => FluentActions.Invoking(() => PublishedFiles.Fetch(Published("https://h/x.h5") with { Hash = hash }, Options))
            .Should().Throw<DeepGpuArgumentException>();

    [Fact]
    public void A_redirection_is_followed()
    {
        using var server = new HostileServer((n, s, _) => n == 1
            ? HostileServer.Send(s, "302 Found\r\nLocation: /other\r\nContent-Length: 0", [])
            : HostileServer.Send(s, "200 OK", Good));
        File.ReadAllBytes(Fetch(server)).Should().Equal(Good);
    }

    private static PublishedWeights Published(string address)
        => new(new(address), Hash.Hex, PublishedHashKind.Sha256, new("https://example.org"), "MIT", ImagePreprocessing.Torch);

    /// <summary>Answers without a network.</summary>
    private sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.OriginalString);
            return Task.FromResult(answer(request));
        }
    }
}
