using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Reform;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

/// <summary>Units that change again before anybody has dealt with the first change, and dossiers that somebody works on at that moment.</summary>
public sealed class RepeatedReformTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Divided = "06655@2020-01-01";
    private const string Joined = "06664@2020-01-01";

    [Fact]
    public void Both_rules_of_the_reform_change_on_the_same_local_day()
    {
        var (before, after) = (new DateOnly(2025, 6, 30), new DateOnly(2025, 7, 1));
        Assert.Equal((Regime.Oss2018, "district"), (Regime.On(before), new Dated("district", "commune").On(before)));
        Assert.Equal((Regime.Oss2025, "commune"), (Regime.On(after), new Dated("district", "commune").On(after)));
        Assert.Equal(Regime.Oss2025, Regime.On(LocalTime.Date(new DateTimeOffset(2025, 6, 30, 17, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public async Task Choices_follow_what_becomes_of_the_parts_of_a_divided_unit_on_the_same_day()
    {
        var client = dossiers.Citizen();
        var id = await OfUnitAsync(client, Divided);
        Assert.Equal(1, (await FollowAsync()).Waiting);
        Assert.Equal(["06661", "06706"], await ChoicesAsync(client, id));
        Assert.Equal(new OpenUnits.Report(0, 0, 0), await FollowAsync());

        // One part went on into another unit: its chief is nobody's any more.
        dossiers.Neighbours.Fates[Divided] = new MappedUnit { Id = Divided, NeedsChoice = true, Choices = { UnitOf("06652"), UnitOf("06706") } };
        Assert.Equal(new OpenUnits.Report(0, 1, 0), await FollowAsync());
        Assert.Equal(["06652", "06706"], await ChoicesAsync(client, id));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Chief, "06661"), id, "competent-unit", new { unitCode = "06652", reason = "Tổ 3" }), 404, "DOS-0001");
        Assert.Equal(new OpenUnits.Report(0, 0, 0), await FollowAsync());

        // And then the parts came together again: nothing is left to choose.
        dossiers.Neighbours.Fates[Divided] = new MappedUnit { Id = Divided, Unit = UnitOf("06652") };
        Assert.Equal(new OpenUnits.Report(1, 0, 0), await FollowAsync());
        Assert.Empty(await ChoicesAsync(client, id));
        Assert.Equal("06652", (await ViewAsync(client, id)).GetProperty("unitCode").GetString());
        Assert.Equal(
            ["submit", "awaitUnitChoice", "awaitUnitChoice", "transfer"],
            (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString()));
        dossiers.Neighbours.Fates.Clear();
    }

    [Fact]
    public async Task A_dossier_to_which_somebody_adds_a_step_is_passed_over_without_waiting_and_found_by_the_next_look()
    {
        var client = dossiers.Citizen();
        var id = await OfUnitAsync(client, Joined);
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO timeline_entry (dossier_id, step, at, action, actor_id, actor_role, from_status, to_status, note_vi, note_en)
                VALUES ({id}, 2, now(), 'note', {Guid.Empty}, 'officer', 'SUBMITTED', 'SUBMITTED', 'x', 'x')
                """, Ct);
            Assert.Equal(0, (await FollowAsync()).Moved);
            // The other goes on to the row itself, and nobody stands in his way.
            await db.Database.ExecuteSqlAsync($"UPDATE dossier SET steps = 2 WHERE id = {id}", Ct);
            await transaction.CommitAsync(Ct);
            return true;
        });
        Assert.Equal(1, (await FollowAsync()).Moved);
        Assert.Equal(OtherUnit, (await ViewAsync(client, id)).GetProperty("unitCode").GetString());
    }

    private static Unit UnitOf(string code) => PastUnits.On(code, new DateOnly(2026, 1, 1))!;

    private Task<OpenUnits.Report> FollowAsync() => dossiers.Factory.InScopeAsync((OpenUnits units) => units.FollowAsync(Ct));

    private static async Task<List<string?>> ChoicesAsync(HttpClient client, Guid id) =>
        [.. (await ViewAsync(client, id)).GetProperty("filing").GetProperty("unitChoices").EnumerateArray().Select(c => c.GetString()).Order(StringComparer.Ordinal)];

    private async Task<Guid> OfUnitAsync(HttpClient client, string unitId)
    {
        var id = await SubmittedAsync(client, Free);
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.UnitId, unitId).SetProperty(d => d.ReceivingUnitId, unitId), Ct));
        return id;
    }
}
