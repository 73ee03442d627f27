using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Assisted;

/// <summary>How much was assisted: by helper, place, kind of act or unit. Leaders and their like see their unit, helpers themselves.</summary>
internal sealed class AssistedStatistics(IdentityDbContext db, Caller caller)
{
    private const int LongestDays = 366;

    private static readonly string[] Groups = ["helper", "place", "kind", "unit"];

    /// <param name="Key">Account of the helper, office or home, the act, or code of the unit.</param>
    /// <param name="Name">Name of the helper.</param>
    /// <param name="Sessions">Sessions opened; by kind, those in which the act was done.</param>
    /// <param name="Consented">Of these, with the citizen's consent.</param>
    /// <param name="Revoked">Of these, ended by the citizen.</param>
    /// <param name="Deeds">Acts done.</param>
    internal sealed record Row(string Key, string? Name, int Sessions, int Consented, int Revoked, int Deeds);

    /// <param name="From">First local day.</param>
    /// <param name="To">Last local day.</param>
    /// <param name="GroupBy">helper, place, kind or unit.</param>
    /// <param name="Items">Ordered by key.</param>
    internal sealed record View(DateOnly From, DateOnly To, string GroupBy, IReadOnlyList<Row> Items);

    public async Task<IResult> HandleAsync(DateOnly? from, DateOnly? to, string? groupBy, CancellationToken ct)
    {
        var group = groupBy ?? "helper";
        Error? error = null;
        if (!Groups.Contains(group))
            error = IdentityErrors.AssistedInvalid.WithField("groupBy", "helper, place, kind hoặc unit.", "helper, place, kind or unit.");
        if (from is not { } first || to is not { } last || last < first || last.DayNumber - first.DayNumber >= LongestDays)
            return (error ?? IdentityErrors.AssistedInvalid).WithField("from", $"Cần from và to, tối đa {LongestDays} ngày.", $"from and to are needed, {LongestDays} days at most.").ToProblem();
        if (error is not null)
            return error.ToProblem();

        var sessions = InPeriod(first, last);
        sessions = Roles.OfOfficials.Any(caller.IsInRole)
            ? sessions.Where(s => s.HelperUnit == caller.Unit)
            : sessions.Where(s => s.HelperId == caller.AccountId);
        var rows = group == "kind" ? await ByKindAsync(sessions, ct) : await ByAsync(sessions, group, ct);
        return TypedResults.Ok(new View(first, last, group, rows));
    }

    private IQueryable<AssistedSession> InPeriod(DateOnly first, DateOnly last)
    {
        var (since, until) = (LocalTime.Instant(first, TimeOnly.MinValue), LocalTime.Instant(last.AddDays(1), TimeOnly.MinValue));
        return db.AssistedSessions.AsNoTracking().Where(s => s.OpenedAt >= since && s.OpenedAt < until);
    }

    private async Task<List<Row>> ByAsync(IQueryable<AssistedSession> sessions, string group, CancellationToken ct)
    {
        var keyed = group switch
        {
            "helper" => sessions.Select(s => new { Key = s.HelperId.ToString(), s.Id, s.ConsentedAt, s.State }),
            "place" => sessions.Select(s => new { Key = s.PlaceKind, s.Id, s.ConsentedAt, s.State }),
            _ => sessions.Select(s => new { Key = s.HelperUnit, s.Id, s.ConsentedAt, s.State }),
        };
        var counted = await keyed.GroupBy(s => s.Key).Select(g => new
        {
            g.Key,
            Sessions = g.Count(),
            Consented = g.Count(s => s.ConsentedAt != null),
            Revoked = g.Count(s => s.State == AssistedState.Revoked),
        }).ToListAsync(ct);
        var deeds = await keyed.Join(db.AssistedDeeds, s => s.Id, d => d.SessionId, (s, d) => new { s.Key, d.Count })
            .GroupBy(d => d.Key).Select(g => new { g.Key, Sum = g.Sum(d => d.Count) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        var ids = group == "helper" ? counted.ConvertAll(c => Guid.Parse(c.Key)) : [];
        var names = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id.ToString(), a => a.DisplayName, ct);
        return [.. counted.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => new Row(c.Key, names.GetValueOrDefault(c.Key), c.Sessions, c.Consented, c.Revoked, deeds.GetValueOrDefault(c.Key)))];
    }

    private async Task<List<Row>> ByKindAsync(IQueryable<AssistedSession> sessions, CancellationToken ct)
    {
        var rows = await sessions.Join(db.AssistedDeeds, s => s.Id, d => d.SessionId, (s, d) => new { d.Act, d.Count, s.State })
            .GroupBy(d => d.Act)
            .Select(g => new { g.Key, Sessions = g.Count(), Revoked = g.Count(d => d.State == AssistedState.Revoked), Deeds = g.Sum(d => d.Count) })
            .ToListAsync(ct);
        // Nothing is done without consent.
        return [.. rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new Row(r.Key, null, r.Sessions, r.Sessions, r.Revoked, r.Deeds))];
    }
}
