using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Sessions;
using HaLong.Signatures.Validation;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>Makes a session, once for its id. A file that nobody could sign, or that carries a signature that does not hold, is refused here.</summary>
internal sealed partial class CreateSession(SignatureDbContext db, SessionStore store, SessionContents contents, Authorities authorities, TimeProvider time,
    SignatureTelemetry telemetry, ILogger<CreateSession> log)
{
    /// <summary>Of all files of one session together: they come in one message.</summary>
    public const int MaxBytes = SignPdf.MaxBytes;

    public static PlannedDocument Document(string name, ReadOnlyMemory<byte> pdf) =>
        new(name.Trim(), pdf, Convert.ToHexStringLower(SHA256.HashData(pdf.Span)));

    /// <returns>The session, and whether it was made now.</returns>
    public async Task<Result<(SigningSession Session, bool IsNew)>> HandleAsync(SessionPlan plan, CancellationToken ct)
    {
        using var activity = SignatureTelemetry.Source.StartActivity("create signing session");
        activity?.SetTag("halong.session.id", plan.Id);
        var now = time.GetUtcNow();
        var hash = HashOf(plan);
        // Asked again later, it may be too late for the deadline: what was made stays the answer.
        if (await FindAsync(plan.Id, ct) is { } earlier)
            return Again(earlier, hash);
        if ((plan.WhyNot(now) ?? await WhyNotAsync(plan, ct)) is { } error)
        {
            telemetry.Refused(error.Code);
            return error;
        }

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"session:" + plan.Id}, 0))", ct);
        if (await FindAsync(plan.Id, ct) is { } meanwhile)
            return Again(meanwhile, hash);
        var session = SigningSession.Open(plan, hash, now);
        db.Add(session);
        foreach (var (document, given) in session.Documents.Zip(plan.Documents))
            contents.Add(document.Id, 0, given.Content.ToArray());
        await store.SaveAsync([session], ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Created(log, session.Id, session.Documents.Count, session.Signers.Count);
        return (session, true);
    }

    private Task<SigningSession?> FindAsync(Guid id, CancellationToken ct) => store.Whole.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);

    private static Result<(SigningSession Session, bool IsNew)> Again(SigningSession session, byte[] hash) =>
        session.RequestHash.AsSpan().SequenceEqual(hash) ? (session, false) : SessionErrors.OtherSession;

    private async Task<Error?> WhyNotAsync(SessionPlan plan, CancellationToken ct)
    {
        if (plan.Documents.Sum(d => (long)d.Content.Length) > MaxBytes)
            return SignatureErrors.TooLarge;
        var trust = new Trust((await authorities.GetAsync(ct)).Roots);
        foreach (var (document, i) in plan.Documents.Select((d, i) => (d, i)))
        {
            var places = plan.Signers.Select(s => SessionRevision.Appearance(s.Place, i + 1)).OfType<SignatureAppearance>();
            if (WhyNot(document.Content, places, trust, ct) is { } error)
                return error;
        }

        return null;
    }

    private Error? WhyNot(ReadOnlyMemory<byte> pdf, IEnumerable<SignatureAppearance> places, Trust trust, CancellationToken ct)
    {
        if (!PdfFile.LooksLikePdf(pdf.Span))
            return SignatureErrors.NotPdf;
        try
        {
            var file = PdfFile.Open(pdf);
            if (SignatureFields.PermittedChanges(file) == 1)
                return SignatureErrors.Locked;
            foreach (var place in places)
                SignaturePlace.Find(file, place);
        }
        catch (PdfException e)
        {
            return PdfErrors.Of(e.Fault);
        }

        return PdfValidator.Validate(pdf, trust, time.GetUtcNow(), ct).Indication == Indication.Invalid ? SessionErrors.BrokenSignature : null;
    }

    private static byte[] HashOf(SessionPlan plan) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>(
    [
        plan.Purpose, plan.Subject, plan.CreatedBy, plan.UnitCode ?? "", plan.Deadline.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        .. plan.Documents.SelectMany(d => new[] { d.Name, d.Sha256 }),
        .. plan.Signers.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.AccountId} {s.Turn} {s.Role} {Words(s.Place)}")),
    ]));

    // A record prints its fractions in the language of the caller; who asks again may read another one.
    private static string Words(VisiblePlace? place) => place is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{place.Document} {place.Page} {place.X} {place.Y} {place.Width} {place.Height}");

    [LoggerMessage(5076, LogLevel.Information, "Session {SessionId} made: {Documents} documents, {Signers} signers")]
    private static partial void Created(ILogger log, Guid sessionId, int documents, int signers);
}
