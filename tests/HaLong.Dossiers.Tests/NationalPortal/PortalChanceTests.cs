using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>
/// Hundreds of dossiers through a portal with every fault by chance: afterwards it knows what we know, except for those that it rejects, which are all
/// listed; and no message has an effect twice. HALONG_PORTAL_DOSSIERS sets how many.
/// </summary>
public sealed class PortalChanceTests(PortalFixture city) : IClassFixture<PortalFixture>
{
    private const int Few = 500, Seed = 20261201, MostRounds = 14;

    [Fact]
    public async Task After_all_faults_the_portal_knows_what_we_know()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("HALONG_PORTAL_DOSSIERS"), out var asked) ? asked : Few;
        await using var lab = await PortalLab.StartAsync(Seed);
        await using var own = await city.NewCity(lab).WithSetting("NationalPortal:Sending:Batch", "500").WithSetting("NationalPortal:Timeout",
            "00:00:20").StartAsync(waitForBus: false);
        await ManyAsync(own, count);
        lab.Faults = Stormy();
        await RoundAsync(own, lab);
        await ChangeAsync(own, "WAIT_OPINION", 2);
        await RoundAsync(own, lab);
        await city.CompareAsync(own);
        await ChangeAsync(own, "PROCESSING", 3);
        await RoundAsync(own, lab);

        lab.Faults = new PortalFaults();
        for (var (round, quiet) = (0, false); !quiet; round++)
        {
            Assert.True(round < MostRounds, "it does not come to rest");
            await RoundAsync(own, lab);
            var compare = await city.CompareAsync(own);
            quiet = compare is { Error: null, Healing: 0 } && !await city.InDbAsync(db => db.Set<LedgerEntry>().AnyAsync(l => l.NextTryAt != null, Ct), own);
        }

        var rows = await city.InDbAsync(db => db.Set<LedgerEntry>().AsNoTracking().ToListAsync(Ct), own);
        Assert.Equal(count + 1, rows.Count);
        var rejected = rows.Where(r => r.State == LedgerState.Rejected).Select(r => r.Code).ToHashSet();
        Assert.Equal(lab.Refused.Order(StringComparer.Ordinal), rejected.Order(StringComparer.Ordinal));
        Assert.NotEmpty(rejected);
        Assert.All(rows.Where(r => r.State != LedgerState.Rejected), r => Assert.Equal(
            (r.Code, LedgerState.Acknowledged, (int)r.OurStatus, r.OurHash, (string?)null), (r.Code, r.State, lab.Find(r.Code)!.Value.Status,
                lab.Find(r.Code)!.Value.Hash, r.Drift)));
        Assert.Equal(lab.Effects.Count, lab.Effects.Select(e => e.Message).Distinct().Count());
        Assert.All(rows, r => Assert.True(r.State != LedgerState.Acknowledged || r.SentSteps == r.Steps));
    }

    private static PortalFaults Stormy() => new()
    {
        Drop = 0.03,
        LoseAnswer = 0.03,
        Reorder = 0.03,
        Reject = 0.02,
        Duplicate = 0.03,
        Forget = 0.03,
        Break = 0.02,
        TooMany = 0.002,
    };

    private async Task RoundAsync(ServiceFactory<Program> own, PortalLab lab)
    {
        for (var (turn, sent) = (0, 1); turn < 4 || (sent > 0 && turn < 12); turn++)
        {
            sent = await city.SendAsync(own);
            if (lab.Effects.Count % 3 == 0)
                lab.ExpireTokens();
            city.Later(TimeSpan.FromMinutes(5));
        }

        city.Later(TimeSpan.FromHours(1));
    }

    /// <summary>Copies of one filed dossier; every tenth has its step of the timeline.</summary>
    private async Task ManyAsync(ServiceFactory<Program> own, int count)
    {
        var id = await new Watchdog.Stuck(own).MakeAsync("CHECK");
        await city.InDbAsync(async db =>
        {
            db.Database.SetCommandTimeout(120);
            await db.Database.ExecuteSqlRawAsync("""
                DO $$ DECLARE cols text; BEGIN
                  SELECT string_agg(quote_ident(column_name), ', ') INTO cols FROM information_schema.columns
                  WHERE table_schema = 'public' AND table_name = 'dossier' AND is_generated = 'NEVER';
                  EXECUTE format('INSERT INTO dossier (%1$s) SELECT %1$s FROM (SELECT (jsonb_populate_record(d, jsonb_build_object(''id'',
                      gen_random_uuid(), ''steps'', CASE WHEN n %% 10 = 0 THEN 1 ELSE 0 END,
                    ''code'', ''000.00.02.H49-261201-'' || lpad(n::text, 6, ''0'')))).* FROM dossier d, generate_series(1,
                        COUNT) n WHERE d.id = ''TEMPLATE'') x', cols);
                END $$;
                INSERT INTO timeline_entry (dossier_id, step, at, action, actor_id, actor_role, unit, from_status, to_status, note_vi, note_en)
                SELECT d.id, t.step, t.at, t.action, t.actor_id, t.actor_role, t.unit, t.from_status, t.to_status, t.note_vi, t.note_en
                FROM dossier d, timeline_entry t WHERE t.dossier_id = 'TEMPLATE' AND d.code LIKE '000.00.02.H49-261201-%' AND d.steps = 1;
                """.Replace("COUNT", count.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("TEMPLATE", id.ToString(), StringComparison.Ordinal), Ct);
            return 0;
        }, own);
    }

    private Task<int> ChangeAsync(ServiceFactory<Program> own, string status, int every)
    {
        var now = city.Clock.GetUtcNow();
        return city.InDbAsync(
            db => db.Database.ExecuteSqlAsync(
                $"UPDATE dossier SET status = {status}, updated_at = {now} WHERE code LIKE '000.00.02.H49-261201-%' AND right(code, 6)::int % {every} = 0",
                    Ct), own);
    }
}
