using System.Diagnostics;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>Facts read from the database: some, all, and as the histories lie in memory.</summary>
public sealed class FactSourceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private FactSource Source => dossiers.Factory.Services.GetRequiredService<FactSource>();

    [Fact]
    public async Task Some_all_and_those_in_memory_are_the_same_facts_before_and_after_they_go_on()
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HaLong.Dossiers.Persistence.DossierDbContext>();
        var histories = await RandomHistory.SaveNewAsync(db, 500, 20251201);
        await SameAsync();
        foreach (var history in histories.Where((_, i) => i % 3 == 0))
            history.Go(6);
        await RandomHistory.SaveAsync(db, histories);
        var facts = await SameAsync();

        // They tell of everything: else the comparison says little.
        Assert.Equal(StateKind.All, facts.SelectMany(f => f.StateKinds).Distinct().Order());
        Assert.Equal(StayKind.All, facts.SelectMany(f => f.StayKinds).Distinct().Order());
        Assert.Equal(IntakeSource.All.Order(), facts.Select(f => f.Source).Distinct().Order());
        Assert.Equal(FilingHand.All.Order(), facts.Select(f => f.Hand).Distinct().Order());
        Assert.Equal(["early", "late", "onTime"], facts.Select(f => f.Legal).OfType<string>().Distinct().Order());
        Assert.Contains(facts, f => f.Legal != f.Statistical);
        Assert.Equal(["cash", "online", "portal"], facts.Select(f => f.PaidBy).OfType<string>().Distinct().Order());
        Assert.Equal(5, facts.Select(f => f.Rating).OfType<short>().Distinct().Count());
        Assert.True(facts.Exists(f => f.Refused) && facts.Exists(f => f.Corrections > 0));
        Assert.True(facts.Exists(f => f.ApologyDays.Length > 1) && facts.Exists(f => f.FeesZero));

        async Task<List<DossierFact>> SameAsync()
        {
            var source = ActivatorUtilities.CreateInstance<FactSource>(dossiers.Factory.Services);
            source.Chunk = 64;
            var (ids, all) = (histories.Select(h => h.Id).ToHashSet(), new List<DossierFact>());
            await foreach (var fact in source.AllAsync(Ct))
                all.Add(fact);
            Assert.Equal(all.Select(f => f.DossierId).Order(), all.Select(f => f.DossierId));
            var mine = all.FindAll(f => ids.Contains(f.DossierId));
            Assert.Equal(500, mine.Count);
            var some = await Source.OfAsync([.. ids], Ct);
            Assert.Equal(mine.Select(Text), some.Select(Text));
            var remembered = histories.OrderBy(h => h.Id).Select(h => Text(h.Fact));
            Assert.All(mine.Zip(remembered), pair => Assert.Equal(pair.Second, Text(pair.First)));
            return mine;
        }
    }

    [Theory]
    [InlineData("reception_acknowledged_at = now()", true, true, false)]
    [InlineData("acknowledged_at = now(), result_acknowledged_at = now()", true, true, true)]
    [InlineData("state = 'sent'", true, false, false)]
    [InlineData(null, false, false, false)]
    public async Task What_the_national_portal_knows_is_read_from_its_ledger(string? set, bool inLedger, bool reception, bool result)
    {
        var id = await SubmittedAsync(dossiers.Citizen());
        await using var change = dossiers.Factory.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
            (set is null ? "DELETE FROM portal.ledger" : $"UPDATE portal.ledger SET {set}") + $" WHERE dossier_id = '{id}'");
        Assert.Equal(1, await change.ExecuteNonQueryAsync(Ct));
        var fact = Assert.Single(await Source.OfAsync([id], Ct));
        Assert.Equal((inLedger, reception, result), (fact.InLedger, fact.ReceptionAcknowledged, fact.ResultAcknowledged));
    }

    [Fact]
    public async Task For_one_and_for_many_there_are_the_same_few_questions()
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var histories = await RandomHistory.SaveNewAsync(scope.ServiceProvider.GetRequiredService<HaLong.Dossiers.Persistence.DossierDbContext>(), 200, 3);
        await Source.OfAsync([.. histories.Select(h => h.Id)], Ct);
        var one = await QuestionsAsync([histories[0].Id]);
        Assert.InRange(one, 1, 5);
        Assert.InRange(await QuestionsAsync([.. histories.Select(h => h.Id)]), 1, 5);
        Assert.Equal(0, await QuestionsAsync([]));
    }

    [Fact]
    public async Task Drafts_unknown_and_destroyed_dossiers_have_no_fact()
    {
        var client = dossiers.Citizen();
        var (draft, filed) = (await DraftAsync(client), await SubmittedAsync(client));
        Assert.Equal([filed], (await Source.OfAsync([draft, filed, Guid.CreateVersion7()], Ct)).Select(f => f.DossierId));
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier SET destroyed_at = now() WHERE id = {filed}", Ct));
        Assert.Empty(await Source.OfAsync([filed], Ct));
        await foreach (var fact in Source.AllAsync(Ct))
            Assert.NotEqual(filed, fact.DossierId);
    }

    [Fact]
    public async Task Whoever_stops_listening_stops_the_reading()
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        await RandomHistory.SaveNewAsync(scope.ServiceProvider.GetRequiredService<HaLong.Dossiers.Persistence.DossierDbContext>(), 50, 4);
        var source = ActivatorUtilities.CreateInstance<FactSource>(dossiers.Factory.Services);
        source.Chunk = 5;
        await foreach (var _ in source.AllAsync(Ct))
            break;
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in source.AllAsync(cancelled.Token))
                Assert.Fail("nothing is read");
        });
    }

    [Fact]
    public async Task A_whole_way_through_the_interface_tells_its_fact()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        var fact = Assert.Single(await Source.OfAsync([id], Ct));
        Assert.Equal((Unit, "commune", Free, "LAND", IntakeSource.OwnForm, FilingHand.Self), (fact.UnitCode, fact.Level, fact.ProcedureCode, fact.FieldCode,
            fact.Source, fact.Hand));
        Assert.True(fact is
        {
            HasComponents: true, DigitisedAtReception: true, ResultExpected: true, ResultElectronic: true, IdentityProved: false,
            HasFees: false, Legal: "early"
        });
        Assert.Equal(StateKind.Resolved, fact.StateKinds[^1]);
        Assert.Contains(StayKind.Signature, fact.StayKinds);
        Assert.True(await dossiers.InDbAsync(db => db.Set<StatisticsUnit>().AnyAsync(u => u.Code == Unit && u.ParentCode == Province, Ct)));
    }

    // Every question to the database is an activity; those of other tests belong to other traces.
    private async Task<int> QuestionsAsync(Guid[] ids)
    {
        var asked = 0;
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                if (a.TraceId == root.TraceId && (a.GetTagItem("db.query.text") ?? a.GetTagItem("db.statement")) is not null)
                    Interlocked.Increment(ref asked);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await Source.OfAsync(ids, Ct);
        return asked;
    }

    private static string Text(DossierFact fact) => JsonSerializer.Serialize(fact);
}
