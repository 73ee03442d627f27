using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki.Persons;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>
/// Asking for a credential. For a year: a citizen of level 2 himself, an officer with a second person's approval; the key is made when its PIN is
/// chosen. One-time: any citizen, at once, without a PIN; the policy of the certificate says how surely the person is known.
/// </summary>
internal sealed class RequestCredential(SignatureDbContext db, CredentialDesk desk, People people, CredentialIssuer issuer, Caller caller, TimeProvider time)
{
    /// <summary>One-time credentials an hour and account.</summary>
    public const int OneTimePerHour = 10;

    /// <param name="Term">long or oneTime.</param>
    /// <param name="Role">For an officer's credential: a role held in one's unit.</param>
    internal sealed record Request(CredentialTerm? Term, string? Role);

    /// <param name="Forgotten">True when the PIN is lost or locked: also long before the end.</param>
    internal sealed record Renewal(bool? Forgotten);

    public static void Map(IEndpointRouteBuilder own)
    {
        own.MapPost("/", (Request body, RequestCredential request, HttpContext http) => request.HandleAsync(body, http))
            .Describe("RequestCredential", "Ask for a credential",
                "long: strong sign-in, level 2; an officer names a role and needs approval; then choose a PIN. oneTime: citizens, active at once. "
                + "Only in one's own name.")
            .Changes().Produces<CredentialView>(StatusCodes.Status201Created).WithIdempotency<SignatureDbContext>();
        own.MapPost("/{id:guid}/renewal", (Guid id, Renewal body, RequestCredential request, HttpContext http) => request.RenewAsync(id, body, http))
            .Describe("RenewMyCredential", "Ask for the same credential with a new key",
                "From 30 days before the end, or when the PIN is forgotten or locked. The old one goes on until the PIN of the new one is chosen. "
                + "Strong sign-in. If-Match is heeded.")
            .Changes().Produces<CredentialView>(StatusCodes.Status201Created).WithIdempotency<SignatureDbContext>().RequireStrong();
    }

    private async Task<IResult> HandleAsync(Request body, HttpContext http)
    {
        if (body.Term is not { } term || !Enum.IsDefined(term) || (term == CredentialTerm.OneTime && body.Role is not null))
            return CredentialErrors.InvalidRequest.WithField("term", "Phải là long hoặc oneTime.", "Must be long or oneTime.").ToProblem();
        if (term == CredentialTerm.Long && StepUp.Demand(http) is { } challenge)
            return challenge;
        var ct = http.RequestAborted;
        var facts = await people.FindAsync(caller.AccountId, ct);
        if (!facts.IsSuccess)
            return facts.Error.ToProblem();
        var holder = new CredentialHolder(caller.AccountId, facts.Value.Name, Math.Max(facts.Value.Assurance, caller.Assurance));
        if (term == CredentialTerm.Long && holder.Assurance < 2 && body.Role is null)
            return CredentialErrors.AssuranceTooLow.ToProblem();
        if ((facts.Value.Kind == "official") != (body.Role is not null))
            return CredentialErrors.InvalidRequest.WithField("role", "Cán bộ phải nêu vai trò, người dân thì không.",
                "Officials name a role, others do not.").ToProblem();
        if (body.Role is { } role)
            return await ForOfficerAsync(holder, role, http);
        return term == CredentialTerm.Long ? await AddAsync(PersonCredential.ForCitizen(holder, term, time.GetUtcNow()), null, http)
            : await OneTimeAsync(holder, http);
    }

    private async Task<IResult> ForOfficerAsync(CredentialHolder holder, string role, HttpContext http)
    {
        if (caller.Unit is not { Length: > 0 } unit || !caller.IsInRole(role))
            return CredentialErrors.NotAnOfficer.ToProblem();
        var assigned = await people.AssignedAsync(holder.AccountId, unit, role, http.RequestAborted);
        if (!assigned.IsSuccess)
            return assigned.Error.ToProblem();
        return assigned.Value.Holds
            ? await AddAsync(PersonCredential.ForOfficer(holder, unit, role, assigned.Value.Until, time.GetUtcNow()), null, http)
            : CredentialErrors.NotAnOfficer.ToProblem();
    }

