using HaLong.Identity.Delegations;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Organisations;

/// <summary>
/// A legal representative authorises somebody to act for the organisation. The answer is the same whether or not anybody has the number
/// and name given; nothing is allowed until that person has agreed.
/// </summary>
internal sealed class InviteRepresentative(IdentityDbContext db, OrganisationDesk desk, People people, Caller caller, IOptions<OrganisationOptions> options)
{
    /// <param name="PersonalNumber">Of the person.</param>
    /// <param name="Name">As on the identity card: it must fit the number's owner, so a slip of a digit reaches no stranger.</param>
    /// <param name="From">First local day; absent = today.</param>
    /// <param name="To">Last local day; absent = until it is ended.</param>
    internal sealed record Request(string? PersonalNumber, string? Name, DateOnly? From, DateOnly? To);

    public async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.ManageAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var error = OrganisationErrors.RepresentativeInvalid;
        var number = PersonalNumber.TryParse(request.PersonalNumber?.Trim());
        if (number is null)
            error = error.WithField("personalNumber", "Số định danh có 12 chữ số.", "A personal number has 12 digits.");
        var name = PersonName.Clean(request.Name);
        if (name is null)
            error = error.WithField("name", "Hãy ghi họ tên như trên căn cước.", "Give the name as on the identity card.");
        var from = request.From ?? desk.Today;
        if (from < desk.Today || from > desk.Today.AddYears(1))
            error = error.WithField("from", "Ngày bắt đầu từ hôm nay, không quá một năm nữa.", "The first day is today or within a year.");
        if (request.To < from)
            error = error.WithField("to", "Ngày kết thúc không trước ngày bắt đầu.", "The last day is not before the first.");
        if (error.FieldMessages.Count > 0)
            return error.ToProblem();
        if (await db.Representatives.CountAsync(r => r.OrganisationId == id && r.AddedAt > desk.Now.AddDays(-1), ct) >= options.Value.InvitationsPerDay)
            return (OrganisationErrors.TooManyInvitations with { RetryAfterSeconds = 3600 }).ToProblem();

        var index = people.IndexOf(number!); // Checked above, like the name.
        var account = (await people.FindAsync(number!, name!, ct))?.Id;
        // Of those who have answered the organisation knows the account, of those who have not only what it typed.
        var open = await db.Representatives.AsNoTracking().Where(r => r.OrganisationId == id && ((r.State == RepresentativeState.Invited && r.InvitedIndex == index)
            || (r.State == RepresentativeState.Active && r.AccountId == account))).ToListAsync(ct);
        if (open.Exists(r => r.StateOn(desk.Today) != RepresentativeState.Expired))
            return OrganisationErrors.Already.ToProblem();
        var invited = Representative.Invite(Guid.CreateVersion7(desk.Now), id, account, index, name!, from, request.To, caller.ActorId, desk.Now);
        db.Representatives.Add(invited);
        desk.Tell(invited, RepresentativeChange.Invited);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, invited.Version);
        return TypedResults.Created($"/api/v1/organisations/{id}/representatives/{invited.Id}", (await desk.ViewsAsync([invited], ct))[0]);
    }
}
