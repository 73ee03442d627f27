using System.Globalization;
using System.Text;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Evidence;

/// <summary>An anchor of an evidence chain, for everybody: no content, only hashes.</summary>
/// <param name="Id">Id of the anchor.</param>
/// <param name="Service">Whose chain.</param>
/// <param name="Partition">Month, yyyy-MM.</param>
/// <param name="From">First position.</param>
/// <param name="To">Last position.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Root">Merkle root over the hashes of the rows (RFC 6962 §2.1), hex.</param>
/// <param name="Head">Hash of the last row, hex.</param>
/// <param name="Previous">Hash of the service's anchor before, hex; empty for the first.</param>
/// <param name="Hash">SHA-256 of the statement, hex.</param>
/// <param name="Statement">The text that is time-stamped.</param>
/// <param name="StampedAt">What the time-stamp says.</param>
/// <param name="TimeStamp">Time-stamp token (RFC 3161), DER in Base64.</param>
internal sealed record AnchorView(Guid Id, string Service, string Partition, long From, long To, long Count, string Root, string Head, string Previous,
    string Hash, string Statement, DateTimeOffset StampedAt, string TimeStamp)
{
    public static AnchorView Of(Anchor a) => new(a.Id, a.Service,
        string.Create(CultureInfo.InvariantCulture, $"{a.Partition / 100:0000}-{a.Partition % 100:00}"), a.FromPosition, a.ToPosition,
        a.ToPosition - a.FromPosition + 1, Convert.ToHexStringLower(a.Root), Convert.ToHexStringLower(a.Head), Convert.ToHexStringLower(a.PreviousHash),
        Convert.ToHexStringLower(a.Hash), Encoding.UTF8.GetString(AnchorBook.Statement(a).Text), a.StampedAt, Convert.ToBase64String(a.Token));
}

/// <summary>The public list of anchors: whoever keeps a copy of it can prove a chain that was rebuilt, also one of this service.</summary>
internal static class ListAnchors
{
    public static void Map(IEndpointRouteBuilder anchors)
    {
        anchors.MapGet("/", ListAsync).WithName("ListAnchors").WithSummary("Anchors of the evidence chains, newest first")
            .WithDescription("Anyone. Of one service, or of all. Pages by cursor. Strong consistency.")
            .Produces<Page<AnchorView>>().ProducesProblem(StatusCodes.Status400BadRequest).AllowAnonymous();
        anchors.MapGet("/{id:guid}", OneAsync).WithName("GetAnchor").WithSummary("An anchor of an evidence chain")
            .WithDescription("Anyone. It never changes.")
            .Produces<AnchorView>().ProducesProblem(StatusCodes.Status404NotFound).AllowAnonymous();
    }

    private static async Task<IResult> ListAsync(string? service, string? after, int? limit, SignatureDbContext db, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var anchors = db.Anchors.AsNoTracking();
        if (service is not null)
            anchors = anchors.Where(a => a.Service == service);
        if (cursor.Value is { } before)
            anchors = anchors.Where(a => a.Id.CompareTo(before) < 0);
        var rows = await anchors.OrderByDescending(a => a.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(AnchorView.Of), size.Value, a => [a.Id.ToString()]));
    }

    private static async Task<IResult> OneAsync(Guid id, SignatureDbContext db, CancellationToken ct) =>
        await db.Anchors.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is { } anchor
            ? TypedResults.Ok(AnchorView.Of(anchor))
            : AnchorErrors.AnchorNotFound.ToProblem();
}
