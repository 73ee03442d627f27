using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class PersistenceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Fact]
    public async Task The_migrations_say_what_the_model_says() =>
        Assert.False(await dossiers.InDbAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));

    [Fact]
    public async Task Numbers_of_an_agency_count_by_day_and_start_at_one()
    {
        Assert.Equal([1L, 2L, 3L], await NumbersAsync("000.00.91.H49", Day, 3));
        Assert.Equal([1L], await NumbersAsync("000.00.91.H49", Day.AddDays(1), 1));
        Assert.Equal([1L], await NumbersAsync("000.00.92.H49", Day, 1));
        Assert.Equal([4L], await NumbersAsync("000.00.91.H49", Day, 1));
    }

    [Fact]
    public async Task A_number_of_a_filing_that_failed_is_given_again()
    {
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var number = await db.NextNumberAsync("000.00.93.H49", Day, Ct);
            await transaction.RollbackAsync(Ct);
            return number;
        });
        Assert.Equal([1L], await NumbersAsync("000.00.93.H49", Day, 1));
    }

    [Fact]
    public async Task Many_callers_at_once_get_different_numbers_without_a_gap()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => NumbersAsync("000.00.94.H49", Day, 1)));
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), numbers.SelectMany(n => n).Order());
    }

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
    public async Task A_version_that_ends_on_its_first_day_still_has_a_day()
    {
        var procedure = await dossiers.InDbAsync(db => db.Procedures.AsNoTracking().FirstAsync(p => p.Code == Land, Ct));
        procedure.EndBefore(procedure.ValidFrom);
        Assert.Equal(procedure.ValidFrom, procedure.ValidTo);
        procedure.EndBefore(procedure.ValidFrom.AddDays(10));
        Assert.Equal(procedure.ValidFrom.AddDays(9), procedure.ValidTo);
    }

    [Theory]
    [InlineData("SELECT id FROM dossier WHERE owner_id = '01900000-0000-7000-8000-000000000000' AND id < '01900000-0000-7000-8000-000000000000' ORDER BY id DESC LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE unit_code = '06688' AND status IN ('SUBMITTED', 'ACCEPTED', 'PROCESSING', 'RESOLVED') ORDER BY submitted_at, id LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE officer_id = '01900000-0000-7000-8000-000000000000' AND status IN ('SUBMITTED', 'ACCEPTED', 'PROCESSING', 'RESOLVED') ORDER BY submitted_at, id LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE code = 'x'")]
    [InlineData("SELECT id FROM dossier_document WHERE dossier_id = '01900000-0000-7000-8000-000000000000'")]
    [InlineData("SELECT id FROM dossier_document WHERE sha256 = ANY (ARRAY['x'])")]
    [InlineData("SELECT id FROM procedure WHERE code = 'x' AND valid_to IS NULL")]
    [InlineData("SELECT id FROM tariff_item WHERE procedure_code = 'x'")]
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

    private async Task<List<long>> NumbersAsync(string agency, DateOnly day, int count) => await dossiers.InDbAsync(async db =>
    {
        var numbers = new List<long>();
        for (var i = 0; i < count; i++)
            numbers.Add(await db.NextNumberAsync(agency, day, Ct));
        return numbers;
    });
}
