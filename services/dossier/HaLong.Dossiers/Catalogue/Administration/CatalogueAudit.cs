using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>One act on the catalogue. Written once, never changed; the database refuses to.</summary>
internal sealed class CatalogueAuditEntry
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid ActorId { get; init; }
    public string? ActorUnit { get; init; }

    /// <summary>What, e.g. draft.opened, version.published.</summary>
    public required string Action { get; init; }

    /// <summary>Code of the procedure; null for what concerns many.</summary>
    public string? Code { get; init; }
    public Guid? DraftId { get; init; }

    /// <summary>What was decided, in few words: states, days, hashes, reasons.</summary>
    public required string Details { get; init; }
    public string? TraceId { get; init; }
}

/// <summary>Writes down what administrators do to the catalogue, in the transaction in which they do it.</summary>
internal sealed class CatalogueAudit(DossierDbContext db, Caller caller, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Record(string action, ProcedureDraft draft, string? reason = null) => Record(action, draft.Code, draft.Id, new
    {
        draft.State,
        draft.ContentHash,
        draft.BasedOn,
        draft.Repeal,
        draft.ValidFrom,
        draft.ValidTo,
        draft.VersionId,
        draft.ImportId,
        reason,
    });

    public void Record(string action, string? code, Guid? draftId, object details)
    {
        var now = time.Now();
        db.Set<CatalogueAuditEntry>().Add(new CatalogueAuditEntry
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            ActorId = caller.ActorId,
            ActorUnit = caller.Unit,
            Action = action,
            Code = code,
            DraftId = draftId,
            Details = JsonSerializer.Serialize(details, Json),
            TraceId = Activity.Current?.TraceId.ToHexString(),
        });
    }

    public IQueryable<CatalogueAuditEntry> Entries => db.Set<CatalogueAuditEntry>().AsNoTracking();
}
