using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Bench.Limits;

/// <summary>How many requests per second an empty Kestrel in a process of its own answers on this machine, the asking included.</summary>
internal static class KestrelLimit
{
    public const string ServeCommand = "serve-empty";
    private const int Connections = 64;

    /// <summary>The process that is measured: prints its address and serves until its input ends.</summary>
    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => TypedResults.Json(new { status = "SUBMITTED" }));
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    public static async Task<double> MeasureAsync(int seconds)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KestrelLimit).Assembly.Location, ServeCommand]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        try
        {
            var url = new Uri(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The empty server did not start."));
            await DriveAsync(url, TimeSpan.FromSeconds(1));
            return await DriveAsync(url, TimeSpan.FromSeconds(seconds));
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<double> DriveAsync(Uri url, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => AskAsync(url, clock, duration))));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    // Plain sockets: a client library would cost more than the server that is measured.
    private static async Task<long> AskAsync(Uri url, Stopwatch clock, TimeSpan duration)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        await using var stream = socket.GetStream();
        var request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");
        var buffer = new byte[4096];
        await stream.WriteAsync(request);
        var length = await FirstAsync(stream, buffer);
        long answers = 1;
        for (; clock.Elapsed < duration; answers++)
        {
            await stream.WriteAsync(request);
            await stream.ReadExactlyAsync(buffer.AsMemory(0, length));
        }

        return answers;
    }

    // All answers are alike, so the length of the first tells where each of the others ends.
    private static async Task<int> FirstAsync(NetworkStream stream, byte[] buffer)
    {
        for (var read = 0; ;)
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read));
            if (more == 0)
            {
                throw new IOException("The empty server hung up.");
            }

            read += more;
            if (Encoding.ASCII.GetString(buffer, 0, read).EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            {
                return read;
            }
        }
    }
}
