using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Forms;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Drafts;

/// <summary>A draft as it was after one of its revisions.</summary>
internal sealed class GetRevision(DossierDesk desk, DraftHistory history, ReadRecord reads)
{
    internal sealed record View(int Number, string Subject, JsonElement Data);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/revisions/{number:int}", (Guid id, int number, GetRevision handler, CancellationToken ct) => handler.HandleAsync(id, number, ct))
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("A draft as it was after one of its revisions")
        .Answers<View>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, int number, CancellationToken ct)
    {
        var own = await desk.OwnAsync(Acts.DossierFill, toChange: false, ct);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        if (await own.Value.Where(d => d.Id == id).Select(d => (Guid?)d.OwnerId).SingleOrDefaultAsync(ct) is not { } owner)
            return DossierErrors.DossierNotFound.ToProblem();
        if (await history.AtRevisionAsync(id, number, ct) is not { } state)
            return FormErrors.RevisionNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Dossier, id, owner, ct);
        var (subject, data) = DraftDocument.Read(state);
        return TypedResults.Ok(new View(number, subject, JsonElement.Parse(data)));
    }
}
