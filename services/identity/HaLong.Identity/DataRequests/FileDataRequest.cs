using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.DataRequests;

/// <summary>A request of a data subject.</summary>
/// <param name="Kind">access, correct, restrict, object or delete.</param>
/// <param name="Note">In the person's words; needed to object.</param>
/// <param name="UnitCode">The unit that should deal with it; any when left out.</param>
/// <param name="Changes">What to correct.</param>
internal sealed record FileRequest(string? Kind, string? Note, string? UnitCode, ProposedChanges? Changes);

/// <summary>Files a request. Access is answered at once; everything else goes to the desk with the limits of the law.</summary>
internal static class FileDataRequest
{
    public static async Task<IResult> HandleAsync(
        FileRequest body, Caller caller, IdentityDbContext db, RequestDetails details, DataExportBuilder export, FieldVault vault, TimeProvider time, HttpContext http,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var written = new Details(body.Note?.Trim(), body.Changes);
        if (await CheckAsync(body, written, LocalTime.Date(now), db, ct) is { } invalid)
            return invalid.ToProblem();
        // It ends the account: not for who has found somebody else's phone unlocked.
        if (body.Kind == DataRequestKinds.Delete && StepUp.Demand(http) is { } challenge)
            return challenge;
        var account = caller.AccountId;
        if (!await db.Accounts.AnyAsync(a => a.Id == account && !a.IsClosed, ct))
            return IdentityErrors.AccountNotFound.ToProblem();
        if (await db.DataRequests.AnyAsync(r => r.AccountId == account && r.Kind == body.Kind && DataRequestStates.Open.Contains(r.State), ct))
            return IdentityErrors.DataRequestOpen.ToProblem();

        var id = Guid.CreateVersion7(now);
        var request = DataRequest.Receive(id, account, body.Kind!, body.UnitCode, details.Seal(id, written), DataRequestLimits.For(body.Kind!, now), now); // Checked above.
        db.DataRequests.Add(request);
        if (body.Kind == DataRequestKinds.Access)
        {
            var copy = await export.BuildAsync(account, now, ct);
            db.DataExports.Add(new DataExport { Id = id, AccountId = account, Sealed = vault.Seal(FieldVault.DataExports, id.ToString(), copy), CreatedAt = now });
            request.Complete(null, null, new OutcomeView([new DoneView("export", "Đã lập bản sao dữ liệu", "A copy of the data was made", 1)], []).ToJson(), now);
            db.Enqueue(new DataExportRequested(id, account, now));
        }

        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, request.Version);
        return TypedResults.Created($"/api/v1/me/data-requests/{id}", DataRequestView.Of(request));
    }

    private static async Task<Error?> CheckAsync(FileRequest body, Details written, DateOnly today, IdentityDbContext db, CancellationToken ct)
    {
        var error = RequestDetails.Check(body.Kind, written, today);
        return body.UnitCode is null || await ListUnits.ValidOn(db, today).AnyAsync(u => u.Code == body.UnitCode, ct)
            ? error
            : (error ?? IdentityErrors.InvalidDataRequest).WithField("unitCode", "Không có đơn vị này.", "There is no such unit.");
    }
}
