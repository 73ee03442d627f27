using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Sessions;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Sessions;

/// <summary>What tests of sessions do again and again.</summary>
internal static class SessionSite
{
    /// <summary>Promised between the end of a session and the refusal of its tokens, everywhere.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    /// <summary>A person of a test's own, so that no other test ends their sessions.</summary>
    public static async Task<string> NewCitizenAsync(this IdentitySite site, string role = "citizen")
    {
        var userName = role + "-" + Guid.CreateVersion7().ToString("N")[^10..];
        await site.DatabaseAsync(async db =>
        {
            var account = Account.Register(Guid.CreateVersion7(), userName, "Người Thử", [role], site.Clock.GetUtcNow());
            account.SetPasswordHash((await db.Accounts.SingleAsync(a => a.UserName == "citizen")).PasswordHash);
            db.Accounts.Add(account);
            return await db.SaveChangesAsync();
        });
        return userName;
    }

    /// <summary>A request to the service, with a token.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this IdentitySite site, HttpMethod method, string path, string? token)
    {
        using var client = site.Service.Client(token);
        using var request = new HttpRequestMessage(method, path);
        return await client.SendAsync(request);
    }

    public static async Task<HttpStatusCode> StatusAsync(this IdentitySite site, string path, string? token)
    {
        using var answer = await site.SendAsync(HttpMethod.Get, path, token);
        return answer.StatusCode;
    }

    public static async Task<string> CodeOfAsync(HttpResponseMessage problem, HttpStatusCode status)
    {
        using (problem)
        {
            var text = await problem.Content.ReadAsStringAsync();
            Assert.True(status == problem.StatusCode, $"{(int)problem.StatusCode} {text}");
            return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("code").GetString()!;
        }
    }

    public static string AccessTokenOf(JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;

    public static string RefreshTokenOf(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;

    public static Guid SessionOf(JsonElement tokens) => Guid.Parse(Browser.Read(tokens).GetClaim("sid").Value);

    public static Task<Session> SessionAsync(this IdentitySite site, Guid id) => site.DatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == id));

    /// <summary>Does something with the service's own objects and saves.</summary>
    public static async Task InServiceAsync(this IdentitySite site, Func<IServiceProvider, HaLong.Identity.Persistence.IdentityDbContext, Task> work)
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HaLong.Identity.Persistence.IdentityDbContext>();
        await work(scope.ServiceProvider, db);
        await db.SaveChangesAsync();
    }

    public static Task RefusedAsync(this IdentitySite site, string token) =>
        Eventually.Async(async () => await site.StatusAsync("/api/v1/me", token) == HttpStatusCode.Unauthorized, "the token is refused", Promised);

    /// <summary>A replica on a real port, with that address as its public one.</summary>
    public static async Task<(ServiceFactory<Program> Service, string Url)> StartOnPortAsync(this IdentitySite site, Action<ServiceFactory<Program>>? configure = null)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var url = $"http://127.0.0.1:{port}";
        var service = await site.StartReplicaAsync(f =>
        {
            f.OnPort(port).WithSetting("PublicUrl", url);
            configure?.Invoke(f);
        });
        return (service, url);
    }

    /// <summary>A browser that walks the real pages of a replica on a port.</summary>
    public static Browser BrowserAt(string url) =>
        new(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(url) });

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);
}
