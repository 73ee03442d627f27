using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>
/// Approving, suspending, bringing back and revoking. One person is enough to stop a credential, because it may have to be at once; bringing
/// it back takes the owner for his own suspension, another manager for a manager's.
/// </summary>
internal static class ChangeCredential
{
    private const string Managers = " Leaders and administrators of the unit, administrators of the province; strong sign-in. If-Match is heeded.";
    private const string Owners = " Only in one's own name. If-Match is heeded.";

    /// <param name="Note">Why, in words: needed from managers.</param>
    internal sealed record Remark(string? Note);

    /// <param name="Reason">keyCompromise, affiliationChanged, superseded or cessationOfOperation.</param>
    /// <param name="Note">Why, in words: needed from managers.</param>
    internal sealed record Revocation(RevocationReason? Reason, string? Note);

    public static void MapOwn(IEndpointRouteBuilder own)
    {
        own.MapPost("/{id:guid}/suspension", (Guid id, Remark body, CredentialDesk desk, Caller caller, HttpContext http) =>
                SuspendAsync(id, body, false, desk, caller, http))
            .Describe("SuspendMyCredential", "Suspend a credential of mine", "At once and by any sign-in: a lost telephone cannot wait." + Owners)
            .Changes().WithIdempotency<SignatureDbContext>();
        own.MapPost("/{id:guid}/resumption", (Guid id, Remark body, CredentialDesk desk, Caller caller, HttpContext http) =>
                ResumeAsync(id, body, false, desk, caller, http))
            .Describe("ResumeMyCredential", "Bring my own suspension back", "Strong sign-in." + Owners).Changes()
            .WithIdempotency<SignatureDbContext>().RequireStrong();
        own.MapPost("/{id:guid}/revocation", (Guid id, Revocation body, CredentialDesk desk, HttpContext http) => RevokeAsync(id, body, false, desk, http))
            .Describe("RevokeMyCredential", "Revoke a credential of mine for ever", "Strong sign-in. A request that waits is withdrawn by it." + Owners)
            .Changes().WithIdempotency<SignatureDbContext>().RequireStrong();
    }

    public static void MapManaged(IEndpointRouteBuilder managed)
    {
        managed.MapPost("/{id:guid}/approval", (Guid id, Remark body, CredentialDesk desk, Caller caller, HttpContext http) =>
                desk.ChangeAsync(id, true, http, PersonCredentialMove.Approved, null, body.Note, (c, _) => c.Approve(caller.ActorId)))
            .Describe("ApproveCredential", "Approve an officer's request", "Not by who asked. The officer then chooses a PIN." + Managers)
            .Changes().WithIdempotency<SignatureDbContext>().RequireStrong();
        managed.MapPost("/{id:guid}/suspension", (Guid id, Remark body, CredentialDesk desk, Caller caller, HttpContext http) =>
                SuspendAsync(id, body, true, desk, caller, http))
            .Describe("SuspendCredential", "Suspend a person's credential", "Until another manager brings it back." + Managers)
            .Changes().WithIdempotency<SignatureDbContext>().RequireStrong();
        managed.MapPost("/{id:guid}/resumption", (Guid id, Remark body, CredentialDesk desk, Caller caller, HttpContext http) =>
                ResumeAsync(id, body, true, desk, caller, http))
            .Describe("ResumeCredential", "Bring a suspended credential back", "Not by who suspended it, nor what its owner suspended." + Managers)
            .Changes().WithIdempotency<SignatureDbContext>().RequireStrong();
        managed.MapPost("/{id:guid}/revocation", (Guid id, Revocation body, CredentialDesk desk, HttpContext http) => RevokeAsync(id, body, true, desk, http))
            .Describe("RevokeCredential", "Revoke a person's credential for ever", "A request that waits is refused by it." + Managers)
            .Changes().WithIdempotency<SignatureDbContext>().RequireStrong();
    }

    private static Task<IResult> SuspendAsync(Guid id, Remark body, bool asManager, CredentialDesk desk, Caller caller, HttpContext http) =>
        desk.ChangeAsync(id, asManager, http, PersonCredentialMove.Suspended, null, body.Note, (c, now) => c.Suspend(caller.ActorId, asManager, now));

    private static Task<IResult> ResumeAsync(Guid id, Remark body, bool asManager, CredentialDesk desk, Caller caller, HttpContext http) =>
        desk.ChangeAsync(id, asManager, http, PersonCredentialMove.Resumed, null, body.Note, (c, _) => c.Resume(caller.ActorId, asManager));

    private static Task<IResult> RevokeAsync(Guid id, Revocation body, bool asManager, CredentialDesk desk, HttpContext http) =>
        body.Reason is not { } reason || reason == RevocationReason.CertificateHold || !Enum.IsDefined(reason)
            ? Task.FromResult(CredentialErrors.InvalidChange.WithField("reason", "Lý do không hợp lệ.", "Not a reason to revoke.").ToProblem())
            : desk.ChangeAsync(id, asManager, http, PersonCredentialMove.Revoked, reason, body.Note, (c, now) => c.Revoke(reason, now));
}
