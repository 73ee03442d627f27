extern alias lab;

using System.Net;
using System.Net.Http.Json;
using lab::HaLong.PartnerLab;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Tests.Federation;

/// <summary>The simulated national identity provider on a real port.</summary>
internal sealed class VneidServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http;

    private VneidServer(WebApplication app)
    {
        this.app = app;
        http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public string Authority => app.Urls.First() + "/vneid";

    public static async Task<VneidServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "HaLong.PartnerLab" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bank:NotifyUrl"] = "http://127.0.0.1:9/",
            ["Bank:Secret"] = "not used here",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPartnerLab();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPartnerLab();
        await app.StartAsync();
        return new VneidServer(app);
    }

    /// <summary>Turns a fault on for one use.</summary>
    public async Task DialAsync(string name, double value = 1, int? times = 1)
    {
        using var answer = await http.PutAsJsonAsync($"/dials/vneid.{name}", new { value, times });
        answer.EnsureSuccessStatusCode();
    }

    public async Task ClearDialsAsync() => (await http.DeleteAsync(new Uri("/dials", UriKind.Relative))).Dispose();

    /// <summary>Adds or changes a person.</summary>
    public async Task AddAsync(string subject, int level, Dictionary<string, string> claims, int kind = 1)
    {
        using var answer = await http.PutAsJsonAsync("/vneid/people/" + subject, new { level, kind, claims });
        answer.EnsureSuccessStatusCode();
    }

    public Task AddAsync(string subject, int level, string number, string name = "Người Mới") =>
        AddAsync(subject, level, lab::HaLong.PartnerLab.Vneid.People.Citizen(subject, level, number, name, "1990-02-03", "Nữ", "0913000999").Claims.ToDictionary());

    /// <summary>Opens the provider's page, picks a person (or nobody: cancels) and returns the way back.</summary>
    public async Task<string> PickAsync(string authorize, string subject)
    {
        using var page = await http.GetAsync(new Uri(authorize));
        var html = await page.Content.ReadAsStringAsync();
        Assert.True(page.StatusCode == HttpStatusCode.OK, html);
        var fields = Browser.HiddenFields(html);
        fields["person"] = subject;
        using var decided = await http.PostAsync(new Uri("/vneid/authorize", UriKind.Relative), new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
        return decided.Headers.Location!.OriginalString;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
