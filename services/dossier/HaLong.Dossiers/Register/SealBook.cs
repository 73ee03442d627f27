using Google.Protobuf;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Verification;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Register;

/// <summary>Has the PDF of a closed book sealed by e-signature and stores it. What fails is tried again with a growing pause, like a result.</summary>
internal sealed partial class SealBook(
    DossierDbContext db, Signing.SigningClient signing, FileStore store, IOptions<DossierOptions> options, DossierTelemetry telemetry, TimeProvider time, ILogger<SealBook> log)
    : IConsumer<BookSealingDue>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public async Task Consume(ConsumeContext<BookSealingDue> context)
    {
        var ct = context.CancellationToken;
        var (id, attempt) = (context.Message.BookId, context.Message.Attempt);
        // Not locked while e-signature works.
        if (await db.RegisterBooks.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) is not { State: BookState.Sealing, UnsignedSha256: { } unsigned } found)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("seal register book");
        activity?.SetTag("register.book", found.Code);
        var signed = await TrySealAsync(found, unsigned, attempt, ct);
        if (await db.LockBookAsync(id, ct) is not { State: BookState.Sealing } book)
            return;
        if (signed is null)
        {
            book.SealingFailed();
            db.Enqueue(new BookSealingDue(id, attempt + 1), SignResult.PauseAfter(attempt, options.Value.SigningRetry));
            telemetry.SigningFailed();
            return;
        }
        var bytes = signed.SignedPdf.ToByteArray();
        book.Sealed(await store.StoreAsync(bytes, ct), bytes.Length, SignerName.Of(signed.SignerSubject), time.Now());
    }

    private async Task<SignPdfResponse?> TrySealAsync(RegisterBook book, string unsigned, int attempt, CancellationToken ct)
    {
        var request = new SignPdfRequest
        {
            DocumentId = book.Id.ToString(),
            Pdf = UnsafeByteOperations.UnsafeWrap(await store.ReadAsync(unsigned, ct)),
            UnitCode = book.UnitCode,
            SignerId = book.ClosedBy.ToString(),
            Reason = $"Khóa sổ theo dõi hồ sơ {book.Code}",
            Location = book.UnitNameVi,
        };
        try
        {
            return await signing.SignPdfAsync(request, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            SealingFailed(log, e, book.Code, attempt, (e as ErrorException)?.Error.Code ?? DossierErrors.SignatureUnavailable.Code);
            return null;
        }
    }

    [LoggerMessage(4092, LogLevel.Warning, "Sealing register book {Book} failed at attempt {Attempt} with {Code}; tried again later")]
    private static partial void SealingFailed(ILogger log, Exception e, string book, int attempt, string code);
}
