using Google.Protobuf;
using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>
/// Writes the paper of a receipt and has it sealed, and what it says as a statement. In two steps: the bytes are committed before anybody seals them, so that every attempt seals the
/// same ones and gets the same seal. What goes wrong comes back as a delayed outbox row with a growing pause.
/// </summary>
internal sealed partial class SealReceipt(
    PaymentDbContext db, Signing.SigningClient signing, IOptions<ReceiptOptions> options, ReceiptTelemetry telemetry, TimeProvider time, ILogger<SealReceipt> log)
    : IConsumer<ReceiptSealingDue>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30), LongestPause = TimeSpan.FromMinutes(1);

    public async Task Consume(ConsumeContext<ReceiptSealingDue> context)
    {
        var (id, attempt, ct) = (context.Message.ReceiptId, context.Message.Attempt, context.CancellationToken);
        using var activity = PaymentInstruments.Source.StartActivity("seal receipt");
        activity?.SetTag("receipt.id", id);
        // Not locked while e-signature works: that can take as long as its deadline.
        if (await db.ReceiptPapers.AsNoTracking().SingleOrDefaultAsync(p => p.ReceiptId == id, ct) is not { SealedAt: null } found)
            return;
        var receipt = await db.Receipts.AsNoTracking().AsSplitQuery().SingleAsync(r => r.Id == id, ct);
        if (found.Unsigned is null)
        {
            await WriteAsync(receipt, ct);
            return;
        }
        var answer = await AskAsync(receipt, found.Unsigned, ct);
        if (await db.LockPaperAsync(id, ct) is not { SealedAt: null } paper)
            return;
        if (!answer.IsSuccess)
        {
            paper.Fail(time.GetUtcNow());
            telemetry.Failed("seal");
            db.Enqueue(new ReceiptSealingDue(id, attempt + 1), PauseAfter(attempt, options.Value.Retry));
            NotSealed(log, id, attempt, answer.Error.Code);
            return;
        }
        var (pdf, statement) = answer.Value;
        paper.Seal(pdf.SignedPdf.ToByteArray(), pdf.Sha256, pdf.SignerSubject, statement.Jws, time.GetUtcNow());
        telemetry.Sealed(time.GetUtcNow() - receipt.IssuedAt);
    }

    /// <summary>Doubles with each attempt, up to a minute.</summary>
    public static TimeSpan PauseAfter(int attempt, TimeSpan first) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, first.Ticks << Math.Min(attempt - 1, 12)));

    private async Task WriteAsync(Receipt receipt, CancellationToken ct)
    {
        if (await db.LockPaperAsync(receipt.Id, ct) is not { Unsigned: null, SealedAt: null } paper)
            return;
        paper.Write(ReceiptSheet.Render(receipt, await OriginalOfAsync(receipt, ct), options.Value), time.GetUtcNow());
        db.Enqueue(new ReceiptSealingDue(receipt.Id, 1));
    }

    private async Task<Receipt> OriginalOfAsync(Receipt receipt, CancellationToken ct) =>
        receipt.OriginalId is { } of ? await db.Receipts.AsNoTracking().AsSplitQuery().SingleAsync(r => r.Id == of, ct) : receipt;

    private async Task<Result<(SignPdfResponse Pdf, SignStatementResponse Statement)>> AskAsync(Receipt receipt, byte[] pdf, CancellationToken ct)
    {
        try
        {
            var signed = await signing.SignPdfAsync(
                new SignPdfRequest
                {
                    DocumentId = receipt.Id.ToString(),
                    Pdf = UnsafeByteOperations.UnsafeWrap(pdf),
                    UnitCode = receipt.Seal,
                    // No person issues it: who answers is the collector whose seal it is, and the payment says for what.
                    SignerId = receipt.PaymentId.ToString(),
                    Reason = ReceiptSheet.TitleOf(receipt),
                    Location = receipt.Collector,
                },
                deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct);
            return (signed, await signing.SignStatementAsync(
                new SignStatementRequest
                {
                    DocumentId = receipt.Id.ToString(),
                    Type = ReceiptStatement.Type,
                    Payload = UnsafeByteOperations.UnsafeWrap(ReceiptStatement.Of(receipt, await OriginalOfAsync(receipt, ct), signed.Sha256)),
                    UnitCode = receipt.Seal,
                    SignerId = receipt.PaymentId.ToString(),
                },
                deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct));
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            Refused(log, e, receipt.Id);
            return (e as ErrorException)?.Error ?? ReceiptErrors.SealUnavailable;
        }
    }

    [LoggerMessage(4143, LogLevel.Warning, "Receipt {ReceiptId} was not sealed at attempt {Attempt}: {Code}; tried again later")]
    private static partial void NotSealed(ILogger log, Guid receiptId, int attempt, string code);

    [LoggerMessage(4144, LogLevel.Information, "E-signature did not seal receipt {ReceiptId}")]
    private static partial void Refused(ILogger log, Exception e, Guid receiptId);
}