    private async Task<IResult> OneTimeAsync(CredentialHolder holder, HttpContext http)
    {
        var (ct, now) = (http.RequestAborted, time.GetUtcNow());
        if (await desk.Own.AnyAsync(c => c.Term == CredentialTerm.Long && c.State == CredentialState.Active && c.NotAfter > now, ct))
            return CredentialErrors.AlreadyThere.ToProblem();
        var since = now.AddHours(-1);
        if (await desk.Own.CountAsync(c => c.Term == CredentialTerm.OneTime && c.CreatedAt > since, ct) >= OneTimePerHour)
            return CredentialErrors.TooManyOneTime.ToProblem();
        var credential = PersonCredential.ForCitizen(holder, CredentialTerm.OneTime, now);
        await issuer.IssueAsync(credential, pin: null, ct);
        desk.Record(credential, PersonCredentialMove.Issued, now);
        return await AddAsync(credential, null, http);
    }

    private async Task<IResult> RenewAsync(Guid id, Renewal body, HttpContext http)
    {
        var (ct, now) = (http.RequestAborted, time.GetUtcNow());
        if (await desk.Own.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } old)
            return CredentialErrors.NotFound.ToProblem();
        if (Etag.Check(http.Request, old.Version) is { } stale)
            return stale.ToProblem();
        if (old.Term != CredentialTerm.Long || old.WhyNotSign(now) is not null)
            return (old.WhyNotSign(now) ?? CredentialErrors.Ended).ToProblem();
        if (!old.MayRenew(now) && body.Forgotten != true)
            return CredentialErrors.TooEarly.ToProblem();
        var facts = await people.FindAsync(caller.AccountId, ct);
        if (!facts.IsSuccess)
            return facts.Error.ToProblem();
        var holder = new CredentialHolder(caller.AccountId, facts.Value.Name, Math.Max(facts.Value.Assurance, caller.Assurance));
        if (old.Kind == CredentialKind.Citizen)
            return holder.Assurance < 2 ? CredentialErrors.AssuranceTooLow.ToProblem() : await AddAsync(old.Renew(holder, null, now), old, http);
        var assigned = await people.AssignedAsync(caller.AccountId, old.UnitCode!, old.Role!, ct);
        if (!assigned.IsSuccess)
            return assigned.Error.ToProblem();
        return assigned.Value.Holds ? await AddAsync(old.Renew(holder, assigned.Value.Until, now), old, http) : CredentialErrors.NotAnOfficer.ToProblem();
    }

    /// <param name="credential">The new one.</param>
    /// <param name="renews">The one whose place it is to take; without one there must be none.</param>
    /// <param name="http">The request.</param>
    private async Task<IResult> AddAsync(PersonCredential credential, PersonCredential? renews, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (credential.Term == CredentialTerm.Long && renews is null && await desk.Own.AnyAsync(c => c.Term == CredentialTerm.Long && c.Kind == credential.Kind
            && c.UnitCode == credential.UnitCode && (c.State == CredentialState.Active || c.State == CredentialState.Suspended), ct))
            return CredentialErrors.AlreadyThere.ToProblem();
        db.Add(credential);
        if (credential.Term == CredentialTerm.Long)
            desk.Record(credential, PersonCredentialMove.Requested, credential.CreatedAt, renews is null ? "" : "renews " + renews.Id);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return CredentialErrors.AlreadyThere.ToProblem();
        }

        Etag.Set(http.Response, credential.Version);
        return TypedResults.Created($"/api/v1/me/credentials/{credential.Id}", CredentialView.Of(credential, time.GetUtcNow()));
    }
}
