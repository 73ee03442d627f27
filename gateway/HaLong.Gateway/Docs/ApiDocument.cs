using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;

namespace HaLong.Gateway.Docs;

/// <summary>
/// The OpenAPI documents of all services as one, kept for a minute. A service that is down keeps the part it last gave; one that never gave
/// any is named in <c>x-unavailable</c>.
/// </summary>
internal sealed partial class ApiDocument(
    IHttpClientFactory clients, IProxyStateLookup proxy, IOptions<GatewayOptions> options, TimeProvider time, ILogger<ApiDocument> log) : IDisposable
{
    public const string HttpClientName = "openapi";
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1), FreshWhenIncomplete = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, JsonObject> _lastKnown = new();
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Copy? _copy;

    public async Task<ReadOnlyMemory<byte>> GetAsync(CancellationToken ct)
    {
        if (_copy is { } fresh && time.GetUtcNow() < fresh.Until)
        {
            return fresh.Body;
        }

        await _gate.WaitAsync(ct);
        try
        {
            if (_copy is not { } copy || time.GetUtcNow() >= copy.Until)
            {
                // Not the caller's token: whoever waits behind this caller wants the result even when he hangs up.
                _copy = copy = await MakeAsync();
            }

            return copy.Body;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Copy> MakeAsync()
    {
        var services = proxy.GetClusters().Where(c => c.Model.Config.Metadata?.ContainsKey("OpenApi") == true)
            .Select(c => c.ClusterId).Order(StringComparer.Ordinal).ToList();
        var answered = await Task.WhenAll(services.Select(ReadAsync));
        var parts = services.Where(_lastKnown.ContainsKey).Select(s => new ServiceDocument(s, _lastKnown[s])).ToList();
        var routes = new PublicPaths(proxy.GetRoutes().Select(r => r.Config));
        var document = OpenApiMerger.Merge(parts, options.Value.PublicUrl, routes.BelongsTo);
        var unknown = services.Except(parts.Select(p => p.Service)).ToList();
        if (unknown.Count > 0)
        {
            document["x-unavailable"] = new JsonArray([.. unknown.Select(u => JsonValue.Create(u))]);
        }

        return new Copy(JsonSerializer.SerializeToUtf8Bytes(document), time.GetUtcNow() + (answered.All(a => a) ? Fresh : FreshWhenIncomplete));
    }

    private async Task<bool> ReadAsync(string service)
    {
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            await using var stream = await client.GetStreamAsync(new Uri($"http://{service}/openapi/v1.json"));
            _lastKnown[service] = await JsonSerializer.DeserializeAsync<JsonObject>(stream) ?? throw new JsonException("Empty document.");
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException or IOException)
        {
            Unreadable(log, service, e.Message);
            return false;
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "The OpenAPI document of {Service} cannot be read: {Reason}")]
    private static partial void Unreadable(ILogger log, string service, string reason);

    private sealed record Copy(ReadOnlyMemory<byte> Body, DateTimeOffset Until);
}
