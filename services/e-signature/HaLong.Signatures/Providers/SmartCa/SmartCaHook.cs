using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Providers.Orders;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Providers.SmartCa;

/// <summary>
/// Takes notices of the SmartCA gateway. They come late, twice, before the answer to the order itself, and from strangers: whoever is not the gateway learns
/// nothing, and what the gateway says counts only as far as its signatures hold.
/// </summary>
internal sealed partial class SmartCaHook(ProviderOrders orders, IOptions<ProviderOptions> options, TimeProvider time, ProviderTelemetry telemetry,
    ILogger<SmartCaHook> log)
{
    public const string Path = "/hooks/signing/smartca";
    public const string TimestampHeader = "X-SmartCa-Timestamp";
    public const string SignatureHeader = "X-SmartCa-Signature";
    public const string SecretHeader = "X-SmartCa-Secret";
    private const int MaxBody = 512 * 1024;

    // Stands in where no secret is configured: that answer takes as long and says as much as a wrong one.
    private static readonly string NobodysSecret = RandomNumberGenerator.GetHexString(64);

    /// <summary>What notices look like to a reader of the API; they are read member by member.</summary>
    internal sealed record Notice(string? TransactionId, string? TranCode, string? Status, string? Code, IReadOnlyList<SignedFile>? SignedFiles);

    /// <summary>One signature in a notice.</summary>
    internal sealed record SignedFile(string? DocId, string? SignatureValue, string? TimestampSignature);

    /// <summary>The notice was understood.</summary>
    internal sealed record Stored(string Status);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(Path, (SmartCaHook hook, HttpRequest request, CancellationToken ct) => hook.HandleAsync(request, ct))
        .WithTags("Signing providers").WithName(nameof(SmartCaHook))
        .WithSummary("Notice of the SmartCA gateway about an order")
        .WithDescription("Authenticated by HMAC (v1= and hex of HMAC-SHA256 over time stamp, dot, body) or by the shared secret, as configured. Members in snake_case. The same notice may come any number of times.")
        .Accepts<Notice>("application/json")
        .Produces<Stored>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .AllowAnonymous();

    /// <summary><c>v1=</c> and the hexadecimal HMAC-SHA256 of time stamp, a dot and the raw body.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body) => "v1=" + Convert.ToHexStringLower(StampedHmac.Of(secret, timestamp, body));

    private async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        var buffer = new byte[MaxBody + 1];
        var length = request.ContentLength > MaxBody ? buffer.Length : await request.Body.ReadAtLeastAsync(buffer, buffer.Length, false, ct);
        if (length > MaxBody)
            return Refuse(CommonErrors.TooLarge, "too_large");
        if (!IsGenuine(request.Headers, buffer.AsSpan(0, length)))
            return Refuse(ProviderErrors.HookRefused, "refused");
        return Read(buffer.AsMemory(0, length)) is { } told ? await TakeAsync(told, ct) : Refuse(ProviderErrors.HookUnreadable, "unreadable");
    }

    private async Task<IResult> TakeAsync(SmartCaTold told, CancellationToken ct)
    {
        // By our id, which is ours to give: theirs may not be known yet.
        if (!Guid.TryParseExact(told.TransactionId, "N", out var id))
            return Refuse(ProviderErrors.HookUnknown, "unknown");
        var (word, outcome) = ("waiting", HashOutcome.Pending);
        var changed = await orders.ChangeAsync(id, order =>
        {
            // An order of another provider, one that never left, or one that is known under another id of theirs.
            if (order.Provider != SmartCaProvider.Word || order.State == OrderState.Open || (told.TranCode.Length > 0 && !order.Name(told.TranCode)))
                return ProviderErrors.HookUnknown;
            if (order.IsOver)
                word = order.Outcome.State is HashState.Expired or HashState.Failed ? "late" : "again";
            else if (order.End(outcome = SmartCaProvider.Judge(order, told), time.GetUtcNow()))
                word = "taken";
            return Result.Success;
        }, tell: true, ct);
        if (!changed.IsSuccess)
            return Refuse(ProviderErrors.HookUnknown, "unknown");
        telemetry.Hook(word);
        if (word == "taken")
            telemetry.Ended(SmartCaProvider.Word, outcome, "told");
        Taken(log, id, word, outcome.State, outcome.Code);
        return TypedResults.Ok(new Stored("stored"));
    }

    private bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var settings = options.Value.SmartCa;
        var secret = settings.IsOn && settings.HookSecret.Length > 0 ? settings.HookSecret : NobodysSecret;
        if (settings.HookBySecret)
            return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(headers[SecretHeader].ToString())));
        var timestamp = headers[TimestampHeader].ToString();
        var genuine = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(secret, timestamp, body)), Encoding.UTF8.GetBytes(headers[SignatureHeader].ToString()));
        return genuine && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue * 100L
            && (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= TimeSpan.FromSeconds(settings.HookWindowSeconds);
    }

    private static SmartCaTold? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? SmartCaTold.Read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private IResult Refuse(Error error, string word)
    {
        telemetry.Hook(word);
        Refused(log, error.Code);
        return error.ToProblem();
    }

    [LoggerMessage(5084, LogLevel.Information, "SmartCA's notice about order {OrderId}: {Word} {State} {Code}")]
    private static partial void Taken(ILogger log, Guid orderId, string word, HashState state, string code);

    [LoggerMessage(5085, LogLevel.Warning, "A notice to the SmartCA hook was refused: {Code}")]
    private static partial void Refused(ILogger log, string code);
}
