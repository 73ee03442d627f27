using System.Globalization;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Drafts;

/// <summary>The revisions of a draft, newest first: who changed which fields when. For the owner's side only; officials see what was filed.</summary>
internal sealed class ListRevisions(DossierDbContext db, DossierDesk desk, ReadRecord reads)
{
    /// <param name="Number">From 1.</param>
    /// <param name="Role">citizen, organisation, delegate, representative or helper.</param>
    /// <param name="Fields">JSON pointers of what changed; empty for the first and for restored or merged ones, which are whole.</param>
    /// <param name="IsWhole">True for the first, for restored ones and for the one that older ones were merged into.</param>
    internal sealed record View(int Number, DateTimeOffset At, Guid ActorId, string Role, string Channel, IReadOnlyList<string> Fields, bool IsWhole, int? RestoredFrom)
    {
        public static View Of(DraftRevision r) => new(
            r.Number, r.At, r.ActorId, r.Role, r.Channel, r.IsWhole ? [] : [.. Leaves(JsonNode.Parse(r.Patch), "")], r.IsWhole, r.RestoredFrom);

        private static IEnumerable<string> Leaves(JsonNode? patch, string pointer) => patch is JsonObject { Count: > 0 } container
            ? container.SelectMany(p => Leaves(p.Value, Forms.Pointers.Add(pointer, p.Key)))
            : [pointer];
    }

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/revisions", (Guid id, string? after, int? limit, ListRevisions handler, CancellationToken ct) => handler.HandleAsync(id, after, limit, ct))
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("The revisions of a draft, newest first")
        .Answers<Page<View>>(200, 400, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var last = int.MaxValue;
        if (cursor.Value is [var key] && !int.TryParse(key, CultureInfo.InvariantCulture, out last))
            return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
        var own = await desk.OwnAsync(Acts.DossierFill, toChange: false, ct);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        if (await own.Value.Where(d => d.Id == id).Select(d => (Guid?)d.OwnerId).SingleOrDefaultAsync(ct) is not { } owner)
            return DossierErrors.DossierNotFound.ToProblem();
        var rows = await db.Set<DraftRevision>().AsNoTracking().Where(r => r.DossierId == id && r.Number < last).OrderByDescending(r => r.Number).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddAsync(ReadRecord.Dossier, id, owner, ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(View.Of), size.Value, r => [r.Number.ToString(CultureInfo.InvariantCulture)]));
    }
}
