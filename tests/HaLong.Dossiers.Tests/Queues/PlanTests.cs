using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Queues;
using HaLong.Dossiers.Filing;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>The plans of the queries as the service sends them, on forty thousand dossiers of which one in ten is open.</summary>
public sealed class PlanTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Here = "0800003";
    private static readonly Guid Officer = Guid.Parse("0199aaaa-0000-7000-8000-000000000003");
    private static readonly SemaphoreSlim Gate = new(1);

    private static QueueMoment At => QueueMoment.Of(TimeProvider.System.GetUtcNow(), new QueueOptions());

    [Theory]
    [InlineData("unit", "filed", "ix_dossier_unit_queue")]
    [InlineData("unit", "due", "ix_dossier_unit_due")]
    [InlineData("mine", "filed", "ix_dossier_officer_")]
    [InlineData("mine", "due", "ix_dossier_officer_")]
    [InlineData("unassigned", "filed", "ix_dossier_unassigned")]
    [InlineData("expiring", "due", "ix_dossier_unit_due")]
    [InlineData("overdue", "due", "ix_dossier_unit_due")]
    [InlineData("applicant", "filed", "ix_dossier_unit_wait")]
    [InlineData("payment", "filed", "ix_dossier_unit_wait")]
    [InlineData("agency", "filed", "ix_dossier_unit_wait")]
    public async Task Each_queue_comes_out_of_its_index_in_order_first_and_deep(string queue, string sort, string index)
    {
        await FillAsync();
        foreach (var after in new[] { null, new QueueKey(sort, At.Now.AddDays(-300), Guid.CreateVersion7()) })
        {
            var plan = await PlanAsync(db => QueueKey.Order(
                QueueKinds.Pick(db.Dossiers.Where(FilingSight.OfUnit(Here)).Where(d => d.QueuedFor != null), queue, At, [Officer], db.Clocks), sort, after)
                .Select(QueueRow.Of(db.Clocks)).Take(21));
            Assert.Contains(index, plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            // A few may as well be sorted.
            if (queue == "unit")
                Assert.DoesNotContain("\"Sort\"", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Work_of_several_officers_and_filters_come_from_indexes_too()
    {
        await FillAsync();
        var officers = new[] { Officer, Guid.CreateVersion7() };
        var plan = await PlanAsync(db => QueueKey.Order(
            QueueKinds.Pick(db.Dossiers.Where(FilingSight.OfUnit(Here)).Where(d => d.QueuedFor != null), "mine", At, officers, db.Clocks), "filed", null).Take(21));
        Assert.Contains("ix_dossier_", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        var filtered = QueueFilter.Read(new QueueParameters
        {
            Queue = "unit",
            Procedure = Land,
            Status = DossierStatus.Processing,
            Channel = "online",
            FiledFrom = "2026-01-01",
            FiledTo = "2026-12-31",
        }).Value;
        Assert.DoesNotContain("Seq Scan", await PlanAsync(db => QueueKey.Order(
            filtered.Narrow(db.Dossiers.Where(FilingSight.OfUnit(Here)).Where(d => d.QueuedFor != null)), "filed", null).Take(21)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searches_are_answered_by_their_indexes()
    {
        await FillAsync();
        Assert.Contains("ix_dossier_unit_code", await PlanAsync(db => SearchOrder.Apply(
            db.Dossiers.Where(FilingSight.OfUnit(Here)).Where(d => EF.Functions.Collate(d.Code!, "C").StartsWith("P49.01-2511")), SearchOrder.ByCode, null).Value.Take(21)), StringComparison.Ordinal);
        foreach (var (lists, relation) in new[] { (new[] { OwnerNames.Exact(Here, ["nguyen", "an79"]) }, OwnerNames.All), ([OwnerNames.Near(Here, "oppenheimer"), OwnerNames.Near(Here, "ann79")], OwnerNames.Any) })
            Assert.Contains("ix_dossier_owner_keys", await PlanAsync(db => SearchOrder.Apply(
                OwnerNames.Find(db, Here, lists, relation, many: false).Where(FilingSight.OfUnit(Here)), SearchOrder.ByName, null).Value.Take(21)), StringComparison.Ordinal);
        Guid[] owners = [Guid.CreateVersion7()];
        Assert.DoesNotContain("Seq Scan", await PlanAsync(db => db.Dossiers.Where(d => owners.Contains(d.OwnerId)).OrderByDescending(d => d.SubmittedAt).Take(21)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT unit_code, queued_for, count(*), count(*) FILTER (WHERE due_order < now()) FROM dossier WHERE queued_for IS NOT NULL GROUP BY unit_code, queued_for")]
    [InlineData("SELECT status, count(*) FROM dossier WHERE status IN ('SUBMITTED', 'SUPPLEMENT_RECEPTION', 'ACCEPTED', 'PROCESSING', 'WAIT_OPINION', 'SUPPLEMENT_PROCESSING', 'WAIT_PAYMENT', 'RESOLVED') GROUP BY status")]
    [InlineData("SELECT count(*) FROM dossier WHERE unit_code = '0800003' AND queued_for IS NOT NULL AND cardinality(unit_choices) = 0")]
    [InlineData("SELECT id FROM dossier WHERE owner_id = '0199aaaa-0000-7000-8000-000000000000' ORDER BY id DESC LIMIT 21")]
    [InlineData("SELECT x.id FROM dossier d JOIN dossier_document x ON x.id = d.result_document_id WHERE d.owner_id = '0199aaaa-0000-7000-8000-000000000000' AND d.resolved_at IS NOT NULL ORDER BY d.id DESC LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE code = ANY (ARRAY['P49.01-251123-00000001', 'x'])")]
    [InlineData("SELECT step FROM timeline_entry WHERE dossier_id = '0199aaaa-0000-7000-8000-000000000000' ORDER BY step")]
    [InlineData("SELECT o.id FROM opinion_request o JOIN dossier d ON d.id = o.dossier_id WHERE o.unit_code = '0800003' AND o.answered_at IS NULL AND o.closed_at IS NULL AND d.status = 'WAIT_OPINION' ORDER BY o.deadline, o.id LIMIT 21")]
    [InlineData("SELECT id FROM dossier WHERE receiving_unit_code = '0800003' AND receiving_unit_code <> unit_code AND status IN ('SUBMITTED', 'RESOLVED') ORDER BY submitted_at, id LIMIT 21")]
    public async Task Other_lists_that_grow_do_not_read_all_dossiers_either(string sql)
    {
        await FillAsync();
        var plan = await dossiers.InDbAsync(db => db.PlanAsync(sql));
        Assert.DoesNotMatch("\"Node Type\": \"Seq Scan\",[^}]*\"Relation Name\": \"dossier\"", plan);
    }

    [Fact]
    public async Task A_name_that_thousands_have_is_walked_in_order_and_is_known_to_be_one()
    {
        await FillAsync();
        string[][] common = [OwnerNames.Exact(Here, ["nguyen"])], rare = [OwnerNames.Exact(Here, ["an79"])];
        var plan = await PlanAsync(db => SearchOrder.Apply(
            OwnerNames.Find(db, Here, common, OwnerNames.All, many: true).Where(FilingSight.OfUnit(Here)), SearchOrder.ByName, null).Value.Take(21));
        Assert.Contains("ix_dossier_unit_code", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Sort\"", plan, StringComparison.Ordinal);
        Assert.Equal(OwnerNames.Many + 1, await dossiers.InDbAsync(db => OwnerNames.CountAsync(db, common, OwnerNames.All, Ct)));
        Assert.InRange(await dossiers.InDbAsync(db => OwnerNames.CountAsync(db, rare, OwnerNames.All, Ct)), 1, 100);
        // Both ways find the same.
        var (walked, found) = await dossiers.InDbAsync(async db => (
            await OwnerNames.Find(db, Here, rare, OwnerNames.All, many: true).Select(d => d.Id).ToListAsync(Ct), await OwnerNames.Find(db, Here, rare, OwnerNames.All, many: false).Select(d => d.Id).ToListAsync(Ct)));
        Assert.Equal(found.Order(), walked.Order());
    }

    private Task<string> PlanAsync<T>(Func<HaLong.Dossiers.Persistence.DossierDbContext, IQueryable<T>> query) => dossiers.InDbAsync(async db =>
    {
        // The parameters as constants, as the planner sees them when a statement is not prepared.
        await using var command = query(db).CreateDbCommand();
        await db.Database.OpenConnectionAsync(Ct);
        command.CommandText = "EXPLAIN (FORMAT JSON) " + command.CommandText;
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    });

    private async Task FillAsync()
    {
        await Gate.WaitAsync(Ct);
        try
        {
            if (await dossiers.InDbAsync(db => db.Dossiers.AnyAsync(d => d.Code == "P49.01-251123-00000001", Ct)))
                return;
            await dossiers.CopyAsync(40_000, """
                jsonb_build_object('id', gen_random_uuid(), 'code', 'P49.01-251123-' || lpad(g::text, 8, '0'), 'unit_code', '08' || lpad((g % 4)::text, 5, '0'),
                  'receiving_unit_code', '08' || lpad((g % 4)::text, 5, '0'), 'owner_id', gen_random_uuid(), 'owner_name', 'Nguyễn Văn An' || g % 500,
                  'submitted_at', now() - interval '1 minute' * (g * 37 % 1500000), 'accepted_at', now(), 'due_at', now() + interval '1 hour' * (g * 13 % 4000 - 100),
                  'officer_id', CASE WHEN g % 10 < 8 THEN ('0199aaaa-0000-7000-8000-' || lpad((g % 8)::text, 12, '0'))::uuid END,
                  'status', CASE WHEN g / 4 % 10 > 0 THEN 'RETURNED' ELSE (ARRAY['PROCESSING', 'ACCEPTED', 'WAIT_OPINION', 'WAIT_PAYMENT', 'SUPPLEMENT_PROCESSING', 'SUBMITTED', 'RESOLVED'])[1 + g / 40 % 7] END,
                  'open_demands', 1)
                """);
            await dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE dossier", Ct));
        }
        finally
        {
            Gate.Release();
        }
    }
}
