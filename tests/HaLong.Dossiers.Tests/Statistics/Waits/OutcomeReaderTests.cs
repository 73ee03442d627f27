using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using HaLong.Dossiers.Statistics.Waits.BackTest;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Tests.Satisfaction;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>What is read of the facts, for what is told and for what is compared.</summary>
public sealed class OutcomeReaderTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Results_since_the_look_back_and_what_is_open_are_read_and_nothing_else()
    {
        var (unit, procedure) = (SatisfactionKit.NewUnit(), NewProcedure());
        await AddAsync(
            Stays.Fact(unit, procedure, new(2025, 2, 1), new(2025, 2, 28), 100), // before the look-back
            Stays.Fact(unit, procedure, new(2025, 2, 1), new(2025, 3, 1), 200),
            Stays.Fact(unit, procedure, new(2026, 3, 2), new(2026, 3, 20), 300),
            Stays.Fact(unit, procedure, new(2026, 3, 30), new(2026, 4, 20), 400),
            Stays.Fact(unit, procedure, new(2026, 3, 9), null, 0), // open
            Stays.Fact(unit, procedure, new(2026, 2, 9), null, 0)); // open, filed before

        var found = Assert.Single(await ReadAsync(), p => p[0].Procedure == procedure);

        Assert.Equal([200, 300, 400], found.Where(o => o.Ended is not null).Select(o => o.Minutes).Order());
        var open = Assert.Single(found, o => o.Ended is null);
        // From Monday 9 to Monday 16 March are five working days, of which the first and the last may have been short.
        Assert.Equal((new DateOnly(2026, 3, 9), 4 * 480), (open.Received, open.Minutes));
        Assert.All(found, o => Assert.Equal((procedure, unit), (o.Procedure, o.Unit)));
    }

    [Fact]
    public async Task What_ended_without_a_result_is_not_compared()
    {
        var procedure = NewProcedure();
        var withdrawn = Stays.Fact(SatisfactionKit.NewUnit(), procedure, new(2026, 3, 9), null, 0);
        await dossiers.Factory.InScopeAsync<DossierDbContext, int>(db =>
        {
            db.Add(withdrawn).Property(f => f.ClosedDay).CurrentValue = new DateOnly(2026, 3, 10);
            return db.SaveChangesAsync(Ct);
        });
        Assert.DoesNotContain(await ReadAsync(), p => p[0].Procedure == procedure);
    }

    [Fact]
    public async Task One_procedure_comes_after_the_other_each_once()
    {
        string[] procedures = [NewProcedure(), NewProcedure(), NewProcedure()];
        await AddAsync([.. Enumerable.Range(0, 30).Select(i => Stays.Fact($"U{i % 2}", procedures[i % 3], new(2026, 3, 2), new(2026, 3, 20), 300))]);
        var found = await ReadAsync();
        Assert.All(procedures, p => Assert.Equal(10, Assert.Single(found, f => f[0].Procedure == p).Count));
        Assert.All(found, f => Assert.Single(f.Select(o => o.Procedure).Distinct()));
    }

    [Fact]
    public async Task The_newest_version_of_a_unit_says_what_is_above_it()
    {
        var (unit, beside, before, now) = (SatisfactionKit.NewUnit(), SatisfactionKit.NewUnit(), SatisfactionKit.NewUnit(), SatisfactionKit.NewUnit());
        await dossiers.Factory.InScopeAsync<DossierDbContext, int>(db =>
        {
            db.AddRange(Version(unit, "2020-01-01", before), Version(unit, "2025-07-01", now), Version(beside, "2025-07-01", now));
            return db.SaveChangesAsync(Ct);
        });

        var parents = await dossiers.Factory.Services.GetRequiredService<StayReader>().ParentsAsync(Ct);

        Assert.Equal(now, parents.Of[unit]);
        Assert.Equal(new[] { unit, beside }.Order(StringComparer.Ordinal), parents.Beside(unit).Order(StringComparer.Ordinal));
        Assert.Empty(parents.Beside("nobody"));
    }

    [Fact]
    public async Task The_stays_of_a_procedure_come_out_of_an_index()
    {
        var procedure = NewProcedure();
        await AddAsync([.. Enumerable.Range(0, 200).Select(i => Stays.Fact("U3", procedure, new(2026, 1, 1), new(2026, 3, 1 + i % 28), 100))]);
        var plan = await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            // On so few rows a scan is cheaper; whether the index serves is the question.
            await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off", Ct);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "EXPLAIN SELECT unit_code FROM statistics.fact "
                + "WHERE (procedure_code, resolved_day) >= ('T.1', date '2026-03-01') AND (procedure_code, resolved_day) <= ('T.1', date '2026-03-31') "
                + "ORDER BY procedure_code DESC, resolved_day DESC LIMIT 100";
            await using var reader = await command.ExecuteReaderAsync(Ct);
            var lines = new List<string>();
            while (await reader.ReadAsync(Ct))
                lines.Add(reader.GetString(0));
            return string.Join('\n', lines);
        });
        Assert.Contains("ix_fact_procedure_code_resolved_day", plan, StringComparison.Ordinal);
    }

    private static StatisticsUnit Version(string code, string from, string parent) => new()
    {
        Id = $"{code}@{from}",
        Code = code,
        NameVi = "Xã",
        NameEn = "Commune",
        Level = "commune",
        ParentCode = parent,
    };

    private static string NewProcedure() => $"T.{Guid.CreateVersion7():N}"[..30];

    private async Task<List<List<Outcome>>> ReadAsync() => await dossiers.Factory.Services.GetRequiredService<OutcomeReader>()
        .ReadAsync(new DateOnly(2025, 3, 1), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 16), ClockSamples.Calendar, 480, Ct).ToListAsync(Ct);

    private Task<int> AddAsync(params DossierFact[] facts) => dossiers.Factory.InScopeAsync<DossierDbContext, int>(db =>
    {
        db.AddRange(facts.AsEnumerable());
        return db.SaveChangesAsync(Ct);
    });
}
