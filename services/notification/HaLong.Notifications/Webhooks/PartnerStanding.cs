using System.Collections.Concurrent;
using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Whether a partner may have events now.</summary>
internal enum Standing
{
    Entitled,
    Revoked,

    /// <summary>Identity cannot be asked: nothing is delivered on doubt.</summary>
    Unknown,
}

/// <summary>
/// What identity says about partners' clients: a subscription outlives the token that made it, so its owner is looked at again before each
/// delivery. Asked at most once in five seconds per client, many at once.
/// </summary>
internal sealed partial class PartnerStanding(
    PartnerClients.PartnerClientsClient clients, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<PartnerStanding> logger)
{
    private const int MostAtOnce = 200;
    private readonly ConcurrentDictionary<string, Word> words = [];

    private sealed record Word(DateTimeOffset At, Standing Standing, string Contact);

    public async Task<IReadOnlyDictionary<string, Standing>> CheckAsync(IEnumerable<string> owners, CancellationToken ct)
    {
        var wanted = owners.Distinct(StringComparer.Ordinal).ToList();
        foreach (var some in wanted.Where(o => !IsFresh(o)).Chunk(MostAtOnce))
            await AskAsync(some, ct);
        return wanted.ToDictionary(o => o, o => IsFresh(o) ? words[o].Standing : Standing.Unknown);
    }

    /// <summary>Whom to tell; empty where nobody is known, null where identity cannot be asked.</summary>
    public async Task<string?> ContactAsync(string owner, CancellationToken ct)
    {
        await CheckAsync([owner], ct);
        return IsFresh(owner) ? words[owner].Contact : null;
    }

    private bool IsFresh(string owner) => words.TryGetValue(owner, out var word) && clock.GetUtcNow() - word.At < options.Value.StandingFor;

    private async Task AskAsync(string[] owners, CancellationToken ct)
    {
        try
        {
            var request = new BatchCheckClientsRequest();
            request.ClientIds.AddRange(owners);
            var answer = await clients.BatchCheckAsync(request, cancellationToken: ct);
            var now = clock.GetUtcNow();
            var known = answer.Clients.ToDictionary(c => c.ClientId, StringComparer.Ordinal);
            foreach (var owner in owners)
            {
                var client = known.GetValueOrDefault(owner);
                var entitled = client is { Active: true } && client.Scopes.Contains(Policies.EventsScope);
                words[owner] = new Word(now, entitled ? Standing.Entitled : Standing.Revoked, client?.ContactEmail ?? "");
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is RpcException or ErrorException or HttpRequestException)
        {
            LogAway(logger, e, owners.Length);
        }
    }

    [LoggerMessage(4350, LogLevel.Warning, "Identity cannot be asked about {Count} partners; their deliveries wait")]
    private static partial void LogAway(ILogger logger, Exception e, int count);
}
