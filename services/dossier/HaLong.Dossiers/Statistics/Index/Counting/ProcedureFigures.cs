using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.NationalPortal.Catalogue;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>What the index asks of a procedure. Null where the national catalogue is not known at all.</summary>
/// <param name="Code">Which.</param>
/// <param name="NameVi">Its name.</param>
/// <param name="NameEn">Its name.</param>
/// <param name="Level">Who decides: province, district, commune, school.</param>
/// <param name="Ours">In force in our catalogue in the period.</param>
/// <param name="Online">Offered online.</param>
/// <param name="Fees">It costs something.</param>
/// <param name="PaidOnline">Its fees can be paid on the National Portal.</param>
/// <param name="FullContent">Published there with everything.</param>
/// <param name="AnnouncedOnTime">Null when it was not announced in the period.</param>
/// <param name="PublishedOnTime">Null when it was not published in the period.</param>
internal sealed record ProcedureFigure(
    string Code, string NameVi, string NameEn, string Level, bool Ours, bool Online, bool Fees, bool PaidOnline, bool FullContent, bool? AnnouncedOnTime,
        bool? PublishedOnTime);

/// <summary>The procedures of a period, ours and those of the national catalogue.</summary>
/// <param name="All">By code.</param>
/// <param name="PortalKnown">The national catalogue was read at least once.</param>
internal sealed record ProcedureFigures(IReadOnlyList<ProcedureFigure> All, bool PortalKnown)
{
    /// <summary>Those that units of these levels decide; null: all.</summary>
    public IEnumerable<ProcedureFigure> Of(IReadOnlySet<string>? levels) => levels is null ? All : All.Where(p => levels.Contains(p.Level));
}

/// <summary>Reads them.</summary>
internal sealed class ProcedureFiguresReader(DossierDbContext db, ParsedProcedures parsed, CalendarCache calendars)
{
    /// <summary>A province announces a procedure 5 working days before it takes effect, and publishes it within 5 of the decision (indicators 1.1 and
    /// 1.2).</summary>
    public const int WorkingDays = 5;

    // Read once, for whoever asks for many periods.
    private Dictionary<string, PortalProcedure>? portal;
    private List<Procedure>? versions;

    public async Task<ProcedureFigures> ReadAsync(IndexPeriod period, CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        portal ??= await db.Set<PortalProcedure>().AsNoTracking().ToDictionaryAsync(p => p.Code, StringComparer.Ordinal, ct);
        versions ??= await db.Procedures.AsNoTracking().Where(p => p.ValidTo == null || p.ValidTo >= p.ValidFrom).ToListAsync(ct);
        var all = new List<ProcedureFigure>();
        foreach (var code in versions.GroupBy(v => v.Code, StringComparer.Ordinal))
        {
            // The newest that was in force in the period; else only what the national catalogue says of it in the period.
            var inForce = code.Where(v => v.ValidFrom <= period.To && (v.ValidTo is null || v.ValidTo >= period.From)).MaxBy(v => v.ValidFrom);
            all.Add(Of(inForce ?? code.MaxBy(v => v.ValidFrom)!, inForce is not null, portal.GetValueOrDefault(code.Key), period, calendar));
        }

        var ours = all.Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
        all.AddRange(portal.Values.Where(p => !ours.Contains(p.Code)).Select(p => new ProcedureFigure(
            p.Code, p.NameVi, p.NameVi, "", false, false, false, false, false, Announced(p, period, calendar), Published(p, period, calendar))));
        all.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        return new ProcedureFigures(all, portal.Count > 0);
    }

    private ProcedureFigure Of(Procedure version, bool inForce, PortalProcedure? there, IndexPeriod period, WorkCalendar calendar)
    {
        var content = parsed.Of(version);
        return new ProcedureFigure(
            version.Code, version.NameVi, version.NameEn, content.Level.On(period.To), inForce,
            content.CanBeFiledOnline && content.OnlineOn(period.To).Level != OnlineLevel.None,
            content.Fees.Any(f => f.IsValidOn(period.To) && f.AmountVnd != 0),
            there is { IsActive: true, PaidOnline: true }, there is { IsActive: true, FullContent: true },
            Announced(there, period, calendar), Published(there, period, calendar));
    }

    private static bool? Announced(PortalProcedure? p, IndexPeriod period, WorkCalendar calendar) =>
        p is { IsActive: true, DecidedOn: { } decided, EffectiveOn: { } effective } && decided >= period.From && decided <= period.To
            ? calendar.AddWorkingDays(decided, WorkingDays) <= effective : null;

    private static bool? Published(PortalProcedure? p, IndexPeriod period, WorkCalendar calendar) =>
        p is { IsActive: true, DecidedOn: { } decided, PublishedOn: { } published } && published >= period.From && published <= period.To
            ? published <= calendar.AddWorkingDays(decided, WorkingDays) : null;
}
