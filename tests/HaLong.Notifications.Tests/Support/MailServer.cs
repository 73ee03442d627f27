using System.Net.Http.Json;
using System.Text.Json;
using HaLong.PartnerLab;
using HaLong.PartnerLab.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace HaLong.Notifications.Tests.Support;

/// <summary>PartnerLab's mail sink on a real port.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http;

    private MailServer(WebApplication app)
    {
        this.app = app;
        http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public int Port => app.Services.GetRequiredService<SmtpSink>().Port;

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The lab itself.</summary>
    public string LabUrl => app.Urls.First();

    /// <summary>Where the same lab takes SMS.</summary>
    public string SmsUrl => app.Urls.First() + "/sms/messages";

    public static async Task<MailServer> StartAsync(int port = 0, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "HaLong.PartnerLab" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SMTP_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Bank:NotifyUrl"] = "http://127.0.0.1:9/",
            ["Bank:Secret"] = "not used here",
            ["Sms:ApiKey"] = "sms-key",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPartnerLab();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPartnerLab();
        await app.StartAsync();
        return new MailServer(app);
    }

    /// <summary>Mail to a person, parsed.</summary>
    public async Task<IReadOnlyList<MimeMessage>> ToAsync(string address)
    {
        var found = await http.GetFromJsonAsync<JsonElement>($"/mail/messages?to={Uri.EscapeDataString(address)}");
        var messages = new List<MimeMessage>();
        foreach (var id in found.EnumerateArray().Select(m => m.GetProperty("id").GetString()))
        {
            using var eml = new MemoryStream(await http.GetByteArrayAsync($"/mail/messages/{id}.eml"));
            messages.Add(await MimeMessage.LoadAsync(eml));
        }

        return messages;
    }

    /// <summary>Mail to a person, byte for byte.</summary>
    public async Task<IReadOnlyList<byte[]>> RawToAsync(string address)
    {
        var found = await http.GetFromJsonAsync<JsonElement>($"/mail/messages?to={Uri.EscapeDataString(address)}");
        return await Task.WhenAll(found.EnumerateArray().Select(m => http.GetByteArrayAsync($"/mail/messages/{m.GetProperty("id").GetString()}.eml")));
    }

    /// <summary>The envelopes of mail to a person.</summary>
    public async Task<IReadOnlyList<JsonElement>> EnvelopesAsync(string address) =>
        await http.GetFromJsonAsync<List<JsonElement>>($"/mail/messages?to={Uri.EscapeDataString(address)}") ?? [];

    /// <summary>Connections that were made so far.</summary>
    public async Task<int> ConnectionsAsync() => (await http.GetFromJsonAsync<JsonElement>("/mail/server")).GetProperty("connections").GetInt32();

    /// <summary>The root that issued the server's certificate, as PEM.</summary>
    public Task<string> RootPemAsync() => http.GetStringAsync("/mail/root.pem");

    /// <summary>SMS to a number.</summary>
    public async Task<IReadOnlyList<JsonElement>> SmsAsync(string phone) =>
        await http.GetFromJsonAsync<List<JsonElement>>($"/sms/messages?to={Uri.EscapeDataString(phone)}") ?? [];

    public async Task DialAsync(string name, object setting)
    {
        using var response = await http.PutAsJsonAsync($"/dials/{name}", setting);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
