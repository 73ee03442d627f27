using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;

namespace HaLong.Signatures.Features;

/// <summary>
/// Revoking, suspending and bringing back the seal of a unit. One person is enough to stop a seal, because it may have to be at once; who
/// stopped it does not bring it back alone.
/// </summary>
internal static class ChangeSeal
{
    /// <param name="Reason">keyCompromise, affiliationChanged, superseded or cessationOfOperation.</param>
    /// <param name="Note">Why, in words.</param>
    /// <param name="SerialNumber">An earlier seal of the unit; the current one when left out.</param>
    internal sealed record Revocation(RevocationReason? Reason, string? Note, string? SerialNumber);

    /// <param name="Note">Why, in words.</param>
    internal sealed record Remark(string? Note);

    public static void Map(IEndpointRouteBuilder seals)
    {
        Describe(seals.MapPost("/{unit}/revocation", RevokeAsync), "RevokeSeal", "Revoke a seal for ever",
            "After keyCompromise, affiliationChanged and superseded the unit gets another seal at its next signature; after cessationOfOperation none.");
        Describe(seals.MapPost("/{unit}/suspension", SuspendAsync), "SuspendSeal", "Suspend the current seal of a unit",
            "Nothing is sealed for the unit until a second person brings the seal back.");
        Describe(seals.MapPost("/{unit}/resumption", ResumeAsync), "ResumeSeal", "Bring a suspended seal back",
            "Not by the person who suspended it.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary, string description) => route
        .WithName(name).WithSummary(summary)
        .WithDescription(description + " Leaders and administrators of the unit, and administrators of the province. Scope halong.api, strong sign-in. If-Match is heeded.")
        .Produces<SealView>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .WithIdempotency<SignatureDbContext>()
        .RequireAuthorization(Policies.Staff)
        .RequireStrong();

    private static async Task<IResult> RevokeAsync(string unit, Revocation body, SealDesk desk, HttpContext http)
    {
        if (body.Reason is not { } reason || reason == RevocationReason.CertificateHold || !Enum.IsDefined(reason))
            return SignatureErrors.InvalidRevocation.WithField("reason", "Lý do không hợp lệ.", "Not a reason to revoke.").ToProblem();
        if (SealDesk.WhyNot(body.Note) is { } error)
            return error.ToProblem();
        return await desk.ChangeAsync(unit, body.SerialNumber, http, CredentialMove.Revoked, reason, body.Note!, (c, now) => c.Revoke(reason, now));
    }

    private static async Task<IResult> SuspendAsync(string unit, Remark body, SealDesk desk, Caller caller, HttpContext http) =>
        SealDesk.WhyNot(body.Note) is { } error ? error.ToProblem()
            : await desk.ChangeAsync(unit, null, http, CredentialMove.Suspended, null, body.Note!, (c, now) => c.Suspend(caller.ActorId, now));

    private static async Task<IResult> ResumeAsync(string unit, Remark body, SealDesk desk, Caller caller, HttpContext http) =>
        SealDesk.WhyNot(body.Note) is { } error ? error.ToProblem()
            : await desk.ChangeAsync(unit, null, http, CredentialMove.Resumed, null, body.Note!, (c, _) => c.Resume(caller.ActorId));
}
