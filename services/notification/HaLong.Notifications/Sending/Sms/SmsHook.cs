using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Sending.Carriers;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>Takes delivery receipts of the SMS provider that tells them. They come twice, late, before our own row says "sent", and from strangers.</summary>
internal sealed partial class SmsHook(ReceiptDesk desk, IOptions<SmsOptions> options, TimeProvider clock, CarrierMetrics metrics, ILogger<SmsHook> logger)
{
    public const string TimestampHeader = "X-Sms-Timestamp";
    public const string SignatureHeader = "X-Sms-Signature";

    // Stands in where no secret is set: that answer takes as long and says as much as a wrong signature.
    private static readonly string NobodysSecret = RandomNumberGenerator.GetHexString(64);

    /// <summary>The receipt was understood.</summary>
    internal sealed record Stored(string Status);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/hooks/sms/{provider}",
            (SmsHook hook, string provider, HttpRequest request, CancellationToken ct) => hook.HandleAsync(provider, request, ct))
        .WithTags("Carriers").WithName(nameof(SmsHook))
        .WithSummary("Delivery receipt of an SMS, from the provider")
        .WithDescription(
            "Authenticated by HMAC: X-Sms-Signature is v1= and the hex HMAC-SHA256 over X-Sms-Timestamp (unix seconds), a dot and the body. "
            + "The same receipt may come any number of times.")
        .Accepts<SmsProvider.Told>("application/json")
        .Produces<Stored>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .AllowAnonymous();

    /// <summary><c>v1=</c> and the hexadecimal HMAC-SHA256 of time stamp, a dot and the raw body.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        "v1=" + Convert.ToHexStringLower(StampedHmac.Of(secret, timestamp, body));

    private async Task<IResult> HandleAsync(string provider, HttpRequest request, CancellationToken ct)
    {
        if (await HookReader.ReadAsync(request, ct) is not { } body)
            return Refuse(CommonErrors.TooLarge, "tooLarge");
        if (!IsGenuine(provider, request.Headers, body.Span))
            return Refuse(CarrierErrors.HookRefused, "refused");
        if (Read(body.Span) is not { } told)
            return Refuse(CarrierErrors.HookUnreadable, "unreadable");
        if (told.Status is not ("delivered" or "failed"))
        {
            metrics.Receipt(SmsProvider.ProviderName, "ignored");
            return TypedResults.Ok(new Stored("ignored"));
        }

        var word = await desk.TakeAsync(Receipt(told), ct);
        return TypedResults.Ok(new Stored(word));
    }

    private bool IsGenuine(string provider, IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var settings = options.Value;
        var secret = provider == SmsProvider.ProviderName && settings.IsOn && settings.HookSecret.Length > 0 ? settings.HookSecret : NobodysSecret;
        var timestamp = headers[TimestampHeader].ToString();
        var genuine = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign(secret, timestamp, body)), Encoding.UTF8.GetBytes(headers[SignatureHeader].ToString()));
        return genuine && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue * 100L
            && (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= settings.HookWindow;
    }

    private DeliveryReceipt Receipt(SmsProvider.Told told)
    {
        var now = clock.GetUtcNow();
        var at = told.At?.ToUniversalTime() is { } time && time < now ? time : now;
        var (reason, badAddress) = SmsFailures.Of(told.Reason);
        return told.Status == "delivered"
            ? new DeliveryReceipt(SmsProvider.ProviderName, told.Key, told.Id, ReceiptStatus.Delivered, at)
            : new DeliveryReceipt(SmsProvider.ProviderName, told.Key, told.Id, ReceiptStatus.Failed, at, reason, badAddress);
    }

    private static SmsProvider.Told? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var told = JsonSerializer.Deserialize<SmsProvider.Told>(body, JsonSerializerOptions.Web);
            return told is { Status: not null, Id: null or { Length: > 0 and <= 200 }, Key: null or { Length: > 0 and <= 200 } } && (told.Id ?? told.Key) is not null
                ? told
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IResult Refuse(Error error, string word)
    {
        metrics.Receipt(SmsProvider.ProviderName, word);
        LogRefused(logger, error.Code);
        return error.ToProblem();
    }

    [LoggerMessage(4230, LogLevel.Warning, "A receipt posted to the SMS hook was refused: {Code}")]
    private static partial void LogRefused(ILogger logger, string code);
}
