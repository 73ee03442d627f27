using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Gateway.Tests;

/// <summary>The gateway as it is shipped, on a real port, in front of backends that play the services.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings = [];
    private readonly List<Action<IServiceCollection>> _configure = [];
    private WebApplication? _app;

    private GatewayHost(TestIdentity identity) => Identity = identity;

    public static readonly string[] Names = ["identity", "dossier", "payment", "notification", "e-signature", "portal"];

    public TestIdentity Identity { get; }

    public Dictionary<string, Backend> Backends { get; } = [];

    public string Url => Running.Urls.First();

    public IServiceProvider Services => Running.Services;

    private WebApplication Running => _app ?? throw new InvalidOperationException("Call StartAsync first.");

    public Backend this[string service] => Backends[service];

    /// <summary>All six services, one replica each.</summary>
    public static async Task<GatewayHost> CreateAsync()
    {
        var host = new GatewayHost(await TestIdentity.StartAsync());
        foreach (var name in Names)
        {
            var backend = await Backend.StartAsync(name);
            host.Backends[name] = backend;
            host.With($"services:{name}:http:0", backend.Url);
        }

        return host.With("PublicUrl", TestIdentity.PublicUrl).With("Auth:JwksUrl", host.Identity.Url + "/.well-known/jwks").With("urls", "http://127.0.0.1:0")
            .With("ServiceAuth:ClientId", "gateway").With("ServiceAuth:ClientSecret", "secret")
            .WithServices(services =>
            {
                // What the gateway asks for itself goes to the test's identity; the backend of that name sees only what is forwarded.
                services.AddHttpClient("service-tokens").ConfigurePrimaryHttpMessageHandler(() => new ToIdentity(host.Identity));
                services.AddHttpClient("revocations").ConfigurePrimaryHttpMessageHandler(() => new ToIdentity(host.Identity));
            });
    }

    public static async Task<GatewayHost> StartedAsync(params (string Key, string Value)[] settings)
    {
        var host = await CreateAsync();
        foreach (var (key, value) in settings)
        {
            host.With(key, value);
        }

        return await host.StartAsync();
    }

    public GatewayHost With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    public GatewayHost WithServices(Action<IServiceCollection> configure)
    {
        _configure.Add(configure);
        return this;
    }

    public async Task<GatewayHost> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = ProjectFolder(),
            EnvironmentName = "Production",
            ApplicationName = typeof(GatewayService).Assembly.GetName().Name,
            Args = [.. _settings.Select(s => $"--{s.Key}={s.Value}")],
        });
        builder.AddGateway();
        builder.Logging.ClearProviders();
        _configure.ForEach(configure => configure(builder.Services));
        _app = builder.Build();
        _app.MapGateway();
        await _app.StartAsync();
        return this;
    }

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Url) };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    /// <summary>A GET exactly as written, as no client library would send it; the whole answer as text.</summary>
    public async Task<string> RawAsync(string target, params string[] headers)
    {
        var ct = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        var url = new Uri(Url);
        await socket.ConnectAsync(url.Host, url.Port, ct);
        await using var stream = socket.GetStream();
        var request = $"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), ct);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }

    public HttpClient Citizen() => Client(Identity.Token());

    public HttpClient Official() => Client(Identity.Token(roles: [Roles.Officer], unit: "06658"));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        foreach (var backend in Backends.Values)
        {
            await backend.DisposeAsync();
        }

        await Identity.DisposeAsync();
    }

    private sealed class ToIdentity(TestIdentity identity) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(new Uri(identity.Url), request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private static string ProjectFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../gateway/HaLong.Gateway"));
}
