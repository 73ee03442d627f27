using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>Units are asked at identity when they appear, with all above them, and never twice.</summary>
public sealed class UnitLevelsTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_unit_of_then_is_written_down_with_the_district_and_the_province_of_then()
    {
        var history = Of("06664", "06664@2020-01-01");
        await NewLevels().TellAsync([history], Ct);
        Assert.Equal("commune", history.Level);
        var units = await UnitsAsync();
        Assert.Equal(("193", "commune"), (units["06664@2020-01-01"].ParentCode, units["06664@2020-01-01"].Level));
        Assert.Equal(("22", "district"), (units["193@2020-01-01"].ParentCode, units["193@2020-01-01"].Level));
        Assert.Equal(("", "province"), (units["22@1963-10-30"].ParentCode, units["22@1963-10-30"].Level));
        await dossiers.InDbAsync(async db =>
        {
            Assert.Empty(new[] { "22", "193", "06664" }.Except(await new UnitBook(
                db, dossiers.Factory.Services.GetRequiredService<NpgsqlDataSource>()).BelowAsync("22", Ct)));
            return 0;
        });
        // The city itself decides things too.
        var city = Of("193", "193@2020-01-01");
        await NewLevels().TellAsync([city], Ct);
        Assert.Equal("district", city.Level);
    }

    [Fact]
    public async Task Without_a_version_the_code_is_asked_for_the_day_of_filing()
    {
        var history = Of("202", null, new DateTimeOffset(2024, 3, 1, 3, 0, 0, TimeSpan.Zero));
        await NewLevels().TellAsync([history], Ct);
        Assert.Equal("district", history.Level);
        Assert.Contains("202@2020-01-01", (await UnitsAsync()).Keys);
    }

    [Fact]
    public async Task Nothing_is_lost_while_identity_is_down_and_nothing_is_asked_that_is_known()
    {
        var levels = NewLevels();
        var (known, unknown) = (Of("06652", "06652@2025-07-01"), Of("06673", "06673@2020-01-01"));
        await levels.TellAsync([known], Ct);
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await levels.TellAsync([known], Ct);
            // Another process knows it from the table.
            await NewLevels().TellAsync([known], Ct);
            var refused = await Assert.ThrowsAsync<ErrorException>(() => levels.TellAsync([known, unknown], Ct));
            Assert.Equal(ErrorKind.Unavailable, refused.Error.Kind);
            Assert.DoesNotContain("06673@2020-01-01", (await UnitsAsync()).Keys);
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
        await levels.TellAsync([known, unknown], Ct);
        Assert.Equal("commune", unknown.Level);
        Assert.Contains("06673@2020-01-01", (await UnitsAsync()).Keys);
    }

    [Fact]
    public async Task A_unit_of_which_nobody_knows_is_taken_for_a_commune_and_counted()
    {
        var (counted, history) = (0L, Of("99999", "99999@2025-07-01"));
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        var factory = dossiers.Factory.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "dossier.fact_units_unknown" && ReferenceEquals(instrument.Meter.Scope, factory))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        var levels = NewLevels();
        await levels.TellAsync([history, Of("99999", "99999@2025-07-01")], Ct);
        await levels.TellAsync([history], Ct);
        Assert.Equal(("commune", 1), (history.Level, counted));
        Assert.DoesNotContain("99999@2025-07-01", (await UnitsAsync()).Keys);
    }

    [Fact]
    public async Task Many_who_learn_of_a_unit_at_once_write_it_down_once()
    {
        var histories = Enumerable.Range(0, 8).Select(_ => Of("06706", "06706@2020-01-01")).ToList();
        await Task.WhenAll(histories.Select(h => NewLevels().TellAsync([h], Ct)));
        Assert.All(histories, h => Assert.Equal("commune", h.Level));
        Assert.Single(await UnitsAsync(), u => u.Key == "06706@2020-01-01");
    }

    [Fact]
    public async Task Facts_wait_for_identity_when_a_unit_is_new_and_come_when_it_is_back()
    {
        await using var city = await dossiers.NewFactory().StartAsync();
        var id = await SubmittedAsync(city.Client(dossiers.Identity.Token()));
        var source = city.Services.GetRequiredService<FactSource>();
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await Assert.ThrowsAsync<ErrorException>(() => source.OfAsync([id], Ct));
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
        Assert.Equal("commune", Assert.Single(await source.OfAsync([id], Ct)).Level);
    }

    private UnitLevels NewLevels() => ActivatorUtilities.CreateInstance<UnitLevels>(dossiers.Factory.Services);

    private Task<Dictionary<string, StatisticsUnit>> UnitsAsync() =>
        dossiers.InDbAsync(db => db.Set<StatisticsUnit>().AsNoTracking().ToDictionaryAsync(u => u.Id, Ct));

    private static DossierHistory Of(string code, string? id, DateTimeOffset? filed = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Status = "SUBMITTED",
        UnitCode = code,
        UnitId = id,
        ReceivingUnitCode = code,
        ProcedureCode = "1",
        Channel = "online",
        SubmittedAt = filed ?? new DateTimeOffset(2025, 10, 6, 1, 0, 0, TimeSpan.Zero),
    };
}
