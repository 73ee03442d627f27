using System.Net;
using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Verify;

/// <summary>Asks the public API about papers, through the gateway, in the name of the visitor.</summary>
internal sealed class PaperApi(HttpClient http)
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>The paper with 200; otherwise the status: 404, 429, or 503 for anything that went wrong.</summary>
    public async Task<(HttpStatusCode Status, Paper? Paper)> FindAsync(string token, HttpRequest visitor, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/verification/{token}");
        request.Headers.Add("Accept-Language", Text.Bilingual("vi", "en"));
        // A gateway that trusts the portal's network counts the visitor and not the portal.
        if (visitor.Headers[ForwardedFor].ToString() is { Length: > 0 } address)
            request.Headers.TryAddWithoutValidation(ForwardedFor, address);
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => (HttpStatusCode.OK, await answer.Content.ReadFromJsonAsync<Paper>(ct)),
                HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests => (answer.StatusCode, null),
                _ => (HttpStatusCode.ServiceUnavailable, null),
            };
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (HttpStatusCode.ServiceUnavailable, null);
        }
    }
}
