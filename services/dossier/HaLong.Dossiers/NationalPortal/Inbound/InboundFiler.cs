using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Filing.Placing;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>A filing that is understood: all that a dossier needs.</summary>
internal sealed record Understood(
    Procedure Procedure, ProcedureContent Content, Placement Placement, FilingOwner Owner, string Subject, JsonElement Data, IReadOnlyList<FetchedFile> Files);

/// <summary>Understands a filing: procedure, unit, owner, files. What is wrong with it is told at once, and before a file is fetched.</summary>
internal sealed class InboundFiler(
    DossierDbContext db, ProcedureCatalogue catalogue, PlacementRouter router, CodeRules codes, InboundOwners owners, InboundFiles files, TimeProvider time)
{
    /// <exception cref="PortalTrouble">A file did not come.</exception>
    public async Task<Result<Understood>> UnderstandAsync(InboundFiling row, PortalFiling filing, CancellationToken ct)
    {
        if (filing.Content() is not { } content)
            return InboundErrors.BadContent;
        if (!await codes.IsFreeAsync(row.Code, ct))
            return InboundErrors.CodeTaken;
        var day = LocalTime.Date(time.GetUtcNow());
        var procedure = await catalogue.FindAsync(content.ProcedureCode ?? "", ct);
        var subject = content.Subject?.Trim() is { Length: > 0 } given ? given : procedure?.NameVi ?? "-";
        var data = content.Data is { ValueKind: not JsonValueKind.Null } typed ? typed : JsonElement.Parse("{}");
        var error = DraftRules.CheckData(DraftRules.CheckSubject(null, subject), data);
        if (procedure is null)
            error = (error ?? DossierErrors.UnknownProcedure).WithField("MaTTHC", DossierErrors.UnknownProcedure.Vi, DossierErrors.UnknownProcedure.En);
        row.ProcedureCode = procedure?.Code;

        // Without a place the procedure says nothing about the unit.
        var rules = procedure is null ? null : catalogue.ContentOf(procedure);
        var placement = await router.PlaceAsync(rules!, new PlacementInput(codes.UnitOf(content.Unit, day), null, null), day, ct);
        if (!placement.IsSuccess && placement.Error.Kind != ErrorKind.Validation)
            return placement.Error;
        if (!placement.IsSuccess)
            error = (error ?? placement.Error with { FieldMessages = [] }).WithField("DonViXuLy", placement.Error.Vi, placement.Error.En);
        row.UnitCode = placement.IsSuccess ? placement.Value.Competent.Code : null;
        // Kept whatever comes next: reception of the unit sees what waits for it.
        await db.SaveChangesAsync(ct);
        if (error is not null)
            return error;

        var owner = await owners.FindAsync(row.OwnerId, content, ct);
        if (!owner.IsSuccess)
            return owner.Error;
        var fetched = await files.FetchAsync(row, content, rules!.Components.Count, ct);
        return fetched.IsSuccess ? new Understood(procedure!, rules, placement.Value, owner.Value, subject, data, fetched.Value) : fetched.Error;
    }
}
