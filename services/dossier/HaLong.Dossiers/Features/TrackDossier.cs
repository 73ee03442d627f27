using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Public tracking. With the code alone: state and degree of completion. With the right check number also the procedure, the dates and the
/// steps. A wrong check number tells nothing, not even that the code exists.
/// </summary>
internal sealed class TrackDossier(DossierDbContext db, GetTimeline timeline)
{
    /// <param name="Step">How far the dossier has come.</param>
    /// <param name="Steps">How far dossiers go.</param>
    internal sealed record View(string Code, string Status, string StatusName, int Step, int Steps, Details? Details);

    /// <summary>What only who knows the check number sees.</summary>
    internal sealed record Details(
        string ProcedureCode, string ProcedureName, string UnitName, DateTimeOffset? SubmittedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? DueAt,
        IReadOnlyList<GetTimeline.Entry> Timeline);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{code}", (string code, string? check, TrackDossier handler, CancellationToken ct) => handler.HandleAsync(code, check, ct))
        .AllowAnonymous()
        .WithSummary("State of a dossier by its code; check = last four digits of the owner's personal number shows more")
        .Answers<View>(200, 404);

    private async Task<IResult> HandleAsync(string code, string? check, CancellationToken ct)
    {
        if (code.Length > DossierCode.MaxLength || DossierCode.Parse(code) is not { } parsed)
            return DossierErrors.TrackingNotFound.ToProblem();
        // One agency has two spellings, and people copy either.
        var spellings = DossierCode.Spellings(parsed);
        var found = await db.Dossiers.AsNoTracking().Where(d => spellings.Contains(d.Code!)).ToListAsync(ct);
        if ((found.Find(d => d.Code == parsed.Text) ?? found.FirstOrDefault()) is not { } dossier)
            return DossierErrors.TrackingNotFound.ToProblem();
        if (!string.IsNullOrEmpty(check) && dossier.OwnerCheck is not null && check != dossier.OwnerCheck)
            return DossierErrors.TrackingNotFound.ToProblem();

        var details = !string.IsNullOrEmpty(check) && check == dossier.OwnerCheck
            ? new Details(
                dossier.ProcedureCode, Text.Bilingual(dossier.ProcedureNameVi, dossier.ProcedureNameEn), Text.Bilingual(dossier.UnitNameVi, dossier.UnitNameEn),
                dossier.SubmittedAt, dossier.AcceptedAt, dossier.DueAt, await timeline.StepsAsync(dossier.Id, ct))
            : null;
        return TypedResults.Ok(new View(
            dossier.Code!, dossier.Status, DossierView.NameOf(dossier.Status), DossierStatus.StepOf(dossier.Status), DossierStatus.Way.Count - 1, details));
    }
}
