using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>A person complains about, or proposes something for, a unit, a procedure or an own dossier.</summary>
internal sealed class SendFeedback(DossierDbContext db, FeedbackDesk desk, IdentityDirectory directory, ProcedureCatalogue catalogue, Caller caller)
{
    public const int MaxText = 4000;

    /// <param name="UnitCode">The unit it is about; that of the dossier when one is named.</param>
    /// <param name="Kind">complaint or proposal.</param>
    internal sealed record Request(string? UnitCode, string? ProcedureCode, Guid? DossierId, string? Kind, string? Text);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/v1/feedback", (Request request, SendFeedback handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.SignedIn)
        .WithTags("Feedback")
        .WithSummary("Send a complaint or proposal about administrative procedures (phản ánh, kiến nghị)")
        .WithDescription("For anybody who is signed in, in his own name. About a unit, a procedure there, or an own dossier.")
        .Answers<FeedbackView>(201, 400, 403, 404, 422, 503);

    private async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        if (Defects(request) is { } defects)
            return defects.ToProblem();
        var (unit, procedure) = (request.UnitCode, request.ProcedureCode);
        if (request.DossierId is { } id)
        {
            var own = await db.Dossiers.Where(d => d.Id == id && d.OwnerId == caller.AccountId && d.Status != DossierStatus.Draft)
                .Select(d => new { d.UnitCode, d.ProcedureCode }).SingleOrDefaultAsync(ct);
            if (own is null)
                return DossierErrors.DossierNotFound.ToProblem();
            (unit, procedure) = (own.UnitCode, own.ProcedureCode);
        }

        var found = await directory.FindUnitAsync(unit!, ct);
        // A dossier's unit may have gone since; a complaint about it must still find its way.
        if (!found.IsSuccess && (request.DossierId is null || found.Error.Kind == ErrorKind.Unavailable))
            return found.Error.ToProblem();
        if (request.DossierId is null && procedure is not null && await catalogue.FindAsync(procedure, ct) is null)
            return DossierErrors.UnknownProcedure.WithField("procedureCode", DossierErrors.UnknownProcedure.Vi, DossierErrors.UnknownProcedure.En).ToProblem();

        var feedback = new Feedback
        {
            Id = Guid.CreateVersion7(desk.Now),
            UnitCode = unit!,
            ProcedureCode = procedure,
            DossierId = request.DossierId,
            Kind = request.Kind!,
            Text = request.Text!.Trim(),
            AuthorId = caller.AccountId,
            ReceivedAt = desk.Now,
            DueAt = (await desk.TimesAsync(desk.Now, ct)).Answer(desk.Now),
            Repeated = await desk.Own.AnyAsync(
                f => f.State == FeedbackState.Answered && f.UnitCode == unit && f.ProcedureCode == procedure && f.DossierId == request.DossierId, ct),
        };
        db.Add(feedback);
        if (found.IsSuccess)
            await KnowAsync(found.Value, ct);
        await desk.SaveAsync(feedback, "received", ct);
        Etag.Set(http.Response, feedback.Version);
        return TypedResults.Created($"/api/v1/feedback/{feedback.Id}", desk.View(feedback));
    }

    /// <summary>Whoever is above the unit must see what is said about it, also before its first dossier.</summary>
    private Task KnowAsync(DossierUnit unit, CancellationToken ct) => unit.Id is not { Length: > 0 } id ? Task.CompletedTask : db.Database.ExecuteSqlAsync($"""
        INSERT INTO statistics.unit (id, code, name_vi, name_en, level, parent_code)
        VALUES ({id}, {unit.Code}, {unit.NameVi}, {unit.NameEn}, {unit.Level}, {unit.ParentCode}) ON CONFLICT DO NOTHING
        """, ct);

    private static Error? Defects(Request request)
    {
        Error? error = null;
        if (request.Kind is null || !FeedbackKind.All.Contains(request.Kind))
            error = SatisfactionErrors.FeedbackInvalid.WithField("kind", "Chỉ có “complaint” và “proposal”.", "Either “complaint” or “proposal”.");
        error = FeedbackText.Check(error, "text", request.Text);
        if (request.DossierId is null && string.IsNullOrEmpty(request.UnitCode))
            error = (error ?? SatisfactionErrors.FeedbackInvalid).WithField("unitCode", "Cần mã đơn vị hoặc hồ sơ.", "A unit or a dossier is needed.");
        return error;
    }
}

/// <summary>Checks what people write.</summary>
internal static class FeedbackText
{
    /// <summary>The error so far, and one more when there are no words or too many.</summary>
    public static Error? Check(Error? error, string field, string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > SendFeedback.MaxText || !JsonInput.IsStorable(text)
            ? (error ?? SatisfactionErrors.FeedbackInvalid).WithField(field, $"Có từ 1 đến {SendFeedback.MaxText} ký tự.",
                $"Has 1 to {SendFeedback.MaxText} characters.")
            : error;
}
