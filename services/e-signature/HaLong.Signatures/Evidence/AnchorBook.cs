using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Evidence;

/// <summary>Accepts, keeps and lists the anchors of all services.</summary>
internal sealed partial class AnchorBook(SignatureDbContext db, TimeStampClient stamps, Authorities authorities, TimeProvider time,
    EvidenceTelemetry telemetry, ILogger<AnchorBook> log)
{
    private const int HashBytes = 32;

    /// <summary>Keeps the next anchor of a service under a time-stamp. Whatever was kept from the same position before is the answer.</summary>
    /// <returns>SIG-0701, 0702, 0703 or 0705: nothing was kept.</returns>
    public async Task<Result<WitnessedAnchor>> AcceptAsync(AnchorStatement said, CancellationToken ct)
    {
        if (!IsPossible(said))
            return AnchorErrors.InvalidAnchor;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two replicas of a service, or a service that lost its memory, speak one after the other.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"anchor:" + said.Service}, 0))", ct);
        var kept = await db.Anchors.AsNoTracking().SingleOrDefaultAsync(
            a => a.Service == said.Service && a.Partition == said.Partition && a.FromPosition == said.From, ct);
        if (kept is not null)
            return new WitnessedAnchor(kept.Id, Statement(kept), kept.Token, kept.StampedAt);
        if (await WhyNotNextAsync(said, ct) is { } refusal)
        {
            telemetry.Anchored(said.Service, refusal.Code);
            Refused(log, said.Service, said.Partition, said.From, refusal.Code);
            return refusal;
        }

        if (await stamps.StampAsync(said.Text, ct) is not { } stamp)
        {
            telemetry.Anchored(said.Service, AnchorErrors.NoTimeStamp.Code);
            return AnchorErrors.NoTimeStamp;
        }

        var anchor = Of(said, stamp);
        db.Add(anchor);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        telemetry.Anchored(said.Service, "kept");
        Kept(log, said.Service, said.Partition, said.From, said.To);
        return new WitnessedAnchor(anchor.Id, said, anchor.Token, anchor.StampedAt);
    }

    /// <summary>The anchors of a service in their order, each with what its time-stamp is worth now.</summary>
    /// <param name="service">Whose.</param>
    /// <param name="months">Partitions, both included.</param>
    /// <param name="after">The last one seen.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<List<KeptAnchorEntry>> ListAsync(string service, (int From, int To) months, Guid? after, int limit, CancellationToken ct)
    {
        var anchors = db.Anchors.AsNoTracking().Where(a => a.Service == service && a.Partition >= months.From && a.Partition <= months.To);
        if (after is { } id)
        {
            var seen = await db.Anchors.AsNoTracking().Where(a => a.Id == id).Select(a => new { a.Partition, a.FromPosition }).SingleOrDefaultAsync(ct);
            var (partition, from) = seen is null ? (0, 0) : (seen.Partition, seen.FromPosition);
            anchors = anchors.Where(a => a.Partition > partition || (a.Partition == partition && a.FromPosition > from));
        }

        var rows = await anchors.OrderBy(a => a.Partition).ThenBy(a => a.FromPosition).Take(limit).ToListAsync(ct);
        var chain = await authorities.GetAsync(ct);
        var (trust, now) = (new Trust(chain.Roots) { TimeStampRoots = stamps.RootsWith(chain) }, time.GetUtcNow());
        return rows.ConvertAll(a => new KeptAnchorEntry(a.Id, Statement(a), System.Security.Cryptography.SHA256.HashData(a.Token), Holds(a, trust, now)));
    }

    public static AnchorStatement Statement(Anchor a) =>
        new(a.Service, a.Partition, a.FromPosition, a.ToPosition, a.Root, a.Head, a.PreviousHash);

    private static bool Holds(Anchor a, Trust trust, DateTimeOffset now) =>
        TimeStampInspector.Inspect(a.Token, Statement(a).Text, trust, now) is { At: not null, Failure: null };

    private static bool IsPossible(AnchorStatement said) => said.Service.Length is > 0 and <= Anchor.MaxService
        && said.Partition is >= 2000_01 and <= 9999_12 && said.Partition % 100 is >= 1 and <= 12 && said.From >= 1 && said.To >= said.From
        && said.Root.Length == HashBytes && said.Head.Length == HashBytes && said.Previous.Length is 0 or HashBytes;

    private async Task<Error?> WhyNotNextAsync(AnchorStatement said, CancellationToken ct)
    {
        var last = await db.Anchors.AsNoTracking().Where(a => a.Service == said.Service)
            .OrderByDescending(a => a.Partition).ThenByDescending(a => a.FromPosition).FirstOrDefaultAsync(ct);
        var follows = last is null || said.Partition > last.Partition
            ? said.From == 1
            : said.Partition == last.Partition && said.From == last.ToPosition + 1;
        if (!follows)
            return AnchorErrors.Gap;
        return said.Previous.AsSpan().SequenceEqual(last?.Hash ?? []) ? null : AnchorErrors.Contradiction;
    }

    private Anchor Of(AnchorStatement said, ObtainedTimeStamp stamp) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Service = said.Service,
        Partition = said.Partition,
        FromPosition = said.From,
        ToPosition = said.To,
        Root = said.Root,
        Head = said.Head,
        PreviousHash = said.Previous,
        Hash = said.Hash,
        Token = stamp.Token,
        StampedAt = stamp.At,
    };

    [LoggerMessage(5150, LogLevel.Information, "Anchor of {Service} kept: partition {Partition}, rows {From} to {To}")]
    private static partial void Kept(ILogger log, string service, int partition, long from, long to);

    [LoggerMessage(5151, LogLevel.Critical, "Anchor of {Service} refused: partition {Partition}, from row {From}, {Code}. Its evidence may have been tampered with")]
    private static partial void Refused(ILogger log, string service, int partition, long from, string code);
}
