using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace HaLong.Architecture.Tests;

/// <summary>A service built and mapped, without servers behind it: what it would serve.</summary>
internal abstract class Booted : IDisposable
{
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["PublicUrl"] = "https://halong.test",
        ["ConnectionStrings:identity-db"] = "Host=127.0.0.1;Port=1",
        ["ConnectionStrings:dossier-db"] = "Host=127.0.0.1;Port=1",
        ["ConnectionStrings:payment-db"] = "Host=127.0.0.1;Port=1",
        ["ConnectionStrings:notification-db"] = "Host=127.0.0.1;Port=1",
        ["ConnectionStrings:signature-db"] = "Host=127.0.0.1;Port=1",
        ["ConnectionStrings:broker"] = "amqp://nobody:nothing@127.0.0.1:1",
        ["ServiceAuth:ClientId"] = "test",
        ["ServiceAuth:ClientSecret"] = "test",
        ["Keys:Password"] = "architecture-tests-only",
        ["Pki:KeyPassword"] = "architecture-tests-only",
        ["Webhooks:KeyPassword"] = "architecture-tests-only",
        ["Clients:partner:Secret"] = "architecture-tests-only",
        ["Bank:Providers:lab:Secret"] = "architecture-tests-only-32-characters",
        ["Smtp:Url"] = "http://127.0.0.1:1",
        ["Smtp:From"] = "test@halong.test",
        ["Files:Path"] = Path.Combine(Path.GetTempPath(), "halong-architecture-tests"),
        ["Portal:Url"] = "http://127.0.0.1:1",
        ["Demo:Password"] = "architecture-tests-only",
    };

    public abstract IServiceProvider Services { get; }

    public abstract HttpClient Client();

    public IEnumerable<RouteEndpoint> Endpoints => Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    public static Booted Of(Assembly service, Action<IServiceCollection>? configure = null) =>
        (Booted)Activator.CreateInstance(typeof(Booted<>).MakeGenericType(service.EntryPoint!.DeclaringType!), configure ?? (_ => { }))!;

    public abstract void Dispose();
}

internal sealed class Booted<TProgram>(Action<IServiceCollection> configure) : Booted
    where TProgram : class
{
    private readonly Host _host = new(configure);

    public override IServiceProvider Services => _host.Services;

    public override HttpClient Client() => _host.CreateClient();

    public override void Dispose() => _host.Dispose();

    private sealed class Host(Action<IServiceCollection> configure) : WebApplicationFactory<TProgram>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(Environments.Development);
            foreach (var (key, value) in Settings)
            {
                builder.UseSetting(key, value);
            }

            // Nothing runs in the background: only what is mapped is of interest.
            builder.ConfigureTestServices(services =>
            {
                services.RemoveAll<IHostedService>();
                configure(services);
            });
        }
    }
}
