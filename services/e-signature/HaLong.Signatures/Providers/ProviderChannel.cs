using System.Net.Http.Headers;
using System.Text.Json;

namespace HaLong.Signatures.Providers;

/// <summary>How far a request to a provider got.</summary>
internal enum Reached
{
    /// <summary>There is an answer, good or not.</summary>
    Answered,

    /// <summary>The request never left: nothing can have happened.</summary>
    NotSent,

    /// <summary>It may have arrived; its answer did not.</summary>
    Lost,
}

/// <summary>What a provider answered.</summary>
/// <param name="Reached">How far the request got.</param>
/// <param name="Status">HTTP status; 0 without an answer.</param>
/// <param name="Body">JSON object; null when it is none.</param>
internal sealed record ProviderAnswer(Reached Reached, int Status, JsonElement? Body)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>Worth asking again when the question changes nothing.</summary>
    public bool IsPassing => Reached != Reached.Answered || Status is 429 or 502 or 503 or 504;
}

/// <summary>
/// JSON by POST to a provider, within a time. It says how far a request got, since a request to sign that may have arrived must not be repeated. Neither bodies
/// nor headers are ever logged: they hold passwords, PINs and personal numbers.
/// </summary>
internal sealed class ProviderChannel(IHttpClientFactory clients, ProviderTelemetry telemetry, TimeProvider time)
{
    public const string HttpClient = "signing-providers";

    /// <summary>The largest answer, bytes: some hundred signatures with chains.</summary>
    public const int MaxAnswerBytes = 2 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // The names are the providers', letter by letter.
    private static readonly JsonSerializerOptions Names = new();

    /// <summary>A question that changes nothing: once more when there was no answer.</summary>
    public async Task<ProviderAnswer> AskAsync(string provider, string operation, Uri url, object body, string? bearer, TimeSpan timeout, CancellationToken ct)
    {
        var answer = await PostAsync(provider, operation, url, body, bearer, timeout, ct);
        if (!answer.IsPassing)
            return answer;
        await Task.Delay(Pause, time, ct);
        return await PostAsync(provider, operation, url, body, bearer, timeout, ct);
    }

    /// <summary>An order: once, and once more only when it is sure not to have left.</summary>
    public async Task<ProviderAnswer> OrderAsync(string provider, string operation, Uri url, object body, string? bearer, TimeSpan timeout, CancellationToken ct)
    {
        var answer = await PostAsync(provider, operation, url, body, bearer, timeout, ct);
        if (answer.Reached != Reached.NotSent)
            return answer;
        await Task.Delay(Pause, time, ct);
        return await PostAsync(provider, operation, url, body, bearer, timeout, ct);
    }

    /// <summary>A form, as token endpoints want it.</summary>
    public Task<ProviderAnswer> FormAsync(string provider, string operation, Uri url, Dictionary<string, string> form, TimeSpan timeout, CancellationToken ct) =>
        SendAsync(provider, operation, url, new FormUrlEncodedContent(form), null, timeout, ct);

    private Task<ProviderAnswer> PostAsync(string provider, string operation, Uri url, object body, string? bearer, TimeSpan timeout, CancellationToken ct) =>
        SendAsync(provider, operation, url, JsonContent.Create(body, body.GetType(), options: Names), bearer, timeout, ct);

    private async Task<ProviderAnswer> SendAsync(string provider, string operation, Uri url, HttpContent content, string? bearer, TimeSpan timeout,
        CancellationToken ct)
    {
        var start = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        var answer = await TryAsync(url, content, bearer, ct, limit.Token);
        telemetry.Called(provider, operation, answer.Reached == Reached.Answered ? answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : answer.Reached.ToString(), time.GetElapsedTime(start));
        return answer;
    }

    private async Task<ProviderAnswer> TryAsync(Uri url, HttpContent content, string? bearer, CancellationToken ct, CancellationToken limit)
    {
        try
        {
            using var client = clients.CreateClient(HttpClient);
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            if (bearer is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            // Whatever it says about the length: no more than this is read.
            await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, limit);
            return new ProviderAnswer(Reached.Answered, (int)answer.StatusCode, Read(await answer.Content.ReadAsByteArrayAsync(limit)));
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError)
        {
            return new ProviderAnswer(Reached.NotSent, 0, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new ProviderAnswer(Reached.Lost, 0, null);
        }
    }

    private static JsonElement? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
