using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>
/// Speaks to the portal's adapter. Nothing is repeated here but what was not let in because the token had expired: whether a message may be sent
/// again is for the ledger to say.
/// </summary>
internal sealed class PortalClient(IHttpClientFactory clients, PortalToken token, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>The largest answer, bytes: a page of a thousand dossiers.</summary>
    public const int MaxAnswer = 4 * 1024 * 1024;

    /// <summary>The connection broke before the answer: of one message, not of the portal.</summary>
    public const string AnswerLost = "answerLost";

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Sends a message.</summary>
    public async Task<PortalAnswer> SendAsync(string path, Guid messageId, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        try
        {
            using var response = await AskAsync(
                () =>
                {
                    var request = new HttpRequestMessage(HttpMethod.Post, options.Value.At(path)) { Content = new ReadOnlyMemoryContent(body) };
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
                    request.Headers.Add("X-Message-Id", messageId.ToString());
                    return request;
                }, ct);
            var receipt = await ReadAsync<PortalReceipt>(response, ct);
            return receipt.Code switch
            {
                "0" => new PortalAnswer(receipt.Duplicate ? PortalOutcome.Duplicate : PortalOutcome.Taken),
                { Length: > 0 and <= 40 } code => new PortalAnswer(PortalOutcome.Rejected, code),
                _ => new PortalAnswer(PortalOutcome.Unknown, "notUnderstood"),
            };
        }
        catch (PortalTrouble trouble)
        {
            return trouble.Answer;
        }
    }

    /// <summary>What became of a message.</summary>
    /// <exception cref="PortalTrouble">It does not say.</exception>
    public async Task<PortalMessageState> MessageAsync(Guid messageId, CancellationToken ct)
    {
        using var response = await GetAsync($"/api/v1/messages/{messageId}", ct);
        return await ReadAsync<PortalMessageState>(response, ct);
    }

    /// <summary>What it knows of a dossier; null when nothing.</summary>
    /// <exception cref="PortalTrouble">It does not say.</exception>
    public async Task<PortalDossier?> DossierAsync(string code, CancellationToken ct)
    {
        using var response = await GetAsync($"/api/v1/dossiers/{Uri.EscapeDataString(code)}", ct, HttpStatusCode.NotFound);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<PortalDossier>(response, ct);
    }

    /// <summary>A page of all that it knows.</summary>
    /// <exception cref="PortalTrouble">It does not say.</exception>
    public async Task<PortalPage> PageAsync(string after, int limit, CancellationToken ct)
    {
        using var response = await GetAsync($"/api/v1/dossiers?after={Uri.EscapeDataString(after)}&limit={limit}", ct);
        return await ReadAsync<PortalPage>(response, ct);
    }

    /// <summary>The answer to a question.</summary>
    /// <exception cref="PortalTrouble">There is none.</exception>
    public async Task<T> ReadAsync<T>(string path, CancellationToken ct)
    {
        using var response = await GetAsync(path, ct);
        return await ReadAsync<T>(response, ct);
    }

    /// <summary>Tells the portal something; its answer says nothing more than that it heard.</summary>
    /// <exception cref="PortalTrouble">It did not, or perhaps not.</exception>
    public async Task PostAsync<T>(string path, T body, CancellationToken ct)
    {
        using var response = await AskAsync(() => new HttpRequestMessage(HttpMethod.Post, options.Value.At(path)) { Content = JsonContent.Create(body) }, ct);
    }

    /// <summary>A file, streamed to whoever reads it; false when there is none.</summary>
    /// <exception cref="PortalTrouble">It does not come, or breaks off.</exception>
    public async Task<bool> DownloadAsync(string path, Func<Stream, CancellationToken, Task> read, CancellationToken ct)
    {
        using var response = await AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, options.Value.At(path)), HttpCompletionOption.ResponseHeadersRead, ct, HttpStatusCode.NotFound);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Inbound.FileTimeout);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(limit.Token);
            await read(content, limit.Token);
            return true;
        }
        catch (Exception e) when (IsFailure(e, ct))
        {
            throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, e is OperationCanceledException ? "timeout" : AnswerLost), e);
        }
    }

    private Task<HttpResponseMessage> GetAsync(string path, CancellationToken ct, params HttpStatusCode[] expected) =>
        AskAsync(() => new HttpRequestMessage(HttpMethod.Get, options.Value.At(path)), ct, expected);

    private Task<HttpResponseMessage> AskAsync(Func<HttpRequestMessage> make, CancellationToken ct, params HttpStatusCode[] expected) =>
        AskAsync(make, HttpCompletionOption.ResponseContentRead, ct, expected);

    private async Task<HttpResponseMessage> AskAsync(
        Func<HttpRequestMessage> make, HttpCompletionOption completion, CancellationToken ct, params HttpStatusCode[] expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Timeout);
        string bearer;
        try
        {
            bearer = await token.GetAsync(limit.Token);
        }
        catch (Exception e) when (IsFailure(e, ct))
        {
            throw new PortalTrouble(new PortalAnswer(PortalOutcome.NotTaken, "noToken", Away: true), e);
        }

        try
        {
            var response = await SendOnceAsync(make(), bearer, completion, limit.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                response.Dispose();
                token.Forget();
                response = await SendOnceAsync(make(), await token.GetAsync(limit.Token), completion, limit.Token);
            }

            if (response.IsSuccessStatusCode || expected.Contains(response.StatusCode))
                return response;
            var answer = Meaning(response);
            response.Dispose();
            throw new PortalTrouble(answer);
        }
        catch (HttpRequestException e) when (e.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw new PortalTrouble(new PortalAnswer(PortalOutcome.NotTaken, "notConnected", Away: true), e);
        }
        catch (Exception e) when (IsFailure(e, ct))
        {
            throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, e is OperationCanceledException ? "timeout" : AnswerLost,
                Away: e is OperationCanceledException), e);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, string bearer, HttpCompletionOption completion, CancellationToken ct)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            return await clients.CreateClient(PortalToken.HttpClient).SendAsync(request, completion, ct);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(ct) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, "notUnderstood"), e);
        }
    }

    private PortalAnswer Meaning(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 or 403 => new(PortalOutcome.NotTaken, "unauthorised", Away: true),
        429 => new(PortalOutcome.NotTaken, "tooMany", After: Wait(response) ?? TimeSpan.FromSeconds(5)),
        // Something broke inside, before or after it was taken.
        >= 500 => new(PortalOutcome.Unknown, $"status{(int)response.StatusCode}", Away: true, Wait(response)),
        var status => new(PortalOutcome.Unknown, $"status{status}"),
    };

    private TimeSpan? Wait(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait > TimeSpan.Zero ? wait < LongestWait ? wait : LongestWait : null;
    }

    private static bool IsFailure(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested);
}
