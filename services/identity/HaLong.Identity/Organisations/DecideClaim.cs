using HaLong.Identity.Administration;
using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Counter;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Identity.Organisations;

/// <summary>
/// The official who has the papers before him makes an organisation of a claim, or refuses it. Whoever decides at the same moment, the
/// database lets one organisation with a code through.
/// </summary>
internal sealed class DecideClaim(
    IdentityDbContext db, ClaimQueue queue, CounterDesk counter, OrganisationDesk desk, AuditTrail audit, OwnerNotices notices, Caller caller)
{
    private const int Shortest = 10;
    private const int Longest = 500;

    /// <param name="Reason">10 to 500 characters; the claimant reads it.</param>
    internal sealed record Refusal(string? Reason);

    public async Task<IResult> VerifyAsync(Guid id, CertificateInput request, HttpContext http, CancellationToken ct)
    {
        var taken = await TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var (claim, claimant) = taken.Value;
        var certificate = request.Check(counter.Today);
        if (!certificate.IsSuccess)
            return certificate.Error.ToProblem();
        if (claimant.Level < 2 || claimant.IsClosed)
            return OrganisationErrors.LevelTooLow.ToProblem();
        if (await db.Organisations.AnyAsync(o => o.CodeKey == claim.CodeKey, ct))
            return OrganisationErrors.Exists.ToProblem();
        var organisation = NewAccount(claim);
        var verified = claim.Verify(organisation.Id, caller.ActorId, counter.Now);
        if (!verified.IsSuccess)
            return verified.Error.ToProblem();

        Add(claim, organisation, certificate.Value);
        audit.Record("organisation.verified", AuditTarget.Account, organisation.Id, await counter.UnitIdAsync(ct), null,
            new { Claim = id, certificate.Value.Number, certificate.Value.Date, certificate.Value.ScanReference, LegalRepresentative = claim.ClaimantId });
        notices.Tell(claimant, NoticeTemplates.OrganisationVerified);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return OrganisationErrors.Exists.ToProblem();
        }

        return await queue.ShowAsync(claim, http, ct);
    }

    public async Task<IResult> RefuseAsync(Guid id, Refusal? request, HttpContext http, CancellationToken ct)
    {
        var taken = await TakeAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var (claim, claimant) = taken.Value;
        var reason = request?.Reason?.Trim() ?? "";
        if (reason.Length is < Shortest or > Longest)
            return OrganisationErrors.DecisionInvalid.WithField("reason", $"Từ {Shortest} đến {Longest} ký tự.", $"{Shortest} to {Longest} characters.").ToProblem();
        var refused = claim.Refuse(reason, caller.ActorId, counter.Now);
        if (!refused.IsSuccess)
            return refused.Error.ToProblem();
        audit.Record("organisation.refused", AuditTarget.Claim, id, await counter.UnitIdAsync(ct), null, new { claim.State });
        notices.Tell(claimant, NoticeTemplates.OrganisationRefused);
        await db.SaveChangesAsync(ct);
        return await queue.ShowAsync(claim, http, ct);
    }

    private async Task<Result<(OrganisationClaim Claim, Account Claimant)>> TakeAsync(Guid id, HttpRequest request, CancellationToken ct)
    {
        if (await queue.FindAsync(id, ct) is not { } claim)
            return OrganisationErrors.ClaimNotFound;
        if (Etag.Check(request, claim.Version) is { } stale)
            return stale;
        if (claim.State != ClaimState.Claimed)
            return OrganisationErrors.ClaimDecided;
        var claimant = await db.Accounts.SingleAsync(a => a.Id == claim.ClaimantId, ct);
        return await counter.IsCloseToAsync(claimant, ct) ? OrganisationErrors.OwnOrganisation : (claim, claimant);
    }

    // Nobody signs in as an organisation: there is neither a name that could be typed nor a password. People act in its name.
    private Account NewAccount(OrganisationClaim claim)
    {
        var id = Guid.CreateVersion7(counter.Now);
        var account = Account.Register(id, id.ToString("N"), claim.Name, [AccountKind.Organisation], counter.Now);
        account.SetTaxCode(claim.TaxCode);
        account.SetContactPoints(claim.Email, claim.Phone, "vi");
        account.SetLevel(2);
        return account;
    }

    private void Add(OrganisationClaim claim, Account account, Certificate certificate)
    {
        var organisation = new Organisation
        {
            AccountId = account.Id,
            CodeKey = claim.CodeKey,
            OwnerId = claim.TaxCode is null ? claim.ClaimantId : null,
            ForeignName = claim.ForeignName,
            ShortName = claim.ShortName,
            Address = claim.Address,
            UnitCode = counter.Unit,
            VerifiedAt = counter.Now,
        };
        organisation.Show(certificate);
        var legal = Representative.Appoint(
            Guid.CreateVersion7(counter.Now), account.Id, claim.ClaimantId, RepresentativeKind.Legal, counter.Today, null, caller.ActorId, counter.Now);
        db.Accounts.Add(account);
        db.Organisations.Add(organisation);
        db.Representatives.Add(legal);
        db.Enqueue(new AccountRegistered(account.Id, account.Kind, counter.Now));
        db.Enqueue(new AccountVerified(account.Id, account.Level, VerificationMethod.Counter, counter.Unit, counter.Now));
        db.Enqueue(new OrganisationRegistered(account.Id, claim.ClaimantId, counter.Unit, counter.Now));
        desk.Tell(legal, RepresentativeChange.Added);
    }
}
