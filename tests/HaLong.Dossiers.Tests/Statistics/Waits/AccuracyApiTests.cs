using System.Text.Json;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Waits.BackTest;
using HaLong.Dossiers.Tests.Satisfaction;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

public sealed class AccuracyApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Path = "/api/v1/statistics/expected-wait/accuracy";

    [Fact]
    public async Task A_leader_sees_how_well_it_held_for_his_units()
    {
        var (unit, other, procedure) = (SatisfactionKit.NewUnit(), SatisfactionKit.NewUnit(), $"T.{Guid.CreateVersion7():N}"[..30]);
        await SampleFacts.UnitsAsync(dossiers, (unit, "22", "commune"), (other, "22", "commune"));
        var (first, last) = (new DateOnly(2025, 8, 1), new DateOnly(2026, 4, 30));
        await dossiers.Factory.InScopeAsync<DossierDbContext, int>(db =>
        {
            db.AddRange(Stays.Filed(21, first, last, 8, _ => 3, unit, procedure).Concat(Stays.Filed(22, first, last, 2, _ => 8, other, procedure))
                .Select(o => Stays.Fact(o.Unit, procedure, o.Received, o.Ended, o.Minutes)));
            // Open since the winter, and withdrawn: the one was missed, the other is nobody's fault.
            db.Add(Stays.Fact(unit, procedure, new(2026, 1, 5), null, 0));
            var gone = Stays.Fact(unit, procedure, new(2026, 1, 5), null, 0);
            db.Add(gone);
            db.Entry(gone).Property(f => f.ClosedDay).CurrentValue = new DateOnly(2026, 1, 7);
            return db.SaveChangesAsync(Ct);
        });

        await MakeAsync();
        var result = await GetAsync(dossiers.Official(Roles.Leader, unit), $"{Path}?period=2026-Q1&procedure={procedure}");

        Assert.Equal(65 * 8 + 1, result.GetProperty("count").GetInt32());
        Assert.InRange(result.GetProperty("halfPercent").GetDecimal(), 44, 56);
        Assert.InRange(result.GetProperty("mostPercent").GetDecimal(), 84, 95);
        Assert.Equal((13, 0, 0), (result.GetProperty("weeks").GetArrayLength(), result.GetProperty("unsaid").GetInt32(), result.GetProperty("open")
            .GetInt32()));
        var all = await GetAsync(dossiers.Factory.Client(dossiers.Identity.Token(null, [Roles.Auditor], strong: true)),
            $"{Path}?period=2026-Q1&procedure={procedure}");
        Assert.Equal(65 * 10 + 1, all.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Without_dossiers_it_is_empty_and_others_are_refused()
    {
        await MakeAsync();
        var leader = dossiers.Official(Roles.Leader, SatisfactionKit.NewUnit());
        var empty = await GetAsync(leader, $"{Path}?period=2026-02");
        Assert.Equal((0, JsonValueKind.Null, 4), (empty.GetProperty("count").GetInt32(), empty.GetProperty("halfPercent").ValueKind,
            empty.GetProperty("weeks").GetArrayLength()));
        Assert.Equal(JsonValueKind.String, empty.GetProperty("asOf").ValueKind);
        var before = await GetAsync(leader, $"{Path}?period=2024");
        Assert.Equal((JsonValueKind.Null, 0), (before.GetProperty("asOf").ValueKind, before.GetProperty("weeks").GetArrayLength()));
        await RefusedAsync(await leader.GetAsync(Path + "?period=soon", Ct), 400, "DOS-0849");
        await RefusedAsync(await leader.GetAsync($"{Path}?unit={Unit}", Ct), 403, "DOS-0803");
        await RefusedAsync(await dossiers.Official(Roles.Officer).GetAsync(Path, Ct), 403, "CMN-0403");
        using var citizen = await dossiers.Citizen().GetAsync(Path, Ct);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, citizen.StatusCode);
    }

    // The weeks that begin in the first quarter of 2026.
    private Task<int> MakeAsync() => dossiers.Factory.InScopeAsync<AccuracyMaker, int>(m => m.MakeAsync(new(2026, 1, 5), new(2026, 3, 30), Ct));
}
