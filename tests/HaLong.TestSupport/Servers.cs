using System.Net.Http.Headers;
using System.Text;
using Npgsql;
using Xunit;

namespace HaLong.TestSupport;

/// <summary>
/// Real PostgreSQL, RabbitMQ and Redis for a test assembly: those named by HALONG_TEST_POSTGRES, HALONG_TEST_RABBITMQ,
/// HALONG_TEST_RABBITMQ_MANAGEMENT and HALONG_TEST_REDIS, else its own, started by the native host in a temporary folder.
/// Use: <c>[assembly: AssemblyFixture(typeof(Servers))]</c>.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private readonly string _run = Guid.CreateVersion7().ToString("N")[^10..];
    private readonly Dictionary<Type, string> _templates = [];
    private readonly SemaphoreSlim _templateGate = new(1);
    private readonly List<string> _databases = [];
    private readonly List<string> _vhosts = [];
    private readonly List<Task> _drops = [];
    private OwnServers? _own;
    private string _postgres = "", _rabbit = "", _management = "";
    private int _count;

    /// <summary>StackExchange.Redis connection string.</summary>
    public string Redis { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var given = Environment.GetEnvironmentVariable("HALONG_TEST_POSTGRES");
        if (given is null)
        {
            _own = await OwnServers.StartAsync();
            (_postgres, _rabbit, _management, Redis) = (_own.Postgres, _own.Rabbit, _own.Management, _own.Redis);
            return;
        }

        _postgres = given;
        _rabbit = Environment.GetEnvironmentVariable("HALONG_TEST_RABBITMQ")!;
        _management = Environment.GetEnvironmentVariable("HALONG_TEST_RABBITMQ_MANAGEMENT")!;
        Redis = Environment.GetEnvironmentVariable("HALONG_TEST_REDIS")!;
    }

    /// <summary>Connection string of a database on the test server.</summary>
    public string PostgresConnection(string database) => new NpgsqlConnectionStringBuilder(_postgres) { Database = database, MaxPoolSize = 40 }.ConnectionString;

    /// <summary>A migrated database of its own: copied from a template that is migrated once per assembly.</summary>
    /// <param name="migrate">Migrates the template; called once per context type with its connection string.</param>
    public async Task<string> CreateDatabaseAsync<TContext>(Func<string, Task> migrate)
    {
        string? template;
        await _templateGate.WaitAsync();
        try
        {
            if (!_templates.TryGetValue(typeof(TContext), out template))
            {
                template = $"tpl_{typeof(TContext).Name.ToLowerInvariant()}_{_run}";
                await ExecuteAsync($"CREATE DATABASE \"{template}\"");
                _databases.Add(template);
                var connection = new NpgsqlConnectionStringBuilder(PostgresConnection(template)) { Pooling = false }.ConnectionString;
                await migrate(connection);
                NpgsqlConnection.ClearAllPools();
                _templates[typeof(TContext)] = template;
            }

            var name = $"t{Interlocked.Increment(ref _count)}_{typeof(TContext).Name.ToLowerInvariant()}_{_run}";
            await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
            _databases.Add(name);
            return PostgresConnection(name);
        }
        finally
        {
            _templateGate.Release();
        }
    }

    /// <summary>A virtual host of its own on the broker.</summary>
    /// <returns>amqp URL.</returns>
    public async Task<string> CreateVhostAsync()
    {
        var name = $"t{Interlocked.Increment(ref _count)}-{_run}";
        using var client = ManagementClient();
        using var created = await client.PutAsync($"api/vhosts/{name}", new StringContent("{}", Encoding.UTF8, "application/json"));
        created.EnsureSuccessStatusCode();
        lock (_vhosts)
        {
            _vhosts.Add(name);
        }

        return _rabbit + "/" + name;
    }

    /// <summary>
    /// Lets go of a virtual host; it is removed with its queues while the tests go on. Each quorum queue costs the broker work every few
    /// seconds, also when it is empty, and those of a whole run are hundreds.
    /// </summary>
    public void DropVhost(string amqpUrl)
    {
        lock (_vhosts)
        {
            _drops.Add(DropAsync(amqpUrl[(amqpUrl.LastIndexOf('/') + 1)..]));
        }
    }

    /// <summary>The broker's management API, authenticated.</summary>
    public HttpClient ManagementClient()
    {
        var user = new Uri(_rabbit).UserInfo;
        var client = new HttpClient { BaseAddress = new Uri(_management + "/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_drops);
        if (_own is not null)
        {
            await _own.DisposeAsync();
            return;
        }

        using var client = ManagementClient();
        foreach (var vhost in _vhosts)
        {
            (await client.DeleteAsync($"api/vhosts/{vhost}")).Dispose();
        }

        NpgsqlConnection.ClearAllPools();
        foreach (var database in _databases)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)");
        }
    }

    private async Task DropAsync(string vhost)
    {
        using var client = ManagementClient();
        using var dropped = await client.DeleteAsync($"api/vhosts/{vhost}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_postgres) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
