using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using HaLong.Payments.Domain;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.NationalPortal;

/// <summary>How the platform took an order.</summary>
internal enum OrderOutcome
{
    /// <summary>The payer can pay at the address that came with it.</summary>
    Taken,

    /// <summary>It refuses the order: nobody can pay it.</summary>
    Refused,

    /// <summary>The order never left: nobody can pay it.</summary>
    NotSent,

    /// <summary>It did not answer in time, or not to be understood: perhaps it has the order.</summary>
    Lost,
}

/// <summary>
/// Speaks to the national payment platform: one address, a bearer token, JSON. Nothing is sent twice here: an order that may have arrived is asked
/// about, never repeated.
/// </summary>
internal sealed partial class PortalClient(HttpClient http, IOptions<PortalOptions> options, TimeProvider time, ILogger<PortalClient> log)
{
    /// <summary>The largest answer, bytes: a receipt of some pages.</summary>
    public const int MaxAnswer = 4 * 1024 * 1024;

    // Assumed: the platform's word for an order that it does not know.
    private const string NoSuchOrder = "01";

    // The names are the platform's, letter by letter.
    private static readonly JsonSerializerOptions Names = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>INIT.</summary>
    public async Task<(OrderOutcome Outcome, string? Url)> OrderAsync(PaymentRequest payment, PaymentAttempt attempt, string ip)
    {
        // Not the caller's token: a payer who goes away has been taken over all the same.
        var (outcome, body) = await PostAsync(JsonContent.Create(PortalOrder.Of(payment, attempt, ip, options.Value), options: Names), CancellationToken.None);
        if (outcome != OrderOutcome.Taken)
            return (outcome, null);
        var (code, message) = Envelope(body);
        if (code is null)
            return (OrderOutcome.Lost, null);
        if (code != "0")
        {
            NotTaken(log, attempt.Id, code);
            return (OrderOutcome.Refused, null);
        }

        var url = message is { ValueKind: JsonValueKind.Object } m && m.TryGetProperty("UrlThanhToan", out var u) && u.ValueKind == JsonValueKind.String ? u.GetString() : null;
        return IsAddress(url) ? (OrderOutcome.Taken, url) : (OrderOutcome.Lost, null);
    }

    /// <summary>QUERY.</summary>
    public async Task<(PortalOutcome Outcome, PortalTold? Told)> QueryAsync(string order, DateTimeOffset begun, CancellationToken ct)
    {
        var (outcome, body) = await PostAsync(JsonContent.Create(PortalQuestion.Of(PortalQuestion.Query, order, begun, options.Value), options: Names), ct);
        if (outcome != OrderOutcome.Taken)
            return (PortalOutcome.NoAnswer, null);
        var (code, message) = Envelope(body);
        if (code == NoSuchOrder)
            return (PortalOutcome.NotKnown, null);
        if (code != "0" || message is not { ValueKind: JsonValueKind.Object } answer)
            return (PortalOutcome.NoAnswer, null);
        var told = PortalTold.Read(answer.GetRawText(), asked: true, options.Value, time.GetUtcNow());
        return told.IsSuccess && told.Value.Order == order ? (told.Value.Outcome, told.Value) : (PortalOutcome.NoAnswer, null);
    }

    /// <summary>GET_BILL: the receipt as PDF; nothing when it cannot be had now.</summary>
    public async Task<byte[]?> BillAsync(string order, DateTimeOffset begun, CancellationToken ct)
    {
        var (outcome, body) = await PostAsync(JsonContent.Create(PortalQuestion.Of(PortalQuestion.Bill, order, begun, options.Value), options: Names), ct);
        return outcome == OrderOutcome.Taken && body.AsSpan().StartsWith("%PDF-"u8) ? body : null;
    }

    private async Task<(OrderOutcome Outcome, byte[] Body)> PostAsync(HttpContent content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url + options.Value.Path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.Token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Timeout);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            if (answer.IsSuccessStatusCode)
                return (OrderOutcome.Taken, await answer.Content.ReadAsByteArrayAsync(limit.Token));
            Answered(log, (int)answer.StatusCode);
            return (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout ? OrderOutcome.Refused : OrderOutcome.Lost, []);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            Away(log, e.HttpRequestError.ToString());
            return (OrderOutcome.NotSent, []);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Away(log, e.GetType().Name);
            return (OrderOutcome.Lost, []);
        }
    }

    /// <summary>error_code and message; the message may be JSON or a text that holds JSON.</summary>
    private static (string? Code, JsonElement? Message) Envelope(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var code = root.TryGetProperty("error_code", out var c) ? c.ToString() : null;
            if (!root.TryGetProperty("message", out var message))
                return (code, null);
            if (message.ValueKind != JsonValueKind.String)
                return (code, message.Clone());
            if (message.GetString() is not { Length: > 0 } text || text[0] != '{')
                return (code, null);
            using var inner = JsonDocument.Parse(text);
            return (code, inner.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    /// <summary>Payers are sent to where the platform is reached, or to another address as safe.</summary>
    private bool IsAddress(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !options.Value.Url.StartsWith("https:", StringComparison.Ordinal))) && url!.Length <= 2000;

    [LoggerMessage(4121, LogLevel.Warning, "The national payment platform does not take attempt {AttemptId}: {Code}")]
    private static partial void NotTaken(ILogger log, Guid attemptId, string code);

    [LoggerMessage(4122, LogLevel.Warning, "The national payment platform answered {Status}")]
    private static partial void Answered(ILogger log, int status);

    [LoggerMessage(4123, LogLevel.Warning, "The national payment platform is away ({Reason})")]
    private static partial void Away(ILogger log, string reason);
}
