using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.AccessLog;

/// <summary>Who looked, when, at what and why.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Service">Which service showed it.</param>
/// <param name="What">Code of what was shown.</param>
/// <param name="WhatName">In the language of the request.</param>
/// <param name="ObjectId">Which dossier, document or payment.</param>
/// <param name="Purpose">Code of the reason.</param>
/// <param name="PurposeName">In the language of the request.</param>
/// <param name="Note">The reason in words, where one was asked for.</param>
internal sealed record AccessView(
    DateTimeOffset At, ActorView Actor, string Service, string What, string WhatName, Guid? ObjectId, string Purpose, string PurposeName, string? Note);

/// <summary>Who looked; nothing else of the person.</summary>
/// <param name="Name">Name, as on the badge.</param>
/// <param name="Role">In which role.</param>
/// <param name="UnitCode">For which unit.</param>
/// <param name="UnitName">Its name.</param>
internal sealed record ActorView(string? Name, string Role, string? UnitCode, string? UnitName);

/// <summary>For auditors: also whose data, and the ids to search on with.</summary>
/// <param name="Sequence">Number of the record in the log.</param>
/// <param name="SubjectId">Whose data.</param>
/// <param name="ActorId">Who looked.</param>
/// <param name="Access">The rest.</param>
internal sealed record AuditView(long Sequence, Guid SubjectId, Guid ActorId, AccessView Access);

internal static class AccessViews
{
    /// <summary>The records with the names of people and units.</summary>
    public static async Task<List<(AccessRecord Record, AccessView View)>> NamedAsync(this IdentityDbContext db, List<AccessRecord> records, CancellationToken ct)
    {
        var actors = records.Select(r => r.ActorId).Distinct().ToList();
        var codes = records.Select(r => r.Unit).OfType<string>().Distinct().ToList();
        var names = await db.Accounts.Where(a => actors.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        var units = (await db.Units.AsNoTracking().Where(u => codes.Contains(u.Code)).ToListAsync(ct))
            .GroupBy(u => u.Code).ToDictionary(g => g.Key, g => g.MaxBy(u => u.ValidFrom)!); // No group is empty.
        return records.ConvertAll(r =>
        {
            var unit = r.Unit is null ? null : units.GetValueOrDefault(r.Unit);
            return (r, new AccessView(
                r.At, new ActorView(names.GetValueOrDefault(r.ActorId), r.ActorRole, r.Unit, unit is null ? null : Text.Bilingual(unit.NameVi, unit.NameEn)),
                r.Service, r.What, AccessWords.Name(r.What), r.ObjectId, r.Purpose, AccessWords.Name(r.Purpose), r.Note));
        });
    }

    /// <summary>One page of records, newest first.</summary>
    public static async Task<Result<Page<T>>> PageAsync<T>(
        this IdentityDbContext db, IQueryable<AccessRecord> records, string? after, int? limit, Func<AccessRecord, AccessView, T> show, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (!size.IsSuccess || !cursor.IsSuccess)
            return size.IsSuccess ? cursor.Error : size.Error;
        if (cursor.Value is [var ticks, var number])
        {
            if (!long.TryParse(ticks, out var utc) || utc < 0 || utc > DateTime.MaxValue.Ticks || !long.TryParse(number, out var sequence))
                return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.");
            var at = new DateTimeOffset(utc, TimeSpan.Zero);
            records = records.Where(r => EF.Functions.LessThan(ValueTuple.Create(r.At, r.Sequence), ValueTuple.Create(at, sequence)));
        }

        var rows = await records.AsNoTracking().OrderByDescending(r => r.At).ThenByDescending(r => r.Sequence).Take(size.Value + 1).ToListAsync(ct);
        var page = Page.Of(rows, size.Value, r => [Invariant(r.At.UtcTicks), Invariant(r.Sequence)]);
        return new Page<T>((await db.NamedAsync([.. page.Items], ct)).ConvertAll(r => show(r.Record, r.View)), page.After);
    }

    private static string Invariant(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
