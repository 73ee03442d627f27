using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using HaLong.TestSupport;

namespace HaLong.Identity.Tests.Passkeys;

/// <summary>A headless Chromium with a virtual passkey device, driven over its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly string folder;
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource ending = new();
    private Task reading = Task.CompletedTask;
    private Task draining = Task.CompletedTask;
    private string session = "";
    private string device = "";
    private int last;

    private Chromium(Process process, string folder) => (this.process, this.folder) = (process, folder);

    public static async Task<Chromium> StartAsync(bool verifiesPeople = true)
    {
        var folder = Directory.CreateTempSubdirectory("halong-chromium-").FullName;
        var start = new ProcessStartInfo("chromium")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking",
                "--remote-debugging-port=0", "--user-data-dir=" + folder, "--accept-lang=vi", "about:blank",
            },
        };
        Process process;
        try
        {
            process = Process.Start(start)!; // Not null: no shell is asked.
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("chromium is not installed: the passkey tests need it.", e);
        }

        var browser = new Chromium(process, folder);
        try
        {
            await browser.ConnectAsync(verifiesPeople);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public Task GoAsync(string address) => SendAsync("Page.navigate", new { url = address });

    /// <summary>Whether somebody stands by and touches the device whenever it asks.</summary>
    public Task TouchAsync(bool enabled) => SendAsync("WebAuthn.setAutomaticPresenceSimulation", new { authenticatorId = device, enabled });

    /// <summary>Value of an expression on the page.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true, userGesture = true });
        return answer.TryGetProperty("exceptionDetails", out var fault) ? throw new InvalidOperationException(fault.ToString())
            : answer.GetProperty("result").TryGetProperty("value", out var value) ? value.ToString() : "";
    }

    /// <summary>Waits until an expression on the page is true, through any number of page loads.</summary>
    public async Task UntilAsync(string expression)
    {
        try
        {
            await Eventually.Async(async () => await EvaluateAsync($"document.readyState === 'complete' && !!({expression})") is "True" or "true", expression, Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{await EvaluateAsync("location.href + '\\n' + document.body.innerText")}\n{await EvaluateAsync("document.documentElement.outerHTML.slice(0, 3000)")}", e);
        }
    }

    /// <summary>Types into a field and leaves the rest as it is.</summary>
    public Task FillAsync(string field, string value) => EvaluateAsync($"document.querySelector({Js(field)}).value = {Js(value)}");

    public Task ClickAsync(string element) => EvaluateAsync($"document.querySelector({Js(element)}).click()");

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        await Task.WhenAll(reading, draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        sending.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task ConnectAsync(bool verifiesPeople)
    {
        using var limit = new CancellationTokenSource(Patience);
        const string Listening = "DevTools listening on ";
        var said = new StringBuilder();
        string? line;
        while ((line = await process.StandardError.ReadLineAsync(limit.Token)) is not null && !line.StartsWith(Listening, StringComparison.Ordinal))
            said.AppendLine(line);
        if (line is null)
            throw new InvalidOperationException("chromium did not start: " + said);
        // What it says from now on must not fill the pipe.
        draining = Task.WhenAll(process.StandardError.BaseStream.CopyToAsync(Stream.Null, ending.Token), process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ending.Token));

        await socket.ConnectAsync(new Uri(line[Listening.Length..]), limit.Token);
        reading = ReadAsync();
        var page = (await SendAsync("Target.getTargets", new { })).GetProperty("targetInfos").EnumerateArray().First(t => t.GetProperty("type").GetString() == "page");
        session = (await SendAsync("Target.attachToTarget", new { targetId = page.GetProperty("targetId").GetString(), flatten = true })).GetProperty("sessionId").GetString()!;
        await SendAsync("Page.enable", new { });
        await SendAsync("WebAuthn.enable", new { });
        var added = await SendAsync("WebAuthn.addVirtualAuthenticator", new
        {
            options = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = verifiesPeople,
                automaticPresenceSimulation = true,
            },
        });
        device = added.GetProperty("authenticatorId").GetString()!;
    }

    private async Task<JsonElement> SendAsync(string method, object parameters)
    {
        var id = Interlocked.Increment(ref last);
        var answer = waiting[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = session.Length == 0
            ? JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters })
            : JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters, sessionId = session });
        await sending.WaitAsync(ending.Token);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, true, ending.Token);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        while (!ending.IsCancellationRequested)
        {
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), ending.Token);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var answer = JsonSerializer.Deserialize<JsonElement>(message.ToArray());
            if (!answer.TryGetProperty("id", out var id) || !waiting.TryRemove(id.GetInt32(), out var task))
                continue;
            if (answer.TryGetProperty("error", out var error))
                task.SetException(new InvalidOperationException(error.ToString()));
            else
                task.SetResult(answer.GetProperty("result"));
        }
    }

    private static string Js(string text) => JsonSerializer.Serialize(text);
}
