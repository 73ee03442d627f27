using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Verification;
using HaLong.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Register;

/// <summary>Has the PDF of a closed book sealed by e-signature and stores it. What fails is tried again with a growing pause, like a result.</summary>
internal sealed partial class SealBook(
    DossierDbContext db, Sealing sealing, FileStore store, IOptions<DossierOptions> options, DossierTelemetry telemetry, TimeProvider time, ILogger<SealBook> log)
    : IConsumer<BookSealingDue>
{
    public async Task Consume(ConsumeContext<BookSealingDue> context)
    {
        var ct = context.CancellationToken;
        var (id, attempt) = (context.Message.BookId, context.Message.Attempt);
        // Not locked while e-signature works.
        if (await db.RegisterBooks.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) is not { State: BookState.Sealing, UnsignedSha256: { } unsigned } found)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("seal register book");
        activity?.SetTag("register.book", found.Code);
        var signed = await sealing.SealAsync(
            new SealRequest(found.Id, unsigned, found.UnitCode, found.ClosedBy ?? Guid.Empty, $"Khóa sổ theo dõi hồ sơ {found.Code}", found.UnitNameVi), ct);
        if (await db.LockBookAsync(id, ct) is not { State: BookState.Sealing } book)
            return;
        if (!signed.IsSuccess)
        {
            book.SealingFailed();
            db.Enqueue(new BookSealingDue(id, attempt + 1), Sealing.PauseAfter(attempt, options.Value.SigningRetry));
            telemetry.SigningFailed();
            SealingFailed(log, book.Code, attempt, signed.Error.Code);
            return;
        }
        var bytes = signed.Value.SignedPdf.ToByteArray();
        book.Sealed(await store.StoreAsync(bytes, ct), bytes.Length, SignerName.Of(signed.Value.SignerSubject), time.Now());
    }

    [LoggerMessage(4092, LogLevel.Warning, "Sealing register book {Book} failed at attempt {Attempt} with {Code}; tried again later")]
    private static partial void SealingFailed(ILogger log, string book, int attempt, string code);
}
