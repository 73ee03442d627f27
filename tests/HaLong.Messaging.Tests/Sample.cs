using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

[assembly: AssemblyFixture(typeof(Servers))]

namespace HaLong.Messaging.Tests;

/// <summary>The sample service with a database and a virtual host of its own; any number of hosts of it.</summary>
internal sealed class Sample : IAsyncDisposable
{
    private readonly List<ServiceFactory<WorkDone>> _hosts = [];
    private readonly Servers _servers;

    private Sample(Servers servers, TestIdentity identity, string database, string broker) =>
        (_servers, Identity, Database, Broker) = (servers, identity, database, broker);

    public TestIdentity Identity { get; }

    public string Database { get; }

    /// <summary>The broker's real address; hosts may be given another.</summary>
    public string Broker { get; }

    public static async Task<Sample> CreateAsync(Servers servers)
    {
        var database = await DatabaseAsync(servers);
        return new Sample(servers, await TestIdentity.StartAsync(), database, await servers.CreateVhostAsync());
    }

    /// <summary>A database alone, with the triggers that a service's migration makes.</summary>
    public static Task<string> DatabaseAsync(Servers servers) => servers.CreateDatabaseAsync<SampleDb>(async connection =>
    {
        await using var db = Context(connection);
        await db.Database.EnsureCreatedAsync();
        await db.Database.ExecuteSqlRawAsync(EvidenceSql.Up);
    });

    public async Task<ServiceFactory<WorkDone>> HostAsync(
        string? broker = null, string? database = null, bool waitForBus = true, params (string Key, string Value)[] settings)
    {
        var host = new ServiceFactory<WorkDone>(_servers, Identity).WithBroker(broker ?? Broker).WithSetting("ConnectionStrings:sample-db", database ?? Database);
        foreach (var (key, value) in settings)
        {
            host.WithSetting(key, value);
        }

        _hosts.Add(host);
        return await host.StartAsync(waitForBus);
    }

    public async Task<T> QueryAsync<T>(Func<SampleDb, Task<T>> query)
    {
        await using var db = Context(Database);
        return await query(db);
    }

    public Task<int> CountAsync(string consumer) => QueryAsync(db => db.Effects.CountAsync(e => e.Consumer == consumer));

    public Task<int> OutboxAsync() => QueryAsync(db => db.Set<OutboxMessage>().CountAsync());

    /// <summary>Everything that was to happen has happened: the first consumer's effects, the second's, and an empty outbox.</summary>
    public async Task SettledAsync(int works, TimeSpan? within = null)
    {
        await Eventually.Async(
            async () => await CountAsync(nameof(RecordWork)) >= works && await CountAsync(nameof(RecordFollowUp)) >= works && await OutboxAsync() == 0,
            $"{works} works recorded and followed up", within);
        Assert.Equal(works, await CountAsync(nameof(RecordWork)));
        Assert.Equal(works, await CountAsync(nameof(RecordFollowUp)));
        Assert.Equal(works, await QueryAsync(db => db.Effects.Where(e => e.Consumer == nameof(RecordWork)).Select(e => e.WorkId).Distinct().CountAsync()));
    }

    /// <summary>A queue beside the service's own that keeps every delivery of a message type, however often it is sent.</summary>
    public async Task<Observer> ObserveAsync(string exchange)
    {
        var observer = new Observer();
        await observer.StartAsync(Broker, exchange);
        return observer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Identity.DisposeAsync();
    }

    public static SampleDb Context(string connection) => new(new DbContextOptionsBuilder<SampleDb>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
}

internal static class HostExtensions
{
    /// <summary>Commits works on this host, each with its event.</summary>
    public static async Task<List<Guid>> CommitAsync(this ServiceFactory<WorkDone> host, int works, TimeSpan delay = default)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
        var ids = Enumerable.Range(0, works).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids)
        {
            db.Works.Add(new Work { Id = id, Name = "work" });
            db.Enqueue(new WorkDone(id, "work"), delay);
        }

        await db.SaveChangesAsync();
        return ids;
    }

    public static Behaviour Behaviour(this ServiceFactory<WorkDone> host) => host.Services.GetRequiredService<Behaviour>();

    /// <summary>Sums of the counters and last values of the gauges of this host.</summary>
    public static Meters Meters(this ServiceFactory<WorkDone> host) => new(host.Services.GetRequiredService<IMeterFactory>());
}

internal sealed class Meters : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _values = [];

    public Meters(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Hosts in one process have meters of one name; the factory tells them apart.
            if (instrument.Meter.Name == "HaLong.Messaging" && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Take(instrument, value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Take(instrument, value));
        _listener.Start();
    }

    public double this[string name]
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _values.GetValueOrDefault(name);
        }
    }

    public bool Knows(string name) => _values.ContainsKey(name);

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value) =>
        _values.AddOrUpdate(instrument.Name, value, (_, before) => instrument.IsObservable ? value : before + value);
}

internal sealed class Observer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _messageIds = [];
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Ids of the messages in order of delivery.</summary>
    public IReadOnlyCollection<string> MessageIds => _messageIds;

    public async Task StartAsync(string broker, string exchange)
    {
        _connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync();
        await _channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        var queue = await _channel.QueueDeclareAsync();
        await _channel.QueueBindAsync(queue.QueueName, exchange, routingKey: "");
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _messageIds.Enqueue(delivery.BasicProperties.MessageId ?? "");
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
