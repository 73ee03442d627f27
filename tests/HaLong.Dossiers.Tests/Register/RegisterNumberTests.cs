using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Register;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Register;

/// <summary>Who gets which number.</summary>
public sealed class RegisterNumberTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Accepted_dossiers_are_numbered_from_one_in_the_order_of_acceptance_and_others_are_not()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var (unit, other) = (Registers.NewUnit(), Registers.NewUnit());
        var first = await register.AcceptedAsync(unit);
        var elsewhere = await register.AcceptedAsync(other);
        var second = await register.AcceptedAsync(unit);
        var client = register.Citizen();
        await DraftAsync(client, Free, unit);
        var rejected = await SubmittedAsync(client, Free, unit);
        await BodyAsync(await PostAsync(register.Official(Roles.Reception, unit), rejected, "refusal", new { legalBasis = "Điều 17", reason = "Không thuộc thẩm quyền" }));

        Assert.Equal(3, await register.EnterAsync());
        Assert.Equal([(1, first), (2, second)], (await register.EntriesAsync(unit)).Select(e => (e.Number, e.DossierId)));
        Assert.Equal([(1, elsewhere)], (await register.EntriesAsync(other)).Select(e => (e.Number, e.DossierId)));
        // A number once given stays, and each dossier has one.
        Assert.Equal(0, await register.EnterAsync());
        var third = await register.AcceptedAsync(unit);
        Assert.Equal(1, await register.EnterAsync());
        Assert.Equal([(1, first), (2, second), (3, third)], (await register.EntriesAsync(unit)).Select(e => (e.Number, e.DossierId)));
        Assert.Equal(3, (await register.InDbAsync(db => db.RegisterBooks.SingleAsync(b => b.UnitCode == unit, Ct))).Last);
    }

    [Fact]
    public async Task The_register_is_that_of_the_unit_whose_reception_took_it_in()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var (competent, receiving) = (Registers.NewUnit(), Registers.NewUnit());
        var client = register.Citizen();
        var id = await DraftAsync(client, Free, competent);
        await BodyAsync(await client.PutAsync($"/api/v1/dossiers/{id}/placement", System.Net.Http.Json.JsonContent.Create(new { unitCode = competent, receivingUnitCode = receiving }), Ct));
        await BodyAsync(await PostAsync(client, id, "submission"));
        await BodyAsync(await PostAsync(register.Official(Roles.Reception, receiving), id, "acceptance"));
        Assert.Equal(1, await register.EnterAsync());
        Assert.Empty(await register.EntriesAsync(competent));
        Assert.Equal(id, Assert.Single(await register.EntriesAsync(receiving)).DossierId);
        Assert.Equal("Phường " + receiving, await register.InDbAsync(db => db.RegisterBooks.Where(b => b.UnitCode == receiving).Select(b => b.UnitNameVi).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_dossier_waits_until_none_that_was_accepted_before_it_can_still_appear()
    {
        await using var register = await Registers.StartAsync(dossiers, settle: "00:10:00");
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        Assert.Equal(0, await register.EnterAsync());
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(11));
        await register.AcceptedAsync(unit);
        Assert.Equal(1, await register.EnterAsync());
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(22));
        Assert.Equal(1, await register.EnterAsync());
        Assert.Equal([1, 2], (await register.EntriesAsync(unit)).Select(e => e.Number));
    }

    [Fact]
    public async Task Many_claimers_at_once_give_each_number_once_without_gaps_and_in_order()
    {
        await using var register = await Registers.StartAsync(dossiers, settings: ("Register:Batch", "7"));
        var unit = Registers.NewUnit();
        var like = await register.AcceptedAsync(unit);
        await register.BulkAsync(like, 200);
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await Eventually.Async(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => register.EnterAsync()));
            return !await register.InDbAsync(db => db.RegisterArrivals.AnyAsync(a => a.UnitCode == unit, Ct));
        }, "all are entered");
        var entries = await register.EntriesAsync(unit);
        Assert.Equal(Enumerable.Range(1, 201), entries.Select(e => e.Number));
        Assert.Equal(201, entries.Select(e => e.DossierId).Distinct().Count());
        Assert.Equal(entries.OrderBy(e => e.AcceptedAt).ThenBy(e => e.DossierId).Select(e => e.DossierId), entries.Select(e => e.DossierId));
        Assert.Single(entries.Select(e => e.BookId).Distinct());
    }

    [Fact]
    public async Task What_breaks_off_leaves_no_number_behind_and_the_next_one_goes_on()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        await register.AcceptedAsync(unit);
        await register.InDbAsync(async db =>
        {
            await using (var transaction = await db.Database.BeginTransactionAsync(Ct))
            {
                await db.LockRegisterAsync(unit, Ct);
                var arrival = await db.RegisterArrivals.SingleAsync(a => a.UnitCode == unit, Ct);
                db.RegisterEntries.Add((await db.RegisterBooks.SingleAsync(b => b.UnitCode == unit, Ct)).Enter(arrival));
                db.RegisterArrivals.Remove(arrival);
                await db.SaveChangesAsync(Ct);
                // Another replica sees that somebody is at it; then this one dies.
                Assert.Equal(0, await register.EnterAsync());
            }
            return true;
        });
        Assert.Single(await register.EntriesAsync(unit));
        Assert.Equal(1, await register.EnterAsync());
        Assert.Equal([1, 2], (await register.EntriesAsync(unit)).Select(e => e.Number));
    }

    [Fact]
    public async Task The_year_is_the_local_one_and_begins_with_a_new_book()
    {
        await using var register = await Registers.StartAsync(dossiers, at: LocalTime.Instant(new DateOnly(2026, 12, 31), new TimeOnly(23, 30)));
        var unit = Registers.NewUnit();
        var old = await register.AcceptedAsync(unit);
        // Half past midnight in Hạ Long is still the old year in UTC.
        register.Clock.Set(LocalTime.Instant(new DateOnly(2027, 1, 1), new TimeOnly(0, 30)));
        var fresh = await register.AcceptedAsync(unit);
        Assert.Equal(2, await register.EnterAsync());
        Assert.Equal([(2026, 1, old), (2027, 1, fresh)], (await register.EntriesAsync(unit)).Select(e => (e.Year, e.Number, e.DossierId)));
        Assert.Equal([(2026, 1, 1, 1), (2027, 1, 1, 1)], (await register.InDbAsync(db => db.RegisterBooks.Where(b => b.UnitCode == unit).OrderBy(b => b.Year).ToListAsync(Ct)))
            .Select(b => (b.Year, b.Number, b.First, b.Last)));
    }

    [Fact]
    public async Task The_database_refuses_gaps_changes_and_second_numbers()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var unit = Registers.NewUnit();
        var (first, second) = (await register.AcceptedAsync(unit), await register.AcceptedAsync(unit));
        await register.EnterAsync();
        var entries = await register.EntriesAsync(unit);
        var later = await register.AcceptedAsync(unit);
        foreach (var sql in new[]
        {
            $"UPDATE register_entry SET number = 9 WHERE dossier_id = '{first}'",
            $"DELETE FROM register_entry WHERE dossier_id = '{second}'",
            "TRUNCATE register_entry",
            $"INSERT INTO register_entry SELECT unit_code, year, 4, book_id, '{later}', accepted_at FROM register_entry WHERE dossier_id = '{first}'",
            $"INSERT INTO register_entry SELECT unit_code, year, 3, book_id, dossier_id, accepted_at FROM register_entry WHERE dossier_id = '{first}'",
            $"INSERT INTO register_entry SELECT unit_code, year, 0, book_id, '{later}', accepted_at FROM register_entry WHERE dossier_id = '{first}'",
            $"INSERT INTO register_book SELECT gen_random_uuid(), b.* FROM (SELECT * FROM register_book WHERE unit_code = '{unit}') b LIMIT 0; DELETE FROM dossier WHERE id = '{first}'",
        })
            await Assert.ThrowsAsync<PostgresException>(() => register.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
        Assert.Equal(entries.Select(e => (e.Number, e.DossierId)), (await register.EntriesAsync(unit)).Select(e => (e.Number, e.DossierId)));
    }

    [Fact]
    public async Task One_register_that_fails_does_not_hold_up_the_others()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var (bad, good) = (Registers.NewUnit(), Registers.NewUnit());
        var broken = await register.AcceptedAsync(bad);
        await register.AcceptedAsync(good);
        // Its number is taken already, by a row that no book knows of.
        await register.InDbAsync(async db =>
        {
            var year = LocalTime.Date(register.Clock.GetUtcNow()).Year;
            var book = RegisterBook.Open(new DossierUnit(bad, "Phường", "Ward"), year, null, register.Clock.Now());
            db.RegisterBooks.Add(book);
            var stranger = await register.AcceptedAsync(Registers.NewUnit());
            db.RegisterEntries.Add(new RegisterEntry { UnitCode = bad, Year = year, Number = 1, BookId = book.Id, DossierId = stranger, AcceptedAt = register.Clock.Now() });
            await db.RegisterArrivals.Where(a => a.DossierId == stranger).ExecuteDeleteAsync(Ct);
            return await db.SaveChangesAsync(Ct);
        });
        Assert.Equal(1, await register.EnterAsync());
        Assert.Single(await register.EntriesAsync(good));
        Assert.True(await register.InDbAsync(db => db.RegisterArrivals.AnyAsync(a => a.DossierId == broken, Ct)));
    }
}
