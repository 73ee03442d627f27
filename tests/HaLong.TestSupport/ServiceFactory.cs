using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.TestSupport;

/// <summary>One service, run in the test process against real servers: its own database and virtual host.</summary>
/// <typeparam name="TProgram">The service's entry point.</typeparam>
public sealed class ServiceFactory<TProgram>(Servers servers, TestIdentity identity) : IAsyncDisposable
    where TProgram : class
{
    private readonly Dictionary<string, string?> _settings = [];
    private readonly List<Action<IServiceCollection>> _services = [];
    private readonly List<Func<Task>> _preparations = [];
    private Host? _host;
    private int? _port;
    private bool _ownsBroker;

    /// <summary>amqp URL of the virtual host.</summary>
    public string Broker { get; private set; } = "";

    /// <summary>Services of the running host.</summary>
    public IServiceProvider Services => Running.Services;

    private Host Running => _host ?? throw new InvalidOperationException("Call StartAsync first.");

    /// <summary>Gives the service a migrated database of its own; <paramref name="seed"/> fills the template once.</summary>
    public ServiceFactory<TProgram> WithDatabase<TContext>(string connectionName, Func<DbContextOptions<TContext>, TContext> create, Func<TContext, Task>? seed = null)
        where TContext : DbContext
    {
        _preparations.Add(async () => _settings["ConnectionStrings:" + connectionName] = await servers.CreateDatabaseAsync<TContext>(async connection =>
        {
            await using var db = create(new DbContextOptionsBuilder<TContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
            await db.Database.MigrateAsync();
            if (seed is not null)
            {
                await seed(db);
            }
        }));
        return this;
    }

    /// <summary>A configuration value.</summary>
    public ServiceFactory<TProgram> WithSetting(string key, string? value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Replaces or adds services.</summary>
    public ServiceFactory<TProgram> WithServices(Action<IServiceCollection> configure)
    {
        _services.Add(configure);
        return this;
    }

    /// <summary>Uses the virtual host of another factory, so that both hear each other (replicas).</summary>
    public ServiceFactory<TProgram> WithBroker(string amqpUrl)
    {
        Broker = amqpUrl;
        return this;
    }

    /// <summary>Serves on a real port of this machine, for callers that are not in the test process or must see real connections.</summary>
    public ServiceFactory<TProgram> OnPort(int port)
    {
        _port = port;
        return this;
    }

    /// <summary>Starts the service and, unless told otherwise, waits until its queues exist.</summary>
    public async Task<ServiceFactory<TProgram>> StartAsync(bool waitForBus = true)
    {
        if (Broker.Length == 0)
        {
            Broker = await servers.CreateVhostAsync();
            _ownsBroker = true;
        }

        foreach (var prepare in _preparations)
        {
            await prepare();
        }

        _settings.TryAdd("ConnectionStrings:broker", Broker);
        _settings.TryAdd("ConnectionStrings:cache", servers.Redis);
        _settings.TryAdd("PublicUrl", TestIdentity.PublicUrl);
        _settings.TryAdd("services:identity:http:0", identity.Url);
        _settings.TryAdd("ServiceAuth:ClientId", "test-service");
        _settings.TryAdd("ServiceAuth:ClientSecret", "test-secret");
        _host = await BootAsync();
        if (waitForBus && _host.Services.GetService<IBusControl>() is { } bus)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, limit.Token);
        }

        return this;
    }

    // A program that refuses to start is torn down by its own thread, and the test host may find it gone before it hears why.
    // Asked again, it says why.
    private async Task<Host> BootAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var host = new Host(_settings, _services);
            if (_port is { } port)
            {
                host.UseKestrel(port);
            }

            try
            {
                host.StartServer();
                return host;
            }
            catch (Exception e)
            {
                await host.DisposeAsync();
                if (e is not ObjectDisposedException || attempt == 10)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>An HTTP client with a token, or none; answers in Vietnamese unless told otherwise; redirects are not followed.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = Running.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    /// <summary>A gRPC invoker with a token, or none: <c>new Accounts.AccountsClient(factory.Grpc(token))</c>.</summary>
    public CallInvoker Grpc(string? token = null)
    {
        var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = Running.Server.CreateHandler(),
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        return token is null ? channel.CreateCallInvoker() : channel.Intercept(metadata =>
        {
            metadata.Add("authorization", "Bearer " + token);
            return metadata;
        });
    }

    /// <summary>Publishes a message on the service's bus, as a neighbour would.</summary>
    public async Task PublishAsync<TMessage>(TMessage message, Guid? messageId = null)
        where TMessage : class
    {
        var bus = Services.GetRequiredService<IBus>();
        await bus.Publish(message, c => c.MessageId = messageId ?? Guid.CreateVersion7());
    }

    /// <summary>Runs work with a scope of the service.</summary>
    public async Task<T> InScopeAsync<TContext, T>(Func<TContext, Task<T>> work)
        where TContext : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_ownsBroker)
        {
            _ownsBroker = false;
            servers.DropVhost(Broker);
        }
    }

    private sealed class Host(Dictionary<string, string?> settings, List<Action<IServiceCollection>> services) : WebApplicationFactory<TProgram>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(settings.GetValueOrDefault("ASPNETCORE_ENVIRONMENT") ?? Environments.Development);
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureServices(s => services.ForEach(configure => configure(s)));
        }
    }
}
