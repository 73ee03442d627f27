using System.Globalization;
using HaLong.Dossiers.Filing.Codes;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

/// <summary>Drafts whose units changed between opening and filing, and agencies whose codes are dated.</summary>
public sealed class ReplacedUnitTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_receiving_unit_that_went_into_another_is_followed()
    {
        var client = dossiers.Citizen();
        var id = await WithUnitsAsync(client, receiving: ("06664", "06664@2020-01-01"));
        var filing = (await BodyAsync(await PostAsync(client, id, "submission"))).GetProperty("filing");
        Assert.Equal(
            (Unit, "06652", "06652@2025-07-01"),
            (filing.GetProperty("competentUnit").GetProperty("code").GetString(), filing.GetProperty("receivingUnit").GetProperty("code").GetString(),
                filing.GetProperty("receivingUnit").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_receiving_unit_that_was_divided_is_asked_back()
    {
        var client = dossiers.Citizen();
        var id = await WithUnitsAsync(client, receiving: ("06655", "06655@2020-01-01"));
        var problem = await RefusedAsync(await PostAsync(client, id, "submission"), 400, "DOS-0503");
        Assert.Equal("receivingUnitCode", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_code_that_means_another_unit_today_does_not_pass_for_the_same_unit()
    {
        // 06661 was Giếng Đáy and is Việt Hưng.
        var client = dossiers.Citizen();
        var id = await WithUnitsAsync(client, competent: ("06661", "06661@2020-01-01"));
        var view = await BodyAsync(await PostAsync(client, id, "submission"));
        Assert.Equal(("06661", "Phường Việt Hưng", "06661@2025-07-01"), (view.GetProperty("unitCode").GetString(), view.GetProperty("unitName").GetString(), view.GetProperty("filing").GetProperty("competentUnit").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_place_that_became_part_of_another_unit_is_followed_to_who_decides_today()
    {
        var client = dossiers.Citizen();
        var id = await WithUnitsAsync(client, competent: ("193", "193@2020-01-01"));
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.PlaceUnitId, "06664@2020-01-01"), Ct));
        Assert.Equal("06652", (await BodyAsync(await PostAsync(client, id, "submission"))).GetProperty("unitCode").GetString());
    }

    [Fact]
    public async Task A_draft_from_before_versions_were_kept_gets_the_one_in_force()
    {
        var client = dossiers.Citizen();
        var id = await WithUnitsAsync(client, competent: (Unit, null));
        var filing = (await BodyAsync(await PostAsync(client, id, "submission"))).GetProperty("filing");
        Assert.Equal("06688@2025-07-01", filing.GetProperty("competentUnit").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("99999", null)]
    [InlineData("99999", "99999@1990-01-01")]
    public async Task A_unit_that_nobody_knows_is_a_defect_of_its_field(string code, string? unitId)
    {
        var client = dossiers.Citizen();
        var id = await WithUnitsAsync(client, competent: (code, unitId));
        var problem = await RefusedAsync(await PostAsync(client, id, "submission"), 400, "DOS-0004");
        Assert.Equal("unitCode", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Codes_take_the_shape_of_the_agency_code_in_force_on_the_local_day()
    {
        await using var own = await dossiers.NewFactory()
            .WithSetting("Filing:AgencyCodes:0:Unit", "*").WithSetting("Filing:AgencyCodes:0:From", "2018-01-01").WithSetting("Filing:AgencyCodes:0:Code", "000.00.08.H49")
            .WithSetting("Filing:AgencyCodes:1:Unit", OtherUnit).WithSetting("Filing:AgencyCodes:1:From", "2025-07-01").WithSetting("Filing:AgencyCodes:1:Code", "H49.08")
            .StartAsync(waitForBus: false);
        var codes = own.Services.CreateScope().ServiceProvider.GetRequiredService<DossierCodes>();
        Assert.Equal("000.00.08.H49-250630-0001", await codes.NextAsync(OtherUnit, new DateOnly(2025, 6, 30), Ct));
        Assert.Equal("H49.08-250701-0001", await codes.NextAsync(OtherUnit, new DateOnly(2025, 7, 1), Ct));
        Assert.Equal("000.00.08.H49-250701-0002", await codes.NextAsync(Unit, new DateOnly(2025, 7, 1), Ct));

        var client = own.Client(dossiers.Identity.Token());
        var id = await DraftAsync(client, unit: OtherUnit);
        var code = (await BodyAsync(await PostAsync(client, id, "submission"))).GetProperty("code").GetString()!;
        Assert.Equal($"H49.08-{LocalTime.Date(TimeProvider.System.GetUtcNow()).ToString("yyMMdd", CultureInfo.InvariantCulture)}-0001", code);
        Assert.Equal(code, (await GetAsync(own.Client(), $"/api/v1/tracking/{code.Replace("H49.08", "000.00.08.H49", StringComparison.Ordinal)}")).GetProperty("code").GetString());
    }

    private async Task<Guid> WithUnitsAsync(HttpClient client, (string Code, string? Id)? competent = null, (string Code, string? Id)? receiving = null)
    {
        var id = await DraftAsync(client);
        var (unit, there) = (competent ?? (Unit, "06688@2025-07-01"), receiving ?? competent ?? (Unit, "06688@2025-07-01"));
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s
            .SetProperty(d => d.UnitCode, unit.Code).SetProperty(d => d.UnitId, unit.Id)
            .SetProperty(d => d.ReceivingUnitCode, there.Code).SetProperty(d => d.ReceivingUnitId, there.Id), Ct));
        return id;
    }
}
