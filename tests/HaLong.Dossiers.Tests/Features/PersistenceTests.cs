using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class PersistenceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_migrations_say_what_the_model_says() =>
        Assert.False(await dossiers.InDbAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));

    [Fact]
    public async Task At_most_one_version_of_a_procedure_is_in_force()
    {
        var error = await Assert.ThrowsAsync<DbUpdateException>(() => dossiers.InDbAsync(async db =>
        {
            var known = await db.Procedures.AsNoTracking().FirstAsync(p => p.Code == Land, Ct);
            db.Procedures.Add(new Procedure
            {
                Id = Guid.CreateVersion7(),
                Code = known.Code,
                NameVi = "x",
                NameEn = "x",
                Field = "LAND",
                Level = "commune",
                Content = "{}",
                ContentHash = new string('0', 64),
                ValidFrom = known.ValidFrom,
            });
            return await db.SaveChangesAsync(Ct);
        }));
        Assert.Contains("ix_procedure_in_force", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_replaced_on_its_first_day_counts_on_no_day()
    {
        var procedure = await dossiers.InDbAsync(db => db.Procedures.AsNoTracking().FirstAsync(p => p.Code == Land, Ct));
        procedure.EndBefore(procedure.ValidFrom);
        Assert.Equal((procedure.ValidFrom.AddDays(-1), true), (procedure.ValidTo, procedure.IsReplaced));
        procedure.EndBefore(procedure.ValidFrom.AddDays(10));
        Assert.Equal(procedure.ValidFrom.AddDays(9), procedure.ValidTo);
    }

    [Theory]
    [InlineData("SELECT id FROM dossier WHERE owner_id = '01900000-0000-7000-8000-000000000000' AND id < '01900000-0000-7000-8000-000000000000' ORDER BY id DESC LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE unit_code = '06688' AND queued_for IS NOT NULL ORDER BY submitted_at, id LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE officer_id = '01900000-0000-7000-8000-000000000000' AND queued_for IS NOT NULL ORDER BY submitted_at, id LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE code = 'x'")]
    [InlineData("SELECT id FROM dossier_document WHERE dossier_id = '01900000-0000-7000-8000-000000000000'")]
    [InlineData("SELECT id FROM dossier_document WHERE sha256 = ANY (ARRAY['x'])")]
    [InlineData("SELECT id FROM issued_form WHERE dossier_id = '01900000-0000-7000-8000-000000000000'")]
    [InlineData("SELECT id FROM supplement_request WHERE dossier_id = '01900000-0000-7000-8000-000000000000'")]
    [InlineData("SELECT id FROM fee_demand WHERE dossier_id = '01900000-0000-7000-8000-000000000000' AND number = 1")]
    [InlineData("SELECT id FROM dossier_note WHERE dossier_id = '01900000-0000-7000-8000-000000000000' ORDER BY id DESC LIMIT 21")]
    [InlineData("SELECT id FROM opinion_request WHERE dossier_id = '01900000-0000-7000-8000-000000000000'")]
    [InlineData("SELECT id FROM opinion_request WHERE unit_code = '06688' AND answered_at IS NULL AND closed_at IS NULL ORDER BY deadline, id LIMIT 21")]
    [InlineData("SELECT id FROM officer_absence WHERE officer_id = '01900000-0000-7000-8000-000000000000' AND \"to\" >= '2026-11-23'")]
    [InlineData("SELECT id FROM procedure WHERE code = 'x' AND valid_to IS NULL")]
    [InlineData("SELECT dossier_id FROM dossier_clock WHERE calendar_version < 5 ORDER BY calendar_version, dossier_id LIMIT 100")]
    [InlineData("SELECT number FROM clock_entry WHERE dossier_id = ANY (ARRAY['01900000-0000-7000-8000-000000000000'::uuid]) ORDER BY number")]
    [InlineData("SELECT id FROM due_date_change WHERE dossier_id = '01900000-0000-7000-8000-000000000000' ORDER BY at")]
    [InlineData("SELECT version FROM calendar_change WHERE year = 2026 AND version < 7 ORDER BY version DESC LIMIT 21")]
    [InlineData("SELECT date FROM calendar_day WHERE date >= '2026-01-01' AND date <= '2026-12-31' ORDER BY date")]
    [InlineData("SELECT id FROM tariff_item WHERE procedure_code = 'x'")]
    [InlineData("SELECT id FROM dossier WHERE owner_id = '01900000-0000-7000-8000-000000000000' AND matter_key = 'x' AND status <> 'WITHDRAWN' ORDER BY submitted_at DESC LIMIT 10")]
    [InlineData("SELECT id FROM dossier WHERE receiving_unit_code = '06688' AND receiving_unit_code <> unit_code AND status IN ('SUBMITTED', 'RESOLVED') ORDER BY submitted_at, id LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE cardinality(unit_choices) > 0 AND '06688' = ANY (unit_choices) ORDER BY id LIMIT 21")]
    [InlineData("SELECT DISTINCT unit_id FROM dossier WHERE status NOT IN ('DRAFT', 'RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED') AND unit_id IS NOT NULL")]
    [InlineData("SELECT jws FROM submission_receipt WHERE dossier_id = '01900000-0000-7000-8000-000000000000'")]
    public async Task Every_query_has_an_index(string sql)
    {
        var plan = await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            // On small tables the planner prefers to scan; forbidden, it shows whether there is another way.
            await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off", Ct);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "EXPLAIN " + sql;
            await using var reader = await command.ExecuteReaderAsync(Ct);
            var rows = new List<string>();
            while (await reader.ReadAsync(Ct))
                rows.Add(reader.GetString(0));
            return rows;
        });
        Assert.DoesNotContain(plan, row => row.Contains("Seq Scan", StringComparison.Ordinal));
        Assert.Contains(plan, row => row.Contains("Index", StringComparison.Ordinal));
    }
}
