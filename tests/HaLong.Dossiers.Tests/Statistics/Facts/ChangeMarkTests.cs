using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Persistence.Schema;
using HaLong.Dossiers.Satisfaction;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>Whatever changes a filed dossier marks it, once in a transaction and with a new number each time.</summary>
public sealed class ChangeMarkTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private NpgsqlDataSource Database => dossiers.Factory.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task A_draft_and_its_documents_are_not_marked_filing_it_is()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        Assert.Null(await MarkAsync(id));
        await BodyAsync(await PostAsync(client, id, "submission"));
        Assert.NotNull(await MarkAsync(id));
    }

    [Fact]
    public async Task Each_step_gives_a_new_number_and_keeps_the_time_of_the_oldest_change()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        var first = await MarkAsync(id);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        var second = await MarkAsync(id);
        Assert.True(second!.Value.Number > first!.Value.Number);
        Assert.Equal(first.Value.At, second.Value.At);
    }

    [Fact]
    public async Task Whoever_worked_on_it_removes_the_mark_only_if_nothing_came_meanwhile()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        var seen = (await MarkAsync(id))!.Value.Number;
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        Assert.Equal(0, await DoAsync($"DELETE FROM statistics.changed WHERE dossier_id = '{id}' AND change = {seen}"));
        Assert.Equal(1, await DoAsync($"DELETE FROM statistics.changed WHERE dossier_id = '{id}' AND change = {(await MarkAsync(id))!.Value.Number}"));
    }

    [Theory]
    [InlineData("UPDATE dossier SET unit_code = unit_code WHERE id = '{0}'")]
    [InlineData("UPDATE timeline_entry SET action = action WHERE dossier_id = '{0}'")]
    [InlineData("INSERT INTO timeline_entry (dossier_id, step, at, action, actor_id, actor_role, from_status, to_status, note_vi, note_en) " +
        "SELECT dossier_id, 99, at, 'note', actor_id, actor_role, to_status, to_status, '', '' FROM timeline_entry WHERE dossier_id = '{0}' AND step = 1")]
    [InlineData("DELETE FROM clock_entry WHERE dossier_id = '{0}'")]
    [InlineData("UPDATE dossier_clock SET count = 7 WHERE dossier_id = '{0}'")]
    [InlineData("UPDATE dossier_document SET kind = kind WHERE dossier_id = '{0}'")]
    [InlineData("DELETE FROM dossier_document WHERE dossier_id = '{0}'")]
    [InlineData("INSERT INTO dossier_rating (dossier_id, unit_code, procedure_code, stars, rated_by, rated_at, changed_at) VALUES ('{0}', 'u', 'p', 5, '{0}', now(), now())")]
    [InlineData("INSERT INTO fee_demand (id, dossier_id, number, fees, amount, reason, covers_filing, requested_by, requested_at, deadline, state) " +
        "VALUES (gen_random_uuid(), '{0}', 1, '[]', 5, '', false, '{0}', now(), now(), 'open')")]
    [InlineData("INSERT INTO supplement_request (id, dossier_id, stage, number, items, requested_by, requested_at, deadline, late) " +
        "VALUES (gen_random_uuid(), '{0}', 'RECEPTION', 1, '[]', '{0}', now(), now(), false)")]
    public async Task Every_row_that_a_fact_follows_from_marks_it(string change)
    {
        var id = await dossiers.AcceptedAsync(dossiers.Citizen());
        await DoAsync($"DELETE FROM statistics.changed WHERE dossier_id = '{id}'");
        Assert.True(await DoAsync(string.Format(null, change, id)) > 0);
        Assert.NotNull(await MarkAsync(id));
    }

    [Theory]
    [InlineData("UPDATE portal.ledger SET acknowledged_at = now() WHERE dossier_id = '{0}'", true)]
    [InlineData("UPDATE portal.ledger SET reception_acknowledged_at = now() WHERE dossier_id = '{0}'", true)]
    [InlineData("UPDATE portal.ledger SET result_acknowledged_at = now() WHERE dossier_id = '{0}'", true)]
    [InlineData("DELETE FROM portal.ledger WHERE dossier_id = '{0}'", true)]
    [InlineData("INSERT INTO portal.ledger SELECT (l).* FROM (SELECT l FROM old_ledger l WHERE l.dossier_id = '{0}') o", true)]
    [InlineData("UPDATE portal.ledger SET sent_at = now(), state = 'sent', drift = 'missing' WHERE dossier_id = '{0}'", false)]
    [InlineData("UPDATE portal.ledger SET acknowledged_at = NULL, reception_acknowledged_at = NULL WHERE dossier_id = '{0}'", false)]
    public async Task What_the_portal_knows_marks_it_when_a_fact_tells_it(string change, bool marks)
    {
        var id = await dossiers.AcceptedAsync(dossiers.Citizen());
        if (change.StartsWith("INSERT", StringComparison.Ordinal))
            await DoAsync($"CREATE TABLE old_ledger AS SELECT * FROM portal.ledger; DELETE FROM portal.ledger WHERE dossier_id = '{id}'");
        await DoAsync($"DELETE FROM statistics.changed WHERE dossier_id = '{id}'");
        Assert.Equal(1, await DoAsync(string.Format(null, change, id)));
        Assert.Equal(marks, await MarkAsync(id) is not null);
        await DoAsync("DROP TABLE IF EXISTS old_ledger");
    }

    [Fact]
    public async Task An_acknowledgement_that_comes_again_marks_nothing()
    {
        var id = await dossiers.AcceptedAsync(dossiers.Citizen());
        await DoAsync($"UPDATE portal.ledger SET acknowledged_at = now() WHERE dossier_id = '{id}'");
        await DoAsync($"DELETE FROM statistics.changed WHERE dossier_id = '{id}'");
        await DoAsync($"UPDATE portal.ledger SET acknowledged_at = now(), reception_acknowledged_at = now() WHERE dossier_id = '{id}'");
        Assert.Null(await MarkAsync(id));
    }

    [Fact]
    public async Task A_document_that_is_only_looked_at_marks_nothing()
    {
        var id = await dossiers.AcceptedAsync(dossiers.Citizen());
        await DoAsync($"DELETE FROM statistics.changed WHERE dossier_id = '{id}'");
        Assert.Equal(1, await DoAsync($"UPDATE dossier_document SET preflight_due_at = NULL WHERE dossier_id = '{id}' AND kind = 'component'"));
        Assert.Null(await MarkAsync(id));
    }

    [Fact]
    public async Task Many_rows_in_one_transaction_are_one_mark_that_nobody_else_waits_for_before_its_end()
    {
        var (one, other) = (await dossiers.AcceptedAsync(dossiers.Citizen()), await dossiers.AcceptedAsync(dossiers.Citizen()));
        await using var connection = await Database.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var before = (await MarkAsync(one))!.Value.Number;
        foreach (var sql in new[] { "UPDATE dossier SET paid_amount = 5 WHERE id = $1", "UPDATE timeline_entry SET action = action WHERE dossier_id = $1",
            "UPDATE dossier_clock SET count = 9 WHERE dossier_id = $1" })
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = one } } };
            await command.ExecuteNonQueryAsync(Ct);
        }
        // Nothing is held yet: the mark can be taken away by who works on it.
        Assert.Equal(1, await DoAsync($"SET lock_timeout = '2s'; DELETE FROM statistics.changed WHERE dossier_id = '{one}'"));
        await transaction.CommitAsync(Ct);
        var mark = (await MarkAsync(one))!.Value.Number;
        Assert.True(mark > before);
        await DoAsync($"UPDATE dossier SET paid_amount = 5 WHERE id = '{other}'");
        Assert.True((await MarkAsync(other))!.Value.Number > mark);
    }

    [Fact]
    public async Task What_is_rolled_back_marks_nothing()
    {
        var id = await dossiers.AcceptedAsync(dossiers.Citizen());
        var before = await MarkAsync(id);
        await using var connection = await Database.OpenConnectionAsync(Ct);
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
        {
            await using var command = new NpgsqlCommand("UPDATE dossier SET paid_amount = 7 WHERE id = $1", connection, transaction);
            command.Parameters.Add(new() { Value = id });
            await command.ExecuteNonQueryAsync(Ct);
            await transaction.RollbackAsync(Ct);
        }
        Assert.Equal(before, await MarkAsync(id));
    }

    [Fact]
    public async Task What_is_destroyed_is_not_marked_by_it()
    {
        var id = await dossiers.AcceptedAsync(dossiers.Citizen());
        await DoAsync($"DELETE FROM statistics.changed WHERE dossier_id = '{id}'");
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var dossier = await db.LockAsync(id, Ct);
            await db.Documents.Where(d => d.DossierId == id).ExecuteDeleteAsync(Ct);
            await db.Timeline.Where(t => t.DossierId == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.NoteVi, "").SetProperty(t => t.ActorId,
                Guid.Empty), Ct);
            dossier!.Destroy(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync(Ct);
            await transaction.CommitAsync(Ct);
            return 0;
        });
        Assert.Null(await MarkAsync(id));
    }

    [Fact]
    public async Task A_change_of_the_calendar_marks_the_dossiers_over_which_the_day_lies()
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var histories = await RandomHistory.SaveNewAsync(scope.ServiceProvider.GetRequiredService<DossierDbContext>(), 60, 9);
        await DoAsync("DELETE FROM statistics.changed");
        // A Saturday in the middle of those that were filed in these 200 days.
        var day = new DateOnly(2026, 4, 4);
        await DoAsync("INSERT INTO calendar_day (date, kind, name_vi, name_en, source, confirmed) VALUES ('2026-04-04', 'SwapWork', 'Làm bù', 'Swapped', 'test', true)");
        try
        {
            foreach (var history in histories)
            {
                var (from, to) = (LocalTime.Date(history.Dossier.SubmittedAt!.Value),
                    history.Dossier.ClosedAt is { } end ? LocalTime.Date(end) : (DateOnly?)null);
                if (from <= day && (to is null || to >= day))
                    Assert.NotNull(await MarkAsync(history.Id));
                if (from > day.AddDays(3))
                    Assert.Null(await MarkAsync(history.Id));
            }
            Assert.Contains(histories, h => LocalTime.Date(h.Dossier.SubmittedAt!.Value) > day.AddDays(3));
        }
        finally
        {
            await DoAsync("DELETE FROM calendar_day WHERE date = '2026-04-04'");
        }
    }

    [Fact]
    public async Task Dossiers_from_before_are_marked_when_marking_begins_and_drafts_are_not()
    {
        await using var city = await dossiers.NewFactory().StartAsync();
        var client = city.Client(dossiers.Identity.Token());
        var (filed, draft) = (await SubmittedAsync(client), await DraftAsync(client));
        var database = city.Services.GetRequiredService<NpgsqlDataSource>();
        await DoAsync(StatisticsSql.Drop, database);
        await DoAsync(StatisticsSql.Create, database);
        Assert.NotNull(await MarkAsync(filed, database));
        Assert.Null(await MarkAsync(draft, database));
    }

    [Fact]
    public async Task A_rating_and_a_step_at_the_same_time_wait_for_nobody()
    {
        var id = await dossiers.ResolvedAsync(dossiers.Citizen());
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            db.Add(new DossierRating { DossierId = id, Stars = 5, RatedAt = TimeProvider.System.GetUtcNow(), ChangedAt = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync(Ct);
            // Somebody hands it over while the rating is not committed.
            var handed = PostAsync(dossiers.Official(Roles.Reception), id, "return", new { method = "COUNTER", receivedBy = "Dân", idCheck = "CCCD" });
            await BodyAsync(await handed.WaitAsync(TimeSpan.FromSeconds(30), Ct));
            await transaction.CommitAsync(Ct);
            return 0;
        });
        Assert.Equal(DossierStatus.Returned, await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).Select(d => d.Status).SingleAsync(Ct)));
    }

    private async Task<(long Number, DateTime At)?> MarkAsync(Guid id, NpgsqlDataSource? database = null)
    {
        await using var command = (database ?? Database).CreateCommand("SELECT change, changed_at FROM statistics.changed WHERE dossier_id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        return await reader.ReadAsync(Ct) ? (reader.GetInt64(0), reader.GetDateTime(1)) : null;
    }

    private async Task<int> DoAsync(string sql, NpgsqlDataSource? database = null)
    {
        await using var command = (database ?? Database).CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(Ct);
    }
}
