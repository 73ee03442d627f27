using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Messaging;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Tests.Support;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace HaLong.Notifications.Tests.Amqp;

/// <summary>A partner inside the network: its access, and its queue at the broker.</summary>
internal sealed class Partner(string client, string url) : IAsyncDisposable
{
    private IConnection? connection;

    internal sealed record Message(string Key, IReadOnlyBasicProperties Properties, string Body)
    {
        public JsonElement Json { get; } = JsonElement.Parse(Body);

        public Guid Dossier => Json.GetProperty("subject").GetGuid();

        public long Sequence => Json.GetProperty("sequence").GetInt64();

        public string Id => Json.GetProperty("id").GetString()!;
    }

    public ConcurrentQueue<Message> Messages { get; } = [];

    public string Url => url;

    public string Queue => PartnerNames.QueuePrefix(client) + "all";

    public IConnection Connection => connection ?? throw new InvalidOperationException("Not listening.");

    /// <summary>A name that no other test uses.</summary>
    public static string NewClient() => "p" + Guid.CreateVersion7().ToString("N")[^12..];

    public static async Task<HttpResponseMessage> AskAsync(HttpClient http, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/amqp-access");
        if (key is not null)
            request.Headers.Add(Idempotency.Header, key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await http.SendAsync(request, World.Ct);
    }

    /// <summary>Gets access for a client and returns the answer.</summary>
    public static async Task<JsonElement> GrantAsync(World world, string client, string? key = null)
    {
        using var http = world.AsPartner(client);
        using var response = await AskAsync(http, key);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(World.Ct));
        return await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
    }

    /// <summary>The broker's address with the user of a granted access.</summary>
    public static string UrlOf(World world, JsonElement access) => UrlOf(world.Service.Broker, access.GetProperty("user").GetString()!, access.GetProperty("password").GetString()!);

    public static string UrlOf(string broker, string user, string password)
    {
        var server = new Uri(broker);
        return $"amqp://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@{server.Authority[(server.Authority.IndexOf('@', StringComparison.Ordinal) + 1)..]}{server.AbsolutePath}";
    }

    /// <summary>A partner with access that listens to what fits the pattern.</summary>
    public static async Task<Partner> ListenAsync(World world, string pattern = "#")
    {
        var client = NewClient();
        var partner = new Partner(client, UrlOf(world, await GrantAsync(world, client)));
        await partner.ListenAsync(pattern);
        return partner;
    }

    /// <summary>Declares and binds the partner's queue and takes everything from it.</summary>
    public async Task ListenAsync(string pattern)
    {
        connection = await ConnectAsync(url);
        var channel = await connection.CreateChannelAsync(cancellationToken: World.Ct);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: World.Ct);
        await channel.QueueBindAsync(Queue, PublicExchange.Name, pattern, cancellationToken: World.Ct);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, m) =>
        {
            Messages.Enqueue(new Message(m.RoutingKey, new BasicProperties(m.BasicProperties), Encoding.UTF8.GetString(m.Body.Span)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Queue, autoAck: true, consumer, World.Ct);
    }

    public IReadOnlyList<long> SequencesOf(Guid dossier) => [.. Messages.Where(m => m.Dossier == dossier).Select(m => m.Sequence)];

    public static Task<IConnection> ConnectAsync(string url) =>
        new ConnectionFactory { Uri = new Uri(url), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(World.Ct);

    /// <summary>Whether the broker lets this user in.</summary>
    public static async Task<bool> CanConnectAsync(string url)
    {
        try
        {
            await using var connection = await ConnectAsync(url);
            return true;
        }
        catch (BrokerUnreachableException e) when (e.InnerException is AuthenticationFailureException or OperationInterruptedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
