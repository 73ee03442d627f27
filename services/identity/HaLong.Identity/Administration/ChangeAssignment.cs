using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Corrects an assignment, gives it a last day, or ends it at once. Roles and unit are never changed: that is another assignment.</summary>
internal sealed class ChangeAssignment(
    IdentityDbContext db, AdminScope scopes, StaffDesk desk, StaffRegister staff, AuditTrail audit, TimeProvider time)
{
    /// <param name="Title">Title on papers.</param>
    /// <param name="ValidTo">New last day: today or later.</param>
    /// <param name="Primary">True makes it the unit tokens are for.</param>
    /// <param name="DecisionNumber">Number of the decision.</param>
    /// <param name="LegalBasis">What the decision rests on.</param>
    /// <param name="EndDecision">Number of the decision that ends it.</param>
    internal sealed record Request(string? Title, DateOnly? ValidTo, bool? Primary, string? DecisionNumber, string? LegalBasis, string? EndDecision);

    public static Task<IResult> PatchAsync(Guid id, Guid assignmentId, Request request, ChangeAssignment handler, HttpContext http, CancellationToken ct) =>
        handler.RunAsync(id, assignmentId, request, http, ct);

    public static Task<IResult> DeleteAsync(Guid id, Guid assignmentId, ChangeAssignment handler, HttpContext http, CancellationToken ct, string? decision = null) =>
        handler.EndAsync(id, assignmentId, decision, http, ct);

    private async Task<IResult> RunAsync(Guid id, Guid assignmentId, Request request, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.ShareUnitsAsync(ct);
        var (account, assignment, unit, error) = await TakeAsync(id, assignmentId, http.Request, ct);
        if (account is null || assignment is null || unit is null)
            return (error ?? IdentityErrors.AssignmentNotFound).ToProblem();
        if (assignment.IsOver(desk.Today))
            return IdentityErrors.AssignmentOver.ToProblem();
        if (Check(request, assignment) is { } wrong)
            return wrong.ToProblem();
        var isLonger = request.ValidTo is { } day && assignment.ValidTo is { } last && day > last;
        if (isLonger && RoleGrant.NeedsSecond(assignment.Roles))
            return IdentityErrors.LongerNeedsGrant.ToProblem();

        var before = AssignmentView.ForAudit(assignment);
        assignment.Describe(request.Title?.Trim() ?? assignment.Title, request.DecisionNumber?.Trim() ?? assignment.DecisionNumber, request.LegalBasis?.Trim() ?? assignment.LegalBasis);
        if (request.Primary == true && !assignment.IsPrimary)
            await staff.SetPrimaryAsync(account, assignment, ct);
        if (isLonger)
            Lengthen(assignment, request.ValidTo!.Value);
        else if (request.ValidTo is { } end && end != assignment.ValidTo)
            staff.End(account, assignment, end, ReleaseReasons.Ended, request.EndDecision?.Trim());
        audit.Record("assignment.changed", AuditTarget.Account, id, assignment.UnitId, before, AssignmentView.ForAudit(assignment));
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        Etag.Set(http.Response, assignment.Version);
        return TypedResults.Ok(AssignmentView.Of(assignment, unit));
    }

    private async Task<IResult> EndAsync(Guid id, Guid assignmentId, string? decision, HttpContext http, CancellationToken ct)
    {
        var (account, assignment, _, error) = await TakeAsync(id, assignmentId, http.Request, ct);
        if (account is null || assignment is null)
            return (error ?? IdentityErrors.AssignmentNotFound).ToProblem();
        if (decision?.Length > 100)
            return IdentityErrors.InvalidAdministration.WithField("decision", "Tối đa 100 ký tự.", "At most 100 characters.").ToProblem();
        // What is over stays over: a repeated call changes nothing.
        if (!assignment.IsOver(desk.Today))
        {
            var before = AssignmentView.ForAudit(assignment);
            staff.End(account, assignment, null, ReleaseReasons.Revoked, decision);
            audit.Record("assignment.ended", AuditTarget.Account, id, assignment.UnitId, before, AssignmentView.ForAudit(assignment));
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.NoContent();
    }

    private async Task<(Account? Account, Assignment? Assignment, Unit? Unit, Error? Error)> TakeAsync(Guid id, Guid assignmentId, HttpRequest request, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        var taken = await desk.TakeAsync(id, scope, ct);
        if (!taken.IsSuccess)
            return (null, null, null, taken.Error);
        var assignment = await db.Assignments.SingleOrDefaultAsync(a => a.Id == assignmentId && a.AccountId == id, ct);
        if (assignment is null || !scope.Covers(assignment.UnitId))
            return (null, null, null, IdentityErrors.AssignmentNotFound);
        return Etag.Check(request, assignment.Version) is { } stale
            ? (null, null, null, stale)
            : (taken.Value, assignment, scope.Units[assignment.UnitId], null);
    }

    private Error? Check(Request request, Assignment assignment)
    {
        var error = IdentityErrors.InvalidAdministration;
        if (request.Title is { } title && (string.IsNullOrWhiteSpace(title) || title.Length > 200))
            error = error.WithField("title", "Hãy nhập chức danh, tối đa 200 ký tự.", "Enter a title of at most 200 characters.");
        if (request.ValidTo < desk.Today || request.ValidTo < assignment.ValidFrom)
            error = error.WithField("validTo", "Ngày kết thúc phải từ hôm nay và từ ngày bắt đầu trở đi.", "The last day must not be before today or before the first day.");
        if (request.Primary == false)
            error = error.WithField("primary", "Hãy chọn phân công khác làm chính.", "Make another assignment the main one instead.");
        foreach (var (field, text, most) in (ReadOnlySpan<(string, string?, int)>)
            [("decisionNumber", request.DecisionNumber, 100), ("legalBasis", request.LegalBasis, 500), ("endDecision", request.EndDecision, 100)])
        {
            if (text?.Length > most)
                error = error.WithField(field, $"Tối đa {most} ký tự.", $"At most {most} characters.");
        }

        return error.FieldMessages.Count > 0 ? error : null;
    }

    private void Lengthen(Assignment assignment, DateOnly lastDay)
    {
        assignment.Lengthen(lastDay);
        db.Enqueue(new StaffAssigned(
            assignment.Id, assignment.AccountId, assignment.UnitId, assignment.UnitCode, assignment.Roles, assignment.ValidFrom, lastDay, time.GetUtcNow()));
    }
}
