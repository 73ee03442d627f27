using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using HaLong.PartnerLab.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.PartnerLab.Tests;

/// <summary>A running lab on free ports.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly WebApplication app;

    private Lab(WebApplication app)
    {
        this.app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        SmtpPort = app.Services.GetRequiredService<SmtpSink>().Port;
    }

    public HttpClient Http { get; }

    public int SmtpPort { get; }

    public static async Task<Lab> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "HaLong.PartnerLab" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bank:NotifyUrl"] = "http://127.0.0.1:9/hooks/bank/lab",
            ["Bank:Secret"] = "a-shared-secret",
            ["Bank:FirstDelay"] = "00:00:00.010",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPartnerLab();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPartnerLab();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Lab(app);
    }

    public async Task DialAsync(string name, object value, int? times = null, string? target = null)
    {
        using var response = await Http.PutAsJsonAsync($"/dials/{name}", new { value, times, target }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task<SmtpTalk> TalkAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", SmtpPort, TestContext.Current.CancellationToken);
        return new SmtpTalk(client);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

/// <summary>The client's side of an SMTP conversation, typed by hand.</summary>
internal sealed class SmtpTalk(TcpClient client) : IDisposable
{
    private readonly StreamReader reader = new(client.GetStream(), Encoding.ASCII);

    public async Task<string> HearAsync()
    {
        while (true)
        {
            var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10)) ?? "closed";
            if (line.Length < 4 || line[3] != '-')
                return line;
        }
    }

    /// <summary>Every line of the answer.</summary>
    public async Task<List<string>> SayAllAsync(string line)
    {
        await SayRawAsync(line + "\r\n");
        var lines = new List<string>();
        do
            lines.Add(await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10)) ?? "closed");
        while (lines[^1].Length > 3 && lines[^1][3] == '-');
        return lines;
    }

    public Task SayRawAsync(string text) => client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    public async Task<string> SayAsync(string line)
    {
        await SayRawAsync(line + "\r\n");
        return await HearAsync();
    }

    /// <summary>Everything up to the 354 answer.</summary>
    public async Task BeginMessageAsync(string from = "a@halong.vn", string to = "b@example.vn")
    {
        Assert.StartsWith("220", await HearAsync());
        Assert.StartsWith("250", await SayAsync("EHLO client"));
        Assert.StartsWith("250", await SayAsync($"MAIL FROM:<{from}>"));
        Assert.StartsWith("250", await SayAsync($"RCPT TO:<{to}>"));
        Assert.StartsWith("354", await SayAsync("DATA"));
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
