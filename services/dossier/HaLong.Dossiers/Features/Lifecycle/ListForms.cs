using System.Text.Json;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Lifecycle;

/// <summary>The forms that were issued for a dossier, as data, and where their papers are. The control slip is the agencies' own paper.</summary>
internal sealed class ListForms(DossierDbContext db, DossierDesk desk, ReadRecord reads, Caller caller)
{
    /// <param name="Serial">Which form of the dossier, from 1.</param>
    /// <param name="Kind">RECEIPT, SUPPLEMENT, REFUSAL, APOLOGY, STOP or CONTROL.</param>
    /// <param name="Number">Number of the form under the regime; null where it has none.</param>
    /// <param name="Paper">Where it is as sealed PDF.</param>
    internal sealed record Item(Guid Id, int Serial, string Kind, string? Number, string Regime, DateTimeOffset IssuedAt, JsonElement Data, FormPaperView Paper);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/forms", (Guid id, ListForms handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Forms issued for a dossier: kind, number, regime and what they say")
        .Answers<IReadOnlyList<Item>>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        await reads.AddAsync(ReadRecord.FormList, id, owner.Value, ct);
        var own = owner.Value == caller.AccountId;
        var forms = await db.IssuedForms.AsNoTracking().Where(f => f.DossierId == id && !(own && f.Kind == PaperForm.Control)).OrderBy(f => f.Serial).ToListAsync(ct);
        var papers = await db.FormPapers.AsNoTracking().Where(p => p.DossierId == id).ToDictionaryAsync(p => p.FormId, ct);
        var ids = papers.Values.Select(p => p.Id).ToList();
        var hashes = await db.Documents.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Sha256, ct);
        // All rows of the control slip are on the paper of the last.
        var slip = forms.LastOrDefault(f => f.Kind == PaperForm.Control);
        return TypedResults.Ok(forms.ConvertAll(f =>
        {
            var paper = papers.GetValueOrDefault(f.Kind == PaperForm.Control ? slip!.Id : f.Id);
            return new Item(
                f.Id, f.Serial, f.Kind, f.Number, f.Regime, f.CreatedAt, JsonElement.Parse(f.Data), FormPaperView.Of(f, paper, paper is null ? null : hashes.GetValueOrDefault(paper.Id)));
        }));
    }
}
