using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Filing.Placing;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class PlacementTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IDisposable
{
    private const string HaKhau = "06655", HaTu = "06664";

    public void Dispose() => dossiers.Neighbours.IdentityDown = false;

    [Theory]
    [InlineData("commune", "commune", "2026-11-23", 0)]
    [InlineData("province", "commune", "2026-11-23", 1)]
    [InlineData("province", "commune", "2025-06-30", 2)]
    [InlineData("district", "commune", "2025-06-30", 1)]
    [InlineData("district", "commune", "2025-07-01", null)]
    [InlineData("province", "province", "2026-11-23", 0)]
    [InlineData("school", "commune", "2026-11-23", null)]
    public void How_far_above_the_place_the_deciding_unit_is_follows_from_level_and_day(string level, string place, string day, int? steps) =>
        Assert.Equal(steps, CompetentLevel.StepsUp(level, place, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task The_place_leads_to_the_unit_that_decides_by_the_level_of_the_procedure()
    {
        Assert.Equal((Unit, Unit), Units(await PlacedAsync(Land, new { unitCode = Unit })));
        Assert.Equal(("22", "22"), Units(await PlacedAsync(Free, new { unitCode = Unit })));
        Assert.Equal(("22", OtherUnit), Units(await PlacedAsync(Free, new { unitCode = Unit }, OtherUnit)));
    }

    [Fact]
    public async Task A_place_as_an_old_certificate_names_it_is_followed_to_what_it_is_today()
    {
        var view = await PlacedAsync(Land, new { unitCode = HaTu, on = "2019-12-31" }, on: "2021-05-01");
        Assert.Equal(("06652", "06652@2025-07-01"), (view.GetProperty("unitCode").GetString(), view.GetProperty("filing").GetProperty("placeUnitId").GetString()));
    }

    [Fact]
    public async Task A_place_that_was_divided_is_asked_back_and_never_guessed()
    {
        using var answer = await OpenPlacedAsync(Land, new { unitCode = HaKhau, on = "2021-05-01" });
        var message = (await RefusedAsync(answer, 400, "DOS-0503")).GetProperty("errors").GetProperty("place")[0].GetString();
        Assert.Contains("Việt Hưng (06661)", message, StringComparison.Ordinal);
        Assert.Contains("Tuần Châu (06706)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_field_by_field()
    {
        await FieldAsync(OpenPlacedAsync(Land, new { unitCode = HaKhau }), "DOS-0004", "place");
        await FieldAsync(OpenPlacedAsync(Land, new { unitCode = Unit }, "99999"), "DOS-0004", "receivingUnitCode");
        await FieldAsync(OpenPlacedAsync(Land, new { unitCode = Unit }, unit: OtherUnit), "DOS-0503", "unitCode");
        await FieldAsync(OpenPlacedAsync("1.013978", new { unitCode = "22" }), "DOS-0503", "unitCode");

        static async Task FieldAsync(Task<HttpResponseMessage> asked, string code, string field) =>
            Assert.Equal(field, Assert.Single((await RefusedAsync(await asked, 400, code)).GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_receiving_unit_of_another_province_is_refused()
    {
        // The test's invented units hang below province 22 by name only.
        dossiers.Neighbours.OtherProvince = "0699901";
        using var answer = await OpenPlacedAsync(Land, new { unitCode = Unit }, "0699901");
        Assert.Equal("receivingUnitCode", Assert.Single((await RefusedAsync(answer, 400, "DOS-0504")).GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Reception_of_the_receiving_unit_takes_in_what_another_unit_decides()
    {
        var client = dossiers.Citizen();
        var view = await PlacedAsync(Land, new { unitCode = Unit }, OtherUnit, client: client);
        var id = view.GetProperty("id").GetGuid();
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf()), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(client, id, "submission"));
        var there = dossiers.Official(Roles.Reception, OtherUnit);
        Assert.Contains(id, (await GetAsync(there, "/api/v1/inbox/receiving")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
        Assert.Equal("SUBMITTED", (await ViewAsync(there, id)).GetProperty("status").GetString());
        await RefusedAsync(await dossiers.Official(Roles.Officer, OtherUnit).GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Reception, "06673"), id, "acceptance"), 404, "DOS-0001");
        await BodyAsync(await PostAsync(there, id, "acceptance"));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, OtherUnit), id, "assignment"), 404, "DOS-0001");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "assignment"));
        Assert.Empty((await GetAsync(there, "/api/v1/inbox/receiving")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Official(Roles.Officer).GetAsync("/api/v1/inbox/receiving", Ct)).StatusCode);
    }

    [Fact]
    public async Task What_is_received_for_others_comes_page_by_page()
    {
        var client = dossiers.Citizen();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            var id = (await PlacedAsync(Land, new { unitCode = Unit }, "06673", client: client)).GetProperty("id").GetGuid();
            await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf()), HttpStatusCode.Created);
            await BodyAsync(await PostAsync(client, id, "submission"));
            ids.Add(id);
        }
        var reception = dossiers.Official(Roles.Reception, "06673");
        var first = await GetAsync(reception, "/api/v1/inbox/receiving?limit=2");
        var second = await GetAsync(reception, $"/api/v1/inbox/receiving?limit=2&after={first.GetProperty("after").GetString()}");
        Assert.Equal(ids, first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("id").GetGuid()));
        await RefusedAsync(await reception.GetAsync("/api/v1/inbox/receiving?after=x", Ct), 400, "CMN-0400");
        await RefusedAsync(await reception.GetAsync($"/api/v1/inbox/receiving?after={Cursor.Encode("x", "y")}", Ct), 400, "DOS-0006");
    }

    [Fact]
    public async Task A_draft_is_placed_anew_as_long_as_it_is_one()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        var view = await BodyAsync(await PutAsync(client, id, new { place = new { unitCode = OtherUnit } }));
        Assert.Equal((OtherUnit, OtherUnit), Units(view));
        await RefusedAsync(await PutAsync(client, id, new { unitCode = "99999" }), 400, "DOS-0004");
        await RefusedAsync(await PutAsync(client, id, new { unitCode = Unit }, "\"1\""), 412, "CMN-0412");
        await RefusedAsync(await PutAsync(dossiers.Citizen(), id, new { unitCode = Unit }), 404, "DOS-0001");
        await BodyAsync(await PostAsync(client, id, "submission"));
        await RefusedAsync(await PutAsync(client, id, new { unitCode = Unit }), 409, "DOS-0008");
    }

    [Fact]
    public async Task With_identity_down_a_place_that_must_be_looked_up_is_refused_for_now()
    {
        dossiers.Neighbours.IdentityDown = true;
        using var answer = await OpenPlacedAsync(Land, new { unitCode = HaTu, on = "2020-02-02" });
        await RefusedAsync(answer, 503, "DOS-0010");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public void The_agency_of_a_unit_is_the_latest_that_has_begun_and_its_own_before_that_of_all()
    {
        var options = new FilingOptions
        {
            AgencyCodes =
            [
                new DatedAgency { Unit = "*", From = new DateOnly(2018, 1, 1), Code = "000.00.01.H49" },
                new DatedAgency { Unit = "*", From = Regime.Reform, Code = "H49.01" },
                new DatedAgency { Unit = Unit, From = new DateOnly(2026, 1, 1), Code = "H49.88" },
            ],
        };
        Assert.Null(options.AgencyOn(Unit, new DateOnly(2017, 12, 31)));
        Assert.Equal("000.00.01.H49", options.AgencyOn(Unit, new DateOnly(2025, 6, 30)));
        Assert.Equal("H49.01", options.AgencyOn(Unit, new DateOnly(2025, 7, 1)));
        Assert.Equal("H49.88", options.AgencyOn(Unit, new DateOnly(2026, 1, 1)));
        Assert.Equal("H49.01", options.AgencyOn(OtherUnit, new DateOnly(2026, 1, 1)));
        Assert.Equal((Regime.Oss2018, Regime.Oss2025), (Regime.On(new DateOnly(2025, 6, 30)), Regime.On(new DateOnly(2025, 7, 1))));
    }

    private async Task<JsonElement> PlacedAsync(string procedure, object place, string? receiving = null, string? on = null, HttpClient? client = null)
    {
        if (on is not null)
            place = new { unitCode = JsonSerializer.SerializeToElement(place).GetProperty("unitCode").GetString(), on };
        return await BodyAsync(await OpenPlacedAsync(procedure, place, receiving, client: client), HttpStatusCode.Created);
    }

    private Task<HttpResponseMessage> OpenPlacedAsync(string procedure, object place, string? receiving = null, string? unit = null, HttpClient? client = null) =>
        (client ?? dossiers.Citizen()).PostAsJsonAsync(
            "/api/v1/dossiers", new { procedureCode = procedure, place, receivingUnitCode = receiving, unitCode = unit, subject = "Thửa đất", data = new { thua = Guid.CreateVersion7() } }, Ct);

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, Guid id, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/dossiers/{id}/placement") { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request, Ct);
    }

    private static (string?, string?) Units(JsonElement view) =>
        (view.GetProperty("filing").GetProperty("competentUnit").GetProperty("code").GetString(), view.GetProperty("filing").GetProperty("receivingUnit").GetProperty("code").GetString());
}
