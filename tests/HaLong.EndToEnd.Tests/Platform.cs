using System.Diagnostics;
using System.Net.Http.Headers;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using HaLong.AppHost.Native;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;
using HaLong.EndToEnd.Tests;
using HaLong.TestSupport;

[assembly: AssemblyFixture(typeof(Platform))]

namespace HaLong.EndToEnd.Tests;

/// <summary>The whole platform, started once from the same model as run.sh starts, in a folder and on ports of its own.</summary>
public sealed class Platform : IAsyncLifetime
{
    private readonly string _run = Path.Combine(Path.GetTempPath(), "halong-e2e-" + Guid.CreateVersion7().ToString("N")[^12..]);
    private readonly Dictionary<string, string> _tokens = [];
    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The platform has not started.");

    internal PlatformFile File { get; private set; } = null!;

    /// <summary>Sign-ins that journeys share.</summary>
    internal SignIns SignIns { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([$"--RunDirectory={_run}", $"--PartnerKeys={PartnerKey.PublicSet}"]);
        _app = await builder.BuildAsync();
        await _app.StartAsync();
        await HealthyAsync(TimeSpan.FromMinutes(3));
        SignIns = SignIns.At(File);
    }

    /// <summary>Waits until every resource is healthy.</summary>
    public async Task HealthyAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        foreach (var name in (string[])["postgres", "broker", "cache", "identity", "dossier", "payment", "notification", "e-signature", "gateway", "portal", "partner-lab"])
        {
            try
            {
                await App.ResourceNotifications.WaitForResourceHealthyAsync(name, limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{App.Describe(name)}\n{string.Join('\n', App.GetLastLines(name))}");
            }
        }

        await Eventually.Async(() => Task.FromResult(ReadyCommand.ReadResources(_run).Resources.Count > 0), "resources.json");
        File = ReadyCommand.Describe(_run, ReadyCommand.ReadResources(_run).Resources);
    }

    /// <summary>kill -9 of every process of a resource; the host starts it again.</summary>
    public void Kill(string resource)
    {
        var pids = App.GetProcessIds(resource);
        Assert.NotEmpty(pids);
        foreach (var pid in pids)
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
    }

    internal HttpClient Http(string? token = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(File.Gateway), Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    /// <summary>A client signed in as a demonstration account.</summary>
    internal async Task<HttpClient> AsAsync(string role)
    {
        if (!_tokens.TryGetValue(role, out var token))
        {
            var account = File.Account(role);
            _tokens[role] = token = await SignIn.AsPersonAsync(File.Gateway, account.UserName, account.Password);
        }

        return Http(token);
    }

    /// <summary>Forgets tokens, which live ten minutes.</summary>
    internal void SignOut() => _tokens.Clear();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (Directory.Exists(_run))
        {
            Directory.Delete(_run, recursive: true);
        }
    }
}
