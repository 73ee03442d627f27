using HaLong.Identity.DataRequests;
using HaLong.Identity.Delegations;
using HaLong.Identity.Domain;
using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Profile.Closing;

/// <summary>What is still open in the name of a person, and must be settled before the account closes.</summary>
internal sealed class Obstacles(IdentityDbContext db, TimeProvider time)
{
    /// <summary>The refusal that names every one of them, or null.</summary>
    public async Task<Error?> OfAsync(Account account, CancellationToken ct)
    {
        if (account.Kind is AccountKind.Official or AccountKind.Helper)
            return IdentityErrors.OnlyPublicCanClose;
        if (account.Kind == AccountKind.Organisation)
            return ProfileErrors.OrganisationStays;

        var (id, now) = (account.Id, time.GetUtcNow());
        var today = LocalTime.Date(now);
        var open = await db.Accounts.Where(a => a.Id == id).Select(a => new
        {
            // An offer that somebody made him hinders nobody: it is simply never accepted.
            Delegations = db.Delegations.Count(d => d.To >= today && ((d.PrincipalId == id && d.State == DelegationState.Offered)
                || ((d.PrincipalId == id || d.DelegateId == id) && d.State == DelegationState.Accepted))),
            Assisted = db.AssistedSessions.Count(s => s.CitizenId == id && s.EndedAt == null && s.ExpiresAt > now),
            // Who was only authorised leaves nobody without a voice.
            Organisations = db.Representatives.Count(r =>
                r.AccountId == id && r.Kind == RepresentativeKind.Legal && r.State == RepresentativeState.Active && (r.To == null || r.To >= today)),
            Requests = db.DataRequests.Count(r => r.AccountId == id && DataRequestStates.Open.Contains(r.State)),
        }).SingleAsync(ct);

        var error = ProfileErrors.CannotCloseYet;
        if (open.Delegations > 0)
            error = error.WithField("delegations", $"Còn {open.Delegations} ủy quyền đang mở: hãy chấm dứt.", $"Delegations still open: {open.Delegations}. End them.");
        if (open.Assisted > 0)
            error = error.WithField("assistedSessions", $"Còn {open.Assisted} phiên hỗ trợ đang mở: hãy kết thúc.", $"Assisted sessions still open: {open.Assisted}. End them.");
        if (open.Organisations > 0)
            error = error.WithField("organisations", $"Bạn còn đại diện cho {open.Organisations} tổ chức: hãy chuyển người đại diện.", $"You represent organisations: {open.Organisations}. Have another representative registered.");
        if (open.Requests > 0)
            error = error.WithField("dataRequests", $"Còn {open.Requests} yêu cầu về dữ liệu đang xử lý: hãy chờ hoặc rút lại.", $"Requests about your data still open: {open.Requests}. Wait for them or withdraw them.");
        return error.FieldMessages.Count > 0 ? error : null;
    }
}
