using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeepGpu.Tests.Data;

/// <summary>A server on this machine that answers each request with bytes of the test's choice, good or bad.</summary>
internal sealed class HostileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, NetworkStream, CancellationToken, Task> _answer;
    private int _requests;

    public HostileServer(Func<int, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = Serve();
    }

    public int Requests => _requests;

    /// <summary>What the last request said.</summary>
    public string LastRequest { get; private set; } = "";

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/file.bin");

    public static Task Send(NetworkStream stream, string head, byte[] body)
        => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n").Concat(body).ToArray()).AsTask();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true) _ = Answer(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                var head = new byte[4096];
                LastRequest = Encoding.ASCII.GetString(head, 0,
                    await stream.ReadAtLeastAsync(head, 1, throwOnEndOfStream: false, _stop.Token));
                await _answer(Interlocked.Increment(ref _requests), stream, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
            }
        }
    }
}
