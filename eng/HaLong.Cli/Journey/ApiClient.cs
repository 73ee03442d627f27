using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>An answer of the public API.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, string? Etag, string? Location, byte[] Bytes)
{
    /// <summary>The JSON body; fails when there is none.</summary>
    public JsonNode Json => Body ?? throw new JourneyException($"The answer {(int)Status} has no JSON body.");
}

/// <summary>A step or a check that did not hold.</summary>
internal sealed class JourneyException(string message) : Exception(message);

/// <summary>Calls the public API as one person or system: token, trace id, idempotency key and revision on every call that needs them.</summary>
internal sealed class ApiClient(HttpClient http, string? token, Func<string> traceId)
{
    /// <summary>GET; fails unless 2xx.</summary>
    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>GET of what may not be there yet: whatever is answered.</summary>
    public Task<Answer> AskAsync(string path) => ExchangeAsync(HttpMethod.Get, path, null, null);

    /// <summary>POST with JSON; fails unless 2xx.</summary>
    public Task<Answer> PostAsync(string path, object? body = null, string? etag = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), etag);

    /// <summary>DELETE; fails unless 2xx.</summary>
    public Task<Answer> DeleteAsync(string path, string? etag = null) => SendAsync(HttpMethod.Delete, path, null, etag);

    /// <summary>POST that must be refused with this code; gives the problem.</summary>
    public async Task<JsonNode> RefusedAsync(string path, object body, string code, string? etag = null)
    {
        var answer = await ExchangeAsync(HttpMethod.Post, path, JsonContent.Create(body), etag);
        StepLog.Check(answer.Body?["code"]?.ToString() == code, $"POST {path} is refused with {code}: {(int)answer.Status} {Beginning(answer.Bytes)}");
        return answer.Json;
    }

    /// <summary>Any method and content; fails unless 2xx. Repeated on 503 with the same idempotency key, as a real client would.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, string? etag = null)
    {
        var answer = await ExchangeAsync(method, path, content, etag);
        return (int)answer.Status is >= 200 and < 300 ? answer : throw new JourneyException($"{method} {path} answered {(int)answer.Status}: {Beginning(answer.Bytes)}");
    }

    private async Task<Answer> ExchangeAsync(HttpMethod method, string path, HttpContent? content, string? etag)
    {
        var key = Guid.CreateVersion7().ToString();
        var bytes = content is null ? null : await content.ReadAsByteArrayAsync();
        for (var attempt = 1; ; attempt++)
        {
            using var request = Request(method, path, content?.Headers.ContentType, bytes, etag, key);
            try
            {
                using var response = await http.SendAsync(request);
                if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.BadGateway && attempt < 20)
                {
                    await Task.Delay(response.Headers.RetryAfter?.Delta is { TotalSeconds: < 3 } pause ? pause : TimeSpan.FromSeconds(1));
                    continue;
                }

                return await ReadAsync(response);
            }
            catch (HttpRequestException) when (attempt < 20)
            {
                // The gateway itself is away: the key makes the repeat safe.
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, MediaTypeHeaderValue? type, byte[]? bytes, string? etag, string key)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{traceId()}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        request.Headers.AcceptLanguage.ParseAdd("vi");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        if (bytes is not null)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = type;
        }

        return request;
    }

    private static string Beginning(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 600)));

    private static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Answer(response.StatusCode, isJson && bytes.Length > 0 ? JsonNode.Parse(bytes) : null, response.Headers.ETag?.ToString(), response.Headers.Location?.ToString(), bytes);
    }
}
