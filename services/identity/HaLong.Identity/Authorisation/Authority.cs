using HaLong.Identity.Assisted;
using HaLong.Identity.Contracts;
using HaLong.Identity.Delegations;
using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Authorisation;

/// <summary>A question to the authoriser.</summary>
/// <param name="Who">Who acts for whom, and by which right.</param>
/// <param name="Act">One of <see cref="Acts"/>.</param>
/// <param name="ProcedureCode">Null when not known yet.</param>
/// <param name="DossierId">Null when not about one dossier.</param>
/// <param name="Commits">The act is done next.</param>
/// <param name="Opens">The dossier is new, its id a proposal.</param>
internal sealed record Question(Acting Who, string Act, string? ProcedureCode, Guid? DossierId, bool Commits, bool Opens);

/// <summary>The answer, with the limits it holds within.</summary>
/// <param name="Refusal">Null when allowed, else one of <see cref="RefusalReasons"/>.</param>
internal sealed record Ruling(string? Refusal)
{
    public static readonly Ruling Yes = new((string?)null);

    public IReadOnlyList<string> Procedures { get; init; } = [];

    public Guid? DossierId { get; init; }

    public Assistance? Assistance { get; init; }

    public static Ruling No(string reason) => new(reason);
}

/// <summary>
/// The one authoriser: reads what is true now and remembers nothing. What has run out by date or clock is refused whether or not it was written
/// down as over, and nothing is allowed to or for a closed account.
/// </summary>
internal sealed class Authority(IdentityDbContext db, Representation representation, AssistedDeeds deeds, TimeProvider time)
{
    public async Task<List<Ruling>> DecideAsync(IReadOnlyList<Question> questions, CancellationToken ct)
    {
        var delegationIds = questions.Select(q => q.Who.Delegation).OfType<Guid>().Distinct().ToList();
        var sessionIds = questions.Select(q => q.Who.AssistedSession).OfType<Guid>().Distinct().ToList();
        var people = questions.SelectMany(q => new[] { q.Who.Subject, q.Who.Actor }).Distinct().ToList();
        var open = await db.Accounts.Where(a => people.Contains(a.Id) && !a.IsClosed).ToDictionaryAsync(a => a.Id, a => (a.Roles, a.HelperKind), ct);
        var delegations = delegationIds.Count == 0
            ? [] : await db.Delegations.AsNoTracking().Where(d => delegationIds.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        var sessions = sessionIds.Count == 0
            ? [] : await db.AssistedSessions.AsNoTracking().Where(s => sessionIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);

        var rulings = new List<Ruling>(questions.Count);
        foreach (var q in questions)
        {
            var ruling = !open.ContainsKey(q.Who.Subject) || !open.TryGetValue(q.Who.Actor, out var actor) ? Ruling.No(RefusalReasons.Unknown) : q.Who switch
            {
                { IsOwn: true } => Ruling.Yes,
                { Delegation: { } id, AssistedSession: null } => ByDelegation(q, delegations.GetValueOrDefault(id)),
                { Delegation: null, AssistedSession: { } id } => InSession(q, sessions.GetValueOrDefault(id), actor.Roles, actor.HelperKind),
                { Delegation: null, AssistedSession: null } => await AsRepresentativeAsync(q, ct),
                // A token with both is none of ours.
                _ => Ruling.No(RefusalReasons.Unknown),
            };
            if (ruling.Refusal is null && q is { Commits: true, Who.AssistedSession: { } session })
                ruling = await deeds.CommitAsync(session, q, ruling, ct);
            rulings.Add(ruling);
        }

        return rulings;
    }

    private Ruling ByDelegation(Question q, Delegation? delegation)
    {
        if (delegation is null || delegation.PrincipalId != q.Who.Subject || delegation.DelegateId != q.Who.Actor)
            return Ruling.No(RefusalReasons.Unknown);
        if (!delegation.IsActiveOn(LocalTime.Date(time.GetUtcNow())))
            return Ruling.No(RefusalReasons.NotActive);
        if (!Acts.OfDelegations.Contains(q.Act) || !Acts.Cover(delegation.Acts, q.Act))
            return Ruling.No(RefusalReasons.Act);
        if (q.ProcedureCode is not null && delegation.Procedures.Length > 0 && !delegation.Procedures.Contains(q.ProcedureCode))
            return Ruling.No(RefusalReasons.Procedure);
        return q.DossierId is not null && delegation.DossierId is not null && delegation.DossierId != q.DossierId
            ? Ruling.No(RefusalReasons.Dossier)
            : Ruling.Yes with { Procedures = delegation.Procedures, DossierId = delegation.DossierId };
    }

    private Ruling InSession(Question q, AssistedSession? session, string[] roles, string? helperKind)
    {
        // Who is no helper any more stops at once, in the middle of a session too.
        if (session is null || !roles.Contains(Roles.Helper) || session.CitizenId != q.Who.Subject || session.HelperId != q.Who.Actor)
            return Ruling.No(RefusalReasons.Unknown);
        if (!session.IsActiveAt(time.GetUtcNow()))
            return Ruling.No(RefusalReasons.NotActive);
        if (!Acts.OfAssistedSessions.Contains(q.Act) || !Acts.Cover(session.Acts, q.Act))
            return Ruling.No(RefusalReasons.Act);
        // A new dossier only proposes its id; which one it gets is decided when the session is bound.
        return !q.Opens && q.DossierId is not null && session.DossierId is not null && session.DossierId != q.DossierId
            ? Ruling.No(RefusalReasons.Dossier)
            : Ruling.Yes with { DossierId = session.DossierId, Assistance = new Assistance(session.HelperUnit, session.PlaceKind) { Organisation = helperKind } };
    }

    // The legal representative is the organisation's own voice: everything but what only a person can do.
    private async Task<Ruling> AsRepresentativeAsync(Question q, CancellationToken ct) =>
        await representation.IsOfAsync(q.Who.Actor, q.Who.Subject, ct) ? Ruling.Yes : Ruling.No(RefusalReasons.Unknown);
}
