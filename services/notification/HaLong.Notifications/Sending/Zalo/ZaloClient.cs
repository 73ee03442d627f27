using System.Globalization;
using System.Text.Json;
using HaLong.Notifications.Sending.Carriers;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Zalo;

/// <summary>What Zalo answered: a number inside HTTP 200, 0 being success; or that there was no such answer.</summary>
/// <param name="Error">Null when there was none.</param>
/// <param name="Body">The whole answer.</param>
/// <param name="Failure">What that means for a message that was sent with it.</param>
internal sealed record ZaloReply(int? Error, JsonElement Body, ProviderAnswer? Failure)
{
    public string? Text(params ReadOnlySpan<string> path)
    {
        var at = Body;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            _ => null,
        };
    }
}

/// <summary>Speaks to Zalo. Tokens, numbers and secrets go into headers and bodies, never into addresses.</summary>
internal sealed class ZaloClient(IHttpClientFactory http, IOptions<ZaloOptions> options, TimeProvider clock)
{
    public Task<ZaloReply> SendAsync(string token, object message, CancellationToken ct) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Post, Address("/message/template")) { Content = JsonContent.Create(message) }, token, ct);

    public Task<ZaloReply> TemplateAsync(string token, string template, CancellationToken ct) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Get, Address("/template/info/v2?template_id=" + Uri.EscapeDataString(template))), token, ct);

    public Task<ZaloReply> StateAsync(string token, string reference, CancellationToken ct) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Get, Address("/message/status?message_id=" + Uri.EscapeDataString(reference))), token, ct);

    /// <summary>Spends a refresh token.</summary>
    public Task<ZaloReply> RefreshAsync(string refreshToken, CancellationToken ct) => CallAsync(
        new HttpRequestMessage(HttpMethod.Post, options.Value.AuthUrl + options.Value.AuthPath + "/v4/oa/access_token")
        {
            Content = new FormUrlEncodedContent([new("refresh_token", refreshToken), new("app_id", options.Value.AppId), new("grant_type", "refresh_token")]),
            Headers = { { "secret_key", options.Value.SecretKey } },
        }, null, ct);

    private string Address(string what) => options.Value.Url + options.Value.Path + what;

    private async Task<ZaloReply> CallAsync(HttpRequestMessage request, string? token, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Timeout);
        if (token is not null)
            request.Headers.Add("access_token", token);
        try
        {
            using (request)
            {
                using var client = http.CreateClient(CarrierHttp.Client);
                using var answer = await client.SendAsync(request, limit.Token);
                if (CarrierHttp.AnswerOf(answer.StatusCode, answer.Headers.RetryAfter, clock.GetUtcNow()) is { } failure)
                    return new ZaloReply(null, default, failure);
                var body = await answer.Content.ReadFromJsonAsync<JsonElement>(limit.Token);
                // The answer with tokens has no error when all is well.
                var error = body.ValueKind != JsonValueKind.Object ? null
                    : !body.TryGetProperty("error", out var number) ? body.TryGetProperty("access_token", out _) ? 0 : (int?)null
                    : int.TryParse(number.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;
                return new ZaloReply(error, body, error is null ? new ProviderAnswer.Unknown("notUnderstood") : null);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new ZaloReply(null, default, new ProviderAnswer.Unknown("notUnderstood"));
        }
        catch (Exception e) when (CarrierHttp.IsFailure(e, ct))
        {
            return new ZaloReply(null, default, CarrierHttp.AnswerOf(e));
        }
    }
}
