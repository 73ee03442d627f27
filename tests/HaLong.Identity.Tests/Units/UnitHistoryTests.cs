using System.Net;
using System.Text.Json;
using HaLong.Identity.Tests.Staff;

namespace HaLong.Identity.Tests.Units;

public sealed class UnitHistoryTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Theory]
    [InlineData("2020-01-01", 33)]
    [InlineData("2024-10-31", 33)]
    [InlineData("2024-11-01", 32)]
    [InlineData("2025-06-30", 32)]
    [InlineData("2025-07-01", 11)]
    [InlineData("2026-11-23", 11)]
    [InlineData("2019-12-31", 0)]
    public async Task The_former_city_lives_on_as_a_group_with_the_units_of_the_day(string at, int count) =>
        Assert.Equal(count, (await site.GetAsync($"/api/v1/units?at={at}&group=HALONG&limit=100")).Expect(HttpStatusCode.OK).Items.Count);

    [Fact]
    public async Task The_group_leaves_out_the_two_communes_of_which_only_a_part_was_in_the_city()
    {
        var codes = (await site.GetAsync("/api/v1/units?at=2025-07-01&group=HALONG")).Items.Select(u => u.GetProperty("code").GetString()).ToList();

        Assert.DoesNotContain("06979", codes);
        Assert.DoesNotContain("06985", codes);
        Assert.Contains("06688", codes);
    }

    [Fact]
    public async Task A_group_nobody_knows_is_refused() =>
        (await site.GetAsync("/api/v1/units?group=HANOI")).Refused(HttpStatusCode.BadRequest, "IDN-0302");

    [Fact]
    public async Task Groups_are_listed_with_their_periods()
    {
        var group = Assert.Single((await site.GetAsync("/api/v1/unit-groups")).Expect(HttpStatusCode.OK).Items);
        var periods = group.GetProperty("periods").EnumerateArray().ToList();

        Assert.Equal("HALONG", group.GetProperty("code").GetString());
        Assert.Equal(("2020-01-01", "2025-06-30", "193"), (Text(periods[0], "validFrom"), Text(periods[0], "validTo"), Text(periods[0], "parentCode")));
        Assert.Equal(11, periods[1].GetProperty("unitCodes").GetArrayLength());
    }

    [Fact]
    public async Task The_same_code_is_two_units_each_with_its_own_past_and_future()
    {
        var old = (await site.GetAsync("/api/v1/units/06661@2020-01-01")).Expect(HttpStatusCode.OK);
        var now = (await site.GetAsync("/api/v1/units/06661@2025-07-01")).Expect(HttpStatusCode.OK);

        Assert.Equal("Phường Giếng Đáy", Text(old["unit"], "nameVi"));
        Assert.Equal("Phường Việt Hưng", Text(now["unit"], "nameVi"));
        Assert.Equal("06661@2025-07-01", Assert.Single(Units(old["successors"])));
        Assert.Equal(["06655@2020-01-01", "06661@2020-01-01", "06703@2020-01-01", "193@2020-01-01"], Units(now["predecessors"]).Order(StringComparer.Ordinal));
        Assert.NotNull(now.Etag);
        var part = now["predecessors"].EnumerateArray().Single(p => Text(p.GetProperty("unit"), "id") == "06655@2020-01-01");
        Assert.True(part.GetProperty("part").GetBoolean());
        Assert.False(part.GetProperty("automatic").GetBoolean());
        Assert.Contains("1679", Text(part, "legalBasis"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_tells_every_unit_a_code_has_meant()
    {
        var versions = (await site.GetAsync("/api/v1/units/06688/history")).Expect(HttpStatusCode.OK).Items;

        Assert.Equal(["06688@2020-01-01", "06688@2025-07-01"], versions.Select(v => Text(v.GetProperty("unit"), "id")));
        Assert.Equal("Nghị quyết 1679/NQ-UBTVQH15 (16/06/2025)", Text(versions[0], "endLegalBasis"));
    }

    [Fact]
    public async Task The_province_has_its_agency_code() =>
        Assert.Equal("H49", Text(Assert.Single((await site.GetAsync("/api/v1/units/22@1963-10-30"))["agencyCodes"].EnumerateArray()), "code"));

    [Theory]
    [InlineData("/api/v1/units/06688")]
    [InlineData("/api/v1/units/06688@2024-01-01")]
    [InlineData("/api/v1/units/99999/history")]
    [InlineData("/api/v1/units/99999@2025-07-01/mapping")]
    public async Task What_does_not_exist_is_not_found(string path) =>
        (await site.GetAsync(path)).Refused(HttpStatusCode.NotFound, "IDN-0301");

    [Theory]
    [InlineData("06664@2020-01-01", "2025-07-01", "06652@2025-07-01", true)]
    [InlineData("06664@2020-01-01", "2025-06-30", "06664@2020-01-01", true)]
    [InlineData("06652@2020-01-01", "2026-01-01", "06652@2025-07-01", true)]
    [InlineData("06682@2020-01-01", "2024-11-01", "06685@2020-01-01", false)]
    [InlineData("06682@2020-01-01", "2025-07-01", "06685@2025-07-01", false)]
    [InlineData("22@1963-10-30", "2026-01-01", "22@1963-10-30", true)]
    public async Task A_whole_unit_is_followed_through_its_mergers(string id, string to, string expected, bool confirmed)
    {
        var mapped = (await site.GetAsync($"/api/v1/units/{id}/mapping?to={to}")).Expect(HttpStatusCode.OK);

        Assert.False(mapped["needsChoice"].GetBoolean());
        Assert.Equal(expected, Text(mapped["unit"], "id"));
        Assert.Equal(confirmed, mapped["confirmed"].GetBoolean());
        Assert.Empty(mapped["choices"].EnumerateArray());
    }

    [Theory]
    [InlineData("06655@2020-01-01", "06661@2025-07-01,06706@2025-07-01")]
    [InlineData("07042@2020-01-01", "07030@2025-07-01,07060@2025-07-01")]
    public async Task A_divided_unit_is_a_choice_and_never_a_guess(string id, string choices)
    {
        var mapped = (await site.GetAsync($"/api/v1/units/{id}/mapping?to=2025-07-01")).Expect(HttpStatusCode.OK);

        Assert.True(mapped["needsChoice"].GetBoolean());
        Assert.Equal(JsonValueKind.Null, mapped["unit"].ValueKind);
        Assert.Equal(choices, string.Join(',', mapped["choices"].EnumerateArray().Select(u => Text(u, "id"))));
        Assert.Equal(2, mapped["steps"].GetArrayLength());
    }

    [Fact]
    public async Task The_city_itself_went_to_the_province_and_thirteen_communes()
    {
        var mapped = await site.GetAsync("/api/v1/units/193@2020-01-01/mapping?to=2025-07-01");

        Assert.True(mapped["needsChoice"].GetBoolean());
        Assert.Equal(14, mapped["choices"].GetArrayLength());
    }

    [Fact]
    public async Task What_ended_without_a_trace_needs_a_choice_that_nobody_can_offer()
    {
        var mapped = await site.GetAsync("/api/v1/units/202@2020-01-01/mapping?to=2025-07-01");

        Assert.True(mapped["needsChoice"].GetBoolean());
        Assert.Empty(mapped["choices"].EnumerateArray());
    }

    [Theory]
    [InlineData("/api/v1/units/06688@2025-07-01/mapping?to=2025-06-30", "IDN-0303")]
    [InlineData("/api/v1/units/06688@2025-07-01/mapping?to=tomorrow", "IDN-0002")]
    [InlineData("/api/v1/receiving-places?at=32/01/2025", "IDN-0002")]
    [InlineData("/api/v1/receiving-places?limit=101", "CMN-0400")]
    [InlineData("/api/v1/receiving-places?after=rubbish!", "CMN-0400")]
    public async Task A_question_that_makes_no_sense_is_refused(string path, string code) =>
        (await site.GetAsync(path)).Refused(HttpStatusCode.BadRequest, code);

    [Theory]
    [InlineData("at=2025-06-30&unit=06688", "RP-OSS-06688-2023")]
    [InlineData("at=2025-07-01&unit=06688", "RP-PASC-06688")]
    [InlineData("at=2025-07-01&unit=22", "RP-LAND-2025,RP-PROVINCE")]
    [InlineData("at=2025-06-30&unit=06688@2020-01-01", "RP-OSS-06688-2023")]
    [InlineData("at=2025-07-01&unit=06688@2020-01-01", "")]
    [InlineData("at=2025-06-30&kind=cityCentre", "RP-CITY")]
    [InlineData("at=2025-07-01&kind=cityCentre", "")]
    public async Task Receiving_places_are_those_of_the_unit_and_the_day(string query, string ids) =>
        Assert.Equal(ids, string.Join(',', (await site.GetAsync("/api/v1/receiving-places?" + query)).Expect(HttpStatusCode.OK).Items.Select(p => Text(p, "id"))));

    [Fact]
    public async Task Pages_of_places_cover_everything_once()
    {
        var ids = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await site.GetAsync($"/api/v1/receiving-places?at=2025-07-01&limit=5{(after.Length > 0 ? "&after=" + after : "")}");
            ids.AddRange(page.Items.Select(p => Text(p, "id")));
            after = page["after"].GetString();
        }

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.Equal(13, ids.Count(i => i.StartsWith("RP-PASC-", StringComparison.Ordinal)));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Units(JsonElement transitions) => transitions.EnumerateArray().Select(t => Text(t.GetProperty("unit"), "id"));
}
