using HaLong.Payments.Banks;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>Takes signed notices from a bank: stores them word for word, acknowledges, and leaves the settlement to the background.</summary>
internal sealed partial class ReceiveBankNotice(
    PaymentDbContext db, NoticeInbox inbox, IOptionsMonitor<BankOptions> bank, TimeProvider time, PaymentInstruments instruments, ILogger<ReceiveBankNotice> log)
{
    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/{provider}",
            (string provider, ReceiveBankNotice handler, HttpRequest request, CancellationToken ct) => handler.HandleAsync(provider, request, ct))
        .WithName(nameof(ReceiveBankNotice))
        .WithSummary("Signed notice of a transfer, from a bank")
        .WithDescription(
            "Shape notice: headers X-Bank-Timestamp (unix seconds) and X-Bank-Signature: v1= and the hexadecimal HMAC-SHA256 of time stamp, dot and raw body. "
            + "Shape statement: a list, signed within the body over its fields. Which one a provider speaks is configured. "
            + "202 means stored, not settled. The same notice may come any number of times.")
        .Accepts<NoticeBody>("application/json")
        .Produces(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .AllowAnonymous();

    public async Task<IResult> HandleAsync(string provider, HttpRequest request, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var signed = await ReadAsync(provider, request, now, ct);
        if (!signed.IsSuccess)
        {
            instruments.Refused(signed.Error.Code);
            Refused(log, signed.Error.Code);
            return signed.Error.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await inbox.IsNewAsync(provider, signed.Value.Signature, now, ct))
            return TypedResults.Accepted((string?)null);
        // In one order, so that two lists that overlap never wait for each other.
        foreach (var notice in signed.Value.Notices.OrderBy(n => n.EventId, StringComparer.Ordinal))
            await inbox.StoreAsync(notice, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null);
    }

    private async Task<Result<SignedNotices>> ReadAsync(string provider, HttpRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var current = bank.CurrentValue;
        var settings = current.Providers.GetValueOrDefault(provider);
        var shape = BankShapes.Of(settings);
        var buffer = new byte[shape.MaxBody + 1];
        var length = request.ContentLength > shape.MaxBody ? buffer.Length : await request.Body.ReadAtLeastAsync(buffer, buffer.Length, false, ct);
        return length > shape.MaxBody
            ? PaymentErrors.NoticeTooLarge
            : shape.Read(new BankRequest(provider, settings, request.Headers, buffer[..length], now, current.Window));
    }

    [LoggerMessage(4002, LogLevel.Warning, "Bank notice refused: {Code}")]
    private static partial void Refused(ILogger log, string code);
}
