using HaLong.Identity.AccessLog;
using HaLong.Identity.Administration;
using HaLong.Identity.Codes;
using HaLong.Identity.Counter;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>
/// The counter enters another legal representative from the changed certificate: in the place of those before, or beside them. Those who
/// lose the right lose it at once, and with them whoever they had authorised keeps it only if it is said so.
/// </summary>
internal sealed class AppointLegalRepresentative(
    IdentityDbContext db, OrganisationDesk desk, CounterDesk counter, Revocations revocations, AuditTrail audit, OwnerNotices notices, Caller caller)
{
    /// <param name="AccountId">Who: a verified account of a citizen.</param>
    /// <param name="Replace">True: the legal representatives until now are so no longer; absent or false: another one beside them.</param>
    /// <param name="EndAuthorisations">True: those authorised until now end as well.</param>
    /// <param name="Certificate">The paper that says so.</param>
    internal sealed record Request(Guid? AccountId, bool? Replace, bool? EndAuthorisations, CertificateInput? Certificate);

    public async Task<IResult> GetAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var loaded = await desk.LoadAsync(id, ct);
        if (!loaded.IsSuccess)
            return loaded.Error.ToProblem();
        return await desk.ShowAsync(loaded.Value.Account, loaded.Value.Organisation, http, ct);
    }

    public async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var loaded = await desk.LoadAsync(id, ct);
        if (!loaded.IsSuccess)
            return loaded.Error.ToProblem();
        var (account, organisation) = loaded.Value;
        if (Etag.Check(http.Request, organisation.Version) is { } stale)
            return stale.ToProblem();
        var error = OrganisationErrors.RepresentativeInvalid;
        var certificate = (request.Certificate ?? new CertificateInput(null, null, null, null)).Check(counter.Today);
        if (!certificate.IsSuccess)
            error = certificate.Error.FieldMessages.Aggregate(error, (e, m) => e.WithField("certificate." + m.Field, m.Vi, m.En));
        var person = request.AccountId is { } accountId ? await counter.CitizenAsync(accountId, ct) : null;
        if (person is not { Level: >= 2 })
            error = error.WithField("accountId", "Người đại diện phải là công dân có tài khoản đã xác minh.", "A representative is a citizen with a verified account.");
        if (person is null || error.FieldMessages.Count > 0)
            return error.ToProblem();

        var open = (await db.Representatives.Where(r => r.OrganisationId == id
            && (r.State == RepresentativeState.Active || r.State == RepresentativeState.Invited)).ToListAsync(ct)).FindAll(r => r.StateOn(counter.Today) != RepresentativeState.Expired);
        if (await counter.IsCloseToAsync(person, ct) || open.Exists(r => r.AccountId == caller.ActorId))
            return OrganisationErrors.OwnOrganisation.ToProblem();
        var legal = open.FindAll(r => r.Kind == RepresentativeKind.Legal);
        if (legal.Exists(r => r.AccountId == person.Id))
            return OrganisationErrors.Already.ToProblem();

        var ended = open.FindAll(r => r.Kind == RepresentativeKind.Legal ? request.Replace == true : request.EndAuthorisations == true || r.AccountId == person.Id);
        await EndAsync(ended, ct);
        var added = Representative.Appoint(Guid.CreateVersion7(counter.Now), id, person.Id, RepresentativeKind.Legal, counter.Today, null, caller.ActorId, counter.Now);
        db.Representatives.Add(added);
        // Of two officials at the same moment one finds the organisation changed.
        organisation.Show(certificate.Value);
        desk.Tell(added, RepresentativeChange.Added);
        revocations.RightsChanged(account);
        audit.Record("organisation.legal_representative", AuditTarget.Account, id, await counter.UnitIdAsync(ct),
            new { LegalRepresentatives = legal.ConvertAll(r => r.AccountId) },
            new { Added = person.Id, Ended = ended.ConvertAll(r => r.Id), certificate.Value.Number, certificate.Value.Date, certificate.Value.ScanReference });
        await db.SaveChangesAsync(ct);
        await counter.RecordAsync([person.Id, .. ended.Select(r => r.AccountId).OfType<Guid>()], AccessWords.OrganisationClaim, id, AccessWords.OrganisationVerification, null, ct);
        return await desk.ShowAsync(account, organisation, http, ct);
    }

    private async Task EndAsync(List<Representative> ended, CancellationToken ct)
    {
        var ids = ended.Select(r => r.AccountId).OfType<Guid>().ToList();
        var people = await db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id) && !a.IsClosed).ToListAsync(ct);
        foreach (var row in ended)
        {
            row.Remove(caller.ActorId, counter.Today, counter.Now);
            desk.Tell(row, RepresentativeChange.Removed);
        }

        people.ForEach(person => notices.Tell(person, NoticeTemplates.RepresentativeEnded));
    }
}
