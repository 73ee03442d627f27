using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HaLong.ServiceDefaults;

/// <summary>Where the voids are read: at identity over HTTP, in identity itself from its database.</summary>
public interface IRevocationSource
{
    /// <summary>How often to read.</summary>
    TimeSpan Interval { get; }

    /// <summary>The voids in force; null when they are the same as at the last reading.</summary>
    Task<VoidTokens?> ReadAsync(CancellationToken ct);
}

/// <summary>The voids as read last. Identity away: the last ones stay, and a stolen token lives at worst until it runs out (10 minutes).</summary>
public sealed class RevocationList
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _refused;
    private VoidTokens _current = VoidTokens.None;
    private long _readAt;

    /// <summary>An empty list that counts as never read.</summary>
    public RevocationList(TimeProvider time, IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(meters);
        (_time, _readAt) = (time, time.GetTimestamp());
        var meter = meters.Create("HaLong.Auth");
        _refused = meter.CreateCounter<long>("halong.auth.void_tokens_refused", "{token}", "Tokens refused because identity has made them void.");
        meter.CreateObservableGauge("halong.auth.revocations_age", () => Age.TotalSeconds, "s", "Time since the list of void tokens was last read.");
        meter.CreateObservableGauge("halong.auth.revocations", () => Current.Count, "{void}", "Entries in the list of void tokens.");
    }

    /// <summary>The voids as read last.</summary>
    public VoidTokens Current => Volatile.Read(ref _current);

    /// <summary>Time since the last reading.</summary>
    public TimeSpan Age => _time.GetElapsedTime(Volatile.Read(ref _readAt));

    /// <summary>Takes a reading over; null says that nothing has changed.</summary>
    public void Take(VoidTokens? reading)
    {
        if (reading is not null)
        {
            Volatile.Write(ref _current, reading);
        }

        Volatile.Write(ref _readAt, _time.GetTimestamp());
    }

    internal void CountRefusal() => _refused.Add(1);
}

/// <summary>Reads the voids every few seconds, from the start of the process on.</summary>
internal sealed partial class RevocationPoller(
    RevocationList list, IRevocationSource source, IConfigurationManager<OpenIdConnectConfiguration> keys, TimeProvider time, ILogger<RevocationPoller> log) : BackgroundService
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);
    private bool _warned;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                list.Take(await source.ReadAsync(stoppingToken));
                await LearnKeysAsync(stoppingToken);
                if (_warned)
                {
                    ReadAgain(log);
                }

                _warned = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Once per outage: the age is a metric, and every two seconds a line would drown the rest.
                if (!_warned && list.Age > Stale)
                {
                    _warned = true;
                    NotRead(log, e, list.Age);
                }
            }

            // Replicas that started together must not ask together for ever.
            await Task.Delay(source.Interval + TimeSpan.FromMilliseconds(Random.Shared.Next(200)), time, stoppingToken);
        }
    }

    // A new key is published before it signs. Learnt now, its first token is like any other; learnt from that token, it would be refused.
    private async Task LearnKeysAsync(CancellationToken ct)
    {
        try
        {
            var known = (await keys.GetConfigurationAsync(ct)).SigningKeys;
            if (list.Current.Keys.Any(id => known.All(k => k.KeyId != id)))
            {
                keys.RequestRefresh();
            }
        }
        catch (InvalidOperationException)
        {
            // No keys at all yet: the next reading asks again, and so does every request until then.
        }
    }

    [LoggerMessage(1010, LogLevel.Warning, "Void tokens could not be read for {Age}; those known stay refused, newer ones pass until they run out")]
    private static partial void NotRead(ILogger log, Exception exception, TimeSpan age);

    [LoggerMessage(1011, LogLevel.Information, "Void tokens are read again")]
    private static partial void ReadAgain(ILogger log);
}

/// <summary>Asks identity, with this service's own token; an unchanged list costs a 304.</summary>
internal sealed class HttpRevocations : IRevocationSource
{
    private static readonly Uri Address = new("http://identity" + RevocationFeed.Path);
    private readonly IHttpClientFactory _clients;
    private readonly ServiceTokens _tokens;
    private EntityTagHeaderValue? _known;

    public HttpRevocations(IHttpClientFactory clients, ServiceTokens tokens, IOptions<ServiceAuthOptions> options)
    {
        // Better not to start than to believe tokens that identity has taken back.
        if (string.IsNullOrEmpty(options.Value.ClientId) || string.IsNullOrEmpty(options.Value.ClientSecret))
        {
            throw new InvalidOperationException("ServiceAuth:ClientId and ServiceAuth:ClientSecret are missing: with them this process learns from identity which tokens are void.");
        }

        (_clients, _tokens) = (clients, tokens);
    }

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public async Task<VoidTokens?> ReadAsync(CancellationToken ct)
    {
        var token = await _tokens.GetAsync(ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        if (_known is not null)
        {
            request.Headers.IfNoneMatch.Add(_known);
        }

        using var response = await _clients.CreateClient("revocations").SendAsync(request, ct);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }

        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            // Keys or clients of identity may be other ones by now; the next reading comes with a new token.
            _tokens.Forget(token);
        }

        response.EnsureSuccessStatusCode();
        var feed = await response.Content.ReadFromJsonAsync<RevocationFeed>(ct) ?? throw new HttpRequestException("The list of void tokens is empty.");
        _known = response.Headers.ETag;
        return new VoidTokens(feed);
    }
}
