using System.Text.RegularExpressions;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Seeding;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>
/// Brings the data file of units into the tables. Rows that are only in the tables stay, and so does whatever an administrator or a
/// reorganisation has changed since: an update of the software never takes back a decision.
/// </summary>
internal sealed partial class UnitSeed(IdentityDbContext db, TimeProvider time)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var turn = await db.TakeUnitsAsync(ct);
        var catalogue = ReferenceData.Read<UnitCatalogue>(UnitCatalogue.File);
        var known = await db.Units.ToDictionaryAsync(u => u.Id, ct);
        var isFirst = known.Count == 0;
        foreach (var row in catalogue.Items)
        {
            if (SaveUnit(known, row) is { } added && !isFirst)
                db.Enqueue(UnitFacts.Created(added, time.GetUtcNow()));
        }

        await db.SaveChangesAsync(ct);
        await SaveTransitionsAsync(catalogue.Transitions, ct);
        await SaveGroupsAsync(catalogue.ReportingGroups, ct);
        await SavePlacesAsync(catalogue.ReceivingPlaces, ct);
        await SaveAgencyCodesAsync(catalogue.Items, ct);
        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
    }

    private Unit? SaveUnit(Dictionary<string, Unit> known, UnitCatalogue.UnitRow row)
    {
        var isNew = !known.TryGetValue(Unit.IdOf(row.Code, row.ValidFrom), out var unit);
        if (unit is null)
        {
            // A reorganisation done here may have given the code to another version; two units on one day must not share it.
            if (known.Values.Any(u => u.IsChangedHere && u.Code == row.Code && (u.ValidTo is null || u.ValidTo >= row.ValidFrom)
                && (row.ValidTo is null || row.ValidTo >= u.ValidFrom)))
            {
                return null;
            }

            unit = new Unit
            {
                Code = row.Code,
                ValidFrom = row.ValidFrom,
                NameVi = row.NameVi,
                ShortNameVi = row.ShortNameVi,
                NameEn = row.NameEn,
                Kind = row.Kind,
                Level = row.Level,
                SearchText = "",
            };
            db.Units.Add(unit);
            known.Add(unit.Id, unit);
        }

        if (unit.IsChangedHere)
            return null;
        unit.ValidTo = row.ValidTo;
        unit.NameVi = row.NameVi;
        unit.ShortNameVi = row.ShortNameVi;
        unit.NameEn = row.NameEn;
        unit.Kind = row.Kind;
        unit.Level = row.Level;
        unit.ParentCode = row.ParentCode;
        unit.LegalBasis = row.LegalBasis;
        unit.EndLegalBasis = row.EndLegalBasis;
        unit.ValidFromConfirmed = row.ValidFromConfirmed ?? true;
        unit.FormedFromVi = row.FormedFromVi ?? [];
        unit.SeatVi = row.SeatVi;
        unit.Note = row.Note;
        unit.SearchText = SearchTextOf(unit);
        return isNew ? unit : null;
    }

    internal static string SearchTextOf(Unit unit) => Text.Fold($"{unit.Code} {unit.NameVi} {unit.NameEn}");

    private async Task SaveTransitionsAsync(List<UnitCatalogue.TransitionRow> rows, CancellationToken ct)
    {
        var known = await db.UnitTransitions.ToDictionaryAsync(t => (t.FromId, t.ToId), ct);
        var units = await db.Units.Select(u => u.Id).ToHashSetAsync(ct);
        foreach (var row in rows.Where(r => units.Contains(r.FromId) && units.Contains(r.ToId)))
        {
            if (!known.TryGetValue((row.FromId, row.ToId), out var transition))
            {
                transition = new UnitTransition { FromId = row.FromId, ToId = row.ToId, Effective = row.Effective, Kind = row.Kind };
                db.UnitTransitions.Add(transition);
            }

            if (transition.ReorganisationId is not null)
                continue;
            transition.Kind = row.Kind;
            transition.IsPart = row.Part;
            transition.IsAutomatic = row.Automatic;
            transition.IsConfirmed = row.Confirmed;
            transition.LegalBasis = row.LegalBasis;
            transition.Note = row.Note;
        }
    }

    private async Task SaveGroupsAsync(List<UnitCatalogue.GroupRow> rows, CancellationToken ct)
    {
        var known = await db.UnitGroups.Include(g => g.Periods).ToDictionaryAsync(g => g.Code, ct);
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Code, out var group))
            {
                group = new UnitGroup { Code = row.Code, NameVi = row.NameVi, NameEn = row.NameEn };
                db.UnitGroups.Add(group);
            }

            (group.NameVi, group.NameEn, group.Note) = (row.NameVi, row.NameEn, row.Note);
            foreach (var period in row.Periods.Where(p => group.Periods.TrueForAll(k => k.ValidTo < p.From || k.ValidFrom > (p.To ?? DateOnly.MaxValue))))
            {
                group.Periods.Add(new UnitGroupPeriod
                {
                    GroupCode = row.Code,
                    ValidFrom = period.From,
                    ValidTo = period.To,
                    ParentCode = period.Members is null ? null : ParentCode().Match(period.Members).Groups[1].Value,
                    UnitCodes = period.UnitCodes ?? [],
                });
            }
        }
    }

    private async Task SavePlacesAsync(List<UnitCatalogue.PlaceRow> rows, CancellationToken ct)
    {
        var known = await db.ReceivingPlaces.ToDictionaryAsync(p => p.Id, ct);
        var units = await db.Units.Select(u => u.Id).ToHashSetAsync(ct);
        foreach (var row in rows.Where(r => units.Contains(r.UnitId)))
        {
            if (!known.TryGetValue(row.Id, out var place))
            {
                place = new ReceivingPlace { Id = row.Id, Kind = row.Kind, NameVi = row.NameVi, NameEn = row.NameEn, UnitId = row.UnitId };
                db.ReceivingPlaces.Add(place);
            }

            if (place.IsChangedHere)
                continue;
            (place.NameVi, place.NameEn) = (row.NameVi, row.NameEn);
            (place.ValidFrom, place.ValidTo) = (row.ValidFrom, row.ValidTo);
            place.IsAssumed = row.Assumed;
            place.Receives = row.Receives;
            place.AgencyCode = row.AgencyCode;
            place.SeatVi = row.SeatVi;
            place.Note = row.Note;
        }
    }

    private async Task SaveAgencyCodesAsync(List<UnitCatalogue.UnitRow> rows, CancellationToken ct)
    {
        foreach (var row in rows.Where(r => r.QcvnLevel1Code is not null))
        {
            var id = Unit.IdOf(row.Code, row.ValidFrom);
            if (!await db.AgencyCodes.AnyAsync(c => c.UnitId == id && c.Scheme == AgencyCode.Qcvn102 && c.Code == row.QcvnLevel1Code, ct))
                db.AgencyCodes.Add(new AgencyCode { UnitId = id, Scheme = AgencyCode.Qcvn102, Code = row.QcvnLevel1Code! });
        }
    }

    [GeneratedRegex("parentCode ([0-9A-Za-z]+)")]
    private static partial Regex ParentCode();
}
