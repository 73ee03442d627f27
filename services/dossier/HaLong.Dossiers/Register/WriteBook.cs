using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Verification;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Register;

/// <summary>Writes the PDF of a closed book. Its bytes are stored and committed before anybody seals them, so that every attempt seals the same ones.</summary>
internal sealed class WriteBook(
    DossierDbContext db, RegisterRows rows, PaperStatements statements, FileStore store, IOptions<DossierOptions> options) : IConsumer<BookWritingDue>
{
    public async Task Consume(ConsumeContext<BookWritingDue> context)
    {
        var ct = context.CancellationToken;
        var (id, attempt) = (context.Message.BookId, context.Message.Attempt);
        if (await db.LockBookAsync(id, ct) is not { State: BookState.Sealing, UnsignedSha256: null } book)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("write register book");
        activity?.SetTag("register.book", book.Code);
        var entries = await rows.OfBookAsync(book, ct);
        try
        {
            var paper = new PaperFacts(book.Id, PaperForm.Register, book.Code, null, book.UnitCode, null, book.ClosedAt!.Value);
            var qr = await statements.QrTextAsync(paper, StatedBook.Of(book, entries), ct);
            book.Written(await store.StoreAsync(RegisterPaper.Book(book, entries, qr), ct));
            db.Enqueue(new BookSealingDue(id, 1));
        }
        catch (ErrorException e) when (e.Error.Code == SubmissionErrors.KeysClosed.Code)
        {
            book.SealingFailed();
            db.Enqueue(new BookWritingDue(id, attempt + 1), Sealing.PauseAfter(attempt, options.Value.SigningRetry));
        }
    }
}

/// <summary>Takes a book for changes.</summary>
internal static class BookLock
{
    public static Task<RegisterBook?> LockBookAsync(this DossierDbContext db, Guid id, CancellationToken ct) =>
        db.RegisterBooks.FromSql($"SELECT *, xmin FROM register_book WHERE id = {id} FOR NO KEY UPDATE").SingleOrDefaultAsync(ct);
}
