using System.Text.Encodings.Web;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Archive;

/// <summary>
/// Everything the platform knows of a dossier, as JSON. What officials wrote among themselves is left out of the owner's copy. Fields are only ever
/// added.
/// </summary>
internal sealed class ArchiveMetadata(DossierDbContext db)
{
    public const string Format = "halong-dossier-archive/1";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<byte[]> WriteAsync(Dossier d, IReadOnlyList<ArchivedFile> files, bool inside, CancellationToken ct)
    {
        var id = d.Id;
        var timeline = await db.Timeline.AsNoTracking().Where(t => t.DossierId == id).OrderBy(t => t.Step).ToListAsync(ct);
        var forms = await db.IssuedForms.AsNoTracking().Where(f => f.DossierId == id && (inside || f.Kind != PaperForm.Control)).OrderBy(f => f.Serial).ToListAsync(ct);
        var notes = await db.Notes.AsNoTracking().Where(n => n.DossierId == id && (inside || n.Visible)).OrderBy(n => n.Id).ToListAsync(ct);
        var opinions = inside ? await db.Opinions.AsNoTracking().Where(o => o.DossierId == id).OrderBy(o => o.Number).ToListAsync(ct) : [];
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Format,
                dossier = Facts(d),
                data = JsonElement.Parse(d.Data),
                timeline = timeline.Select(t => new { t.Step, t.At, t.Action, role = t.ActorRole, t.Unit, from = t.FromStatus, to = t.ToStatus, t.NoteVi, t.NoteEn }),
                forms = forms.Select(f => new { f.Serial, f.Kind, f.Number, f.Regime, f.CreatedAt, data = JsonElement.Parse(f.Data) }),
                supplements = await db.Supplements.AsNoTracking().Where(s => s.DossierId == id).OrderBy(s => s.RequestedAt)
                    .Select(s => new { s.Stage, s.Number, s.LegalBasis, s.Items, s.RequestedAt, s.Deadline, s.FulfilledAt, s.AnswerNote }).ToListAsync(ct),
                opinions = opinions.Select(o => new { o.Number, o.UnitCode, o.Question, o.RequestedAt, o.Deadline, o.Answer, o.AnsweredAt, o.ClosedAt, o.CloseReason }),
                fees = d.Fees,
                demands = await db.Demands.AsNoTracking().Where(f => f.DossierId == id).OrderBy(f => f.Number)
                    .Select(f => new { f.Number, f.Fees, f.Amount, f.Reason, f.State, f.RequestedAt, f.SettledAt }).ToListAsync(ct),
                payment = new { d.PaymentId, d.PaymentStatus, d.PaymentAmount },
                clock = await db.ClockEntries.AsNoTracking().Where(c => c.DossierId == id).OrderBy(c => c.Number)
                    .Select(c => new { c.Number, effect = c.Effect.ToString(), c.At, c.Cause, c.ReasonVi, c.ReasonEn, c.ExtendTo }).ToListAsync(ct),
                dueDateChanges = await db.DueDateChanges.AsNoTracking().Where(c => c.DossierId == id).OrderBy(c => c.At)
                    .Select(c => new { c.At, c.OldDueAt, c.NewDueAt, c.CalendarVersion, c.ReasonVi, c.ReasonEn }).ToListAsync(ct),
                notes = notes.Select(n => new { n.CreatedAt, n.AuthorRole, n.Visible, n.Text }),
                documents = files.Select(f => new
                {
                    f.Name,
                    f.Document.Id,
                    f.Document.Kind,
                    f.Document.Component,
                    f.Document.FileName,
                    f.Document.MediaType,
                    f.Document.Size,
                    f.Document.Sha256,
                    f.Document.Origin,
                    f.Document.ReusedFrom,
                    f.Document.CreatedAt,
                    f.Document.ReplacedBy,
                    f.Document.ReplacedReason,
                }),
            },
            Json);
    }

    private static object Facts(Dossier d) => new
    {
        d.Id,
        d.Code,
        d.Status,
        d.Outcome,
        d.ProcedureCode,
        d.ProcedureNameVi,
        d.ProcedureNameEn,
        d.UnitCode,
        d.UnitId,
        d.UnitNameVi,
        d.UnitNameEn,
        d.ReceivingUnitCode,
        d.SupportUnitCode,
        d.PlaceUnitId,
        d.Subject,
        d.OwnerId,
        d.OwnerName,
        d.Channel,
        d.Regime,
        d.SubmittedAs,
        d.Counter,
        d.Duplicates,
        d.AssistanceKinds,
        d.ReusedComponents,
        d.CreatedAt,
        d.SubmittedAt,
        d.AcceptedAt,
        d.DueAt,
        d.DueAssumed,
        d.ApprovedAt,
        d.ApproverName,
        d.Decision,
        d.LegalBasis,
        d.ResolvedAt,
        d.ReturnedAt,
        d.ReturnMethod,
        d.ClosedAt,
        d.WithdrawalReason,
        d.Extensions,
        d.Corrections,
    };
}

/// <summary>A document with its name in the archive.</summary>
internal sealed record ArchivedFile(string Name, DossierDocument Document)
{
    /// <summary>Names that stay the same however often it is exported: order, kind, component, type. What was not sealed yet is no paper; the control slip is the agencies' own.</summary>
    public static IReadOnlyList<ArchivedFile> Of(IEnumerable<DossierDocument> documents, bool inside) =>
        [.. documents.Where(d => d.Kind is not (DocumentKind.UnsignedResult or DocumentKind.PersonSigned or DocumentKind.UnsignedForm) && (inside || d.Kind != DocumentKind.ControlSlip)).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Select((d, i) => new ArchivedFile(NameOf(d, i + 1), d))];

    private static string NameOf(DossierDocument d, int number)
    {
        var component = d.Component is { } c ? $"-{c:00}" : "";
        return $"documents/{number:000}-{d.Kind}{component}{Documents.FileType.OfMedia(d.MediaType)?.Extension}";
    }
}
