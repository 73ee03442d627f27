using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Sending.Carriers;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Zalo;

/// <summary>Takes Zalo's events: <c>user_received_message</c> says that a message arrived; the others are acknowledged and forgotten.</summary>
internal sealed partial class ZaloHook(ReceiptDesk desk, IOptions<ZaloOptions> options, TimeProvider clock, CarrierMetrics metrics, ILogger<ZaloHook> logger)
{
    public const string SignatureHeader = "X-ZEvent-Signature";
    private const string Received = "user_received_message";

    // Stands in where no key is set: that answer takes as long and says as much as a wrong signature.
    private static readonly string NobodysKey = RandomNumberGenerator.GetHexString(64);

    /// <summary>The event was understood.</summary>
    internal sealed record Stored(string Status);

    /// <summary>What events look like to a reader of the API; members in snake_case, read one by one.</summary>
    internal sealed record Event(string? EventName, string? AppId, string? Timestamp, EventMessage? Message);

    /// <summary>The message in an event.</summary>
    internal sealed record EventMessage(string? MsgId, string? TrackingId, string? DeliveryTime);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/hooks/zalo",
            (ZaloHook hook, HttpRequest request, CancellationToken ct) => hook.HandleAsync(request, ct))
        .WithTags("Carriers").WithName(nameof(ZaloHook))
        .WithSummary("Event of Zalo about a message")
        .WithDescription(
            "Authenticated by X-ZEvent-Signature: mac= and the hex SHA-256 over app id, body, the body's timestamp and the account's secret key. "
            + "Members in snake_case. The same event may come any number of times.")
        .Accepts<Event>("application/json")
        .Produces<Stored>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .AllowAnonymous();

    /// <summary><c>mac=</c> and the hexadecimal SHA-256 of app id, raw body, time stamp and key, as Zalo defines it.</summary>
    public static string Sign(string appId, ReadOnlySpan<byte> body, string timestamp, string key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(appId));
        hash.AppendData(body);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp + key));
        return "mac=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        if (await HookReader.ReadAsync(request, ct) is not { } body)
            return Refuse(CommonErrors.TooLarge, "tooLarge");
        var told = Read(body);
        // The time stamp that is signed is in the body: without a body that can be read there is nothing to compare with, and the answer is the same.
        if (!IsGenuine(request.Headers[SignatureHeader].ToString(), body.Span, told?.Text("timestamp") ?? "", told?.Text("app_id")))
            return Refuse(CarrierErrors.HookRefused, "refused");
        return told is null ? Refuse(CarrierErrors.HookUnreadable, "unreadable") : await TakeAsync(told, ct);
    }

    private async Task<IResult> TakeAsync(ZaloReply told, CancellationToken ct)
    {
        if (told.Text("event_name") != Received)
        {
            metrics.Receipt(ZaloProvider.ProviderName, "ignored");
            return TypedResults.Ok(new Stored("ignored"));
        }

        var (reference, key) = (told.Text("message", "msg_id"), told.Text("message", "tracking_id"));
        if ((reference ?? key) is null || reference?.Length is 0 or > 200 || key?.Length > 200)
            return Refuse(CarrierErrors.HookUnreadable, "unreadable");
        var now = clock.GetUtcNow();
        var at = ZaloProvider.Time(told.Text("message", "delivery_time")) is { } time && time < now ? time : now;
        var word = await desk.TakeAsync(new DeliveryReceipt(ZaloProvider.ProviderName, key, reference, ReceiptStatus.Delivered, at), ct);
        return TypedResults.Ok(new Stored(word));
    }

    private bool IsGenuine(string signature, ReadOnlySpan<byte> body, string timestamp, string? appId)
    {
        var settings = options.Value;
        var key = settings.IsOn && settings.OaSecretKey.Length > 0 ? settings.OaSecretKey : NobodysKey;
        var genuine = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign(settings.AppId, body, timestamp, key)), Encoding.UTF8.GetBytes(signature));
        return genuine && appId == settings.AppId && ZaloProvider.Time(timestamp) is { } at && (clock.GetUtcNow() - at).Duration() <= settings.HookWindow;
    }

    private static ZaloReply? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? new ZaloReply(0, document.RootElement.Clone(), null) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IResult Refuse(Error error, string word)
    {
        metrics.Receipt(ZaloProvider.ProviderName, word);
        LogRefused(logger, error.Code);
        return error.ToProblem();
    }

    [LoggerMessage(4242, LogLevel.Warning, "An event posted to the Zalo hook was refused: {Code}")]
    private static partial void LogRefused(ILogger logger, string code);
}
