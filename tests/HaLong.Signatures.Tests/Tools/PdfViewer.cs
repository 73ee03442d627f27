using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Chromium's own viewer: what people see who open a file in the browser.</summary>
internal sealed class PdfViewer : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private int last;

    private PdfViewer(Process process, string profile) => (this.process, this.profile) = (process, profile);

    public static async Task<PdfViewer> OpenAsync(string file, string profile)
    {
        var start = new ProcessStartInfo("chromium",
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--remote-debugging-port=0", "--user-data-dir=" + profile, "--window-size=1200,900", "file://" + file,
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var viewer = new PdfViewer(Process.Start(start) ?? throw new InvalidOperationException("Chromium does not start."), profile);
        // What it says must not fill the pipe.
        viewer.process.BeginErrorReadLine();
        viewer.process.BeginOutputReadLine();
        await viewer.ConnectAsync();
        return viewer;
    }

    /// <summary>The window as PNG.</summary>
    public async Task<byte[]> PictureAsync()
    {
        var id = ++last;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method = "Page.captureScreenshot" }), WebSocketMessageType.Text, true, Ct);
        while (true)
        {
            using var message = new MemoryStream();
            var buffer = new byte[64 * 1024];
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, Ct);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            using var answer = JsonDocument.Parse(message.ToArray());
            if (answer.RootElement.TryGetProperty("id", out var of) && of.GetInt32() == id)
                return answer.RootElement.GetProperty("result").GetProperty("data").GetBytesFromBase64();
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private async Task ConnectAsync()
    {
        var place = Path.Combine(profile, "DevToolsActivePort");
        using var client = new HttpClient();
        while (true)
        {
            Ct.ThrowIfCancellationRequested();
            if (File.Exists(place) && File.ReadAllLines(place) is [var port, ..])
            {
                var targets = await client.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/json", Ct);
                var page = targets.EnumerateArray().FirstOrDefault(t => t.GetProperty("type").GetString() == "page");
                if (page.ValueKind == JsonValueKind.Object)
                {
                    await socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), Ct);
                    return;
                }
            }

            await Task.Delay(100, Ct);
        }
    }
}
