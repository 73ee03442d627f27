using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Contacts;

/// <summary>A task about contact details, as reception sees it.</summary>
/// <param name="Id">The task.</param>
/// <param name="AccountId">Whose details.</param>
/// <param name="Channel">email, sms or zalo; which address it is, only its owner and identity know.</param>
/// <param name="Reason">A short word of the provider's.</param>
/// <param name="Since">First time in vain.</param>
/// <param name="LastAt">Last time.</param>
/// <param name="Times">How often.</param>
/// <param name="Dossiers">Codes of the person's open dossiers at the unit: where to ask for better details.</param>
internal sealed record ContactProblemView(
    Guid Id, Guid AccountId, string Channel, string Reason, DateTimeOffset Since, DateTimeOffset LastAt, int Times, IReadOnlyList<string> Dossiers);

/// <summary><c>GET /api/v1/admin/contact-problems</c>: people of the unit's open dossiers who are not reached.</summary>
internal static class ListContactProblems
{
    public static void MapListContactProblems(this IEndpointRouteBuilder problems) => problems.MapGet("", HandleAsync)
        .WithName("listContactProblems")
        .WithSummary("People of the unit's open dossiers who are not reached")
        .WithDescription(
            "For reception and chief: open tasks, oldest first. Without number or address; names are the dossier's. Each look is recorded. Eventually "
            + "consistent: a failure is here within seconds of the carrier's report.")
        .Produces<Page<ContactProblemView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> HandleAsync(string? after, int? limit, Caller caller, NotificationDbContext db, NoticeReads reads, CancellationToken ct)
    {
        var cursor = Cursor.DecodeId(after);
        var size = Cursor.Limit(limit);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (ContactProblemAccess.UnitOf(caller) is not { } unit)
            return RuleErrors.WrongUnit.ToProblem();

        var tasks = ContactProblemAccess.Visible(db, unit);
        if (cursor.Value is { } last)
            tasks = tasks.Where(p => p.Id > last);
        // Ids are time-ordered: the oldest first.
        var page = await tasks.AsNoTracking().OrderBy(p => p.Id).Take(size.Value + 1).ToListAsync(ct);
        var people = page.ConvertAll(p => p.AccountId);
        var codes = await ContactProblemAccess.OpenDossiers(db, unit).Where(d => people.Contains(d.AccountId)).Distinct().ToListAsync(ct);
        var byPerson = codes.ToLookup(c => c.AccountId, c => c.Code);
        var views = page.ConvertAll(p => new ContactProblemView(
            p.Id, p.AccountId, Words.Of(p.Channel), p.Reason, p.Since, p.LastAt, p.Times, [.. byPerson[p.AccountId].Order(StringComparer.Ordinal)]));
        var answer = Page.Of(views, size.Value, v => [v.Id.ToString()]);
        await reads.AddAsync(NoticeReads.Problems, null, answer.Items.Select(v => v.AccountId), ct);
        return TypedResults.Ok(answer);
    }
}
